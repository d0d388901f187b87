"""Policies in chat: which may be changed, what one is and was, and what a change would make of it."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from bot.buttons import pack
from bot.cards.message import Button, Message
from incidents.knobs import KNOBS, Knob, shown
from locales.marker import N_
from locales.voice import Voice

PAGE = 14
MEANING = {
    "kiem_tra": N_("a channel is probed every"),
    "cho_im_lang": N_("no shorter silence is an outage"),
    "cho_kenh_kem": N_("nor on a line whose silences often last"),
    "dien_rong_kenh": N_("lines lost together that are one incident"),
    "dien_rong_phan": N_("and this part of an area"),
    "mat_goi": N_("loss from which a line is degraded"),
    "giu_suy_giam": N_("minutes it is held"),
    "tiep_nhan": N_("a ticket is to be taken within"),
    "giao_doi": N_("and handed to a team within"),
    "doi_nhan": N_("the team is to accept within"),
    "khac_phuc_tinh": N_("to be restored within: province"),
    "khac_phuc_huyen": N_("to be restored within: district"),
    "khac_phuc_thanh_pho": N_("to be restored within: city communes"),
    "khac_phuc_mien_nui": N_("to be restored within: mountain communes"),
    "khac_phuc_khac": N_("to be restored within: all else"),
    "goi_lai": N_("nobody takes a ticket: the desk is called again after"),
    "goi_lanh_dao": N_("and the leaders after"),
    "tai_phat": N_("a relapse within it is the same ticket"),
    "cho_xac_minh": N_("a line must be back for so long before a word closes"),
    "rut_bao": N_("a report may be taken back within"),
    "bao_trung": N_("the same report again within it is none"),
    "bao_cao": N_("the daily summary comes at"),
    "dem_tu": N_("officers sleep from"),
    "dem_den": N_("officers sleep until"),
    "chi_dao": N_("a directive that names no hour is due after"),
    "nhac_chi_dao": N_("an overdue directive rings again after"),
    "bao_tri_truoc": N_("planned work is told ahead by"),
}


def listing(values: Sequence[int], page: int, voice: Voice) -> Message:
    """Return a page of the policies with their *values*, in the order of KNOBS."""
    last = (len(KNOBS) - 1) // PAGE
    page = min(page, last)
    part = range(page * PAGE, min((page + 1) * PAGE, len(KNOBS)))
    lines = [voice.say("<b>Policies</b> ({page}/{last})", page=page + 1, last=last + 1)]
    lines += [_line(KNOBS[index], values[index], voice) for index in part]
    lines.append(voice.say("To change one write for example: /cauhinh tiep_nhan 15m"))
    turns = [
        Button(voice.plain(label), pack("knobs", to))
        for label, to in ((N_("← Back"), page - 1), (N_("More →"), page + 1))
        if 0 <= to <= last
    ]
    return Message.of(lines, (tuple(turns),))


def one(
    knob: Knob, value: int, history: Sequence[tuple[int, datetime, str | None]], voice: Voice, now: datetime
) -> Message:
    """Return a policy with its bounds and the values that it had: value, since when, by whom."""
    lines = [
        _line(knob, value, voice),
        _bounds(knob, voice),
        voice.say("To change it: /cauhinh {name} …", name=knob.name),
        voice.say("<b>What it was</b>"),
    ]
    lines += [_version(knob, *each, voice, now) for each in history]
    return Message.of(lines)


def proposed(index: int, before: int, after: int, version: int, voice: Voice) -> Message:
    """Return before and after, with the button that makes it so."""
    knob = KNOBS[index]
    lines = [
        voice.say("<code>{name}</code>: {meaning}", name=knob.name, meaning=voice.say(MEANING[knob.name])),
        voice.say("Now: {value}", value=shown(knob, before)),
        voice.say("From now on: <b>{value}</b>", value=shown(knob, after)),
    ]
    press = pack("tune", index, after, version)
    return Message.of(lines, ((Button(voice.plain("Confirm"), press),),))


def unsafe(knob: Knob, voice: Voice) -> Markup:
    """Return why a value is refused."""
    return voice.say(
        "That would not be safe: {name} goes from {least} to {most}.",
        name=knob.name,
        least=shown(knob, knob.least),
        most=shown(knob, knob.most),
    )


def _line(knob: Knob, value: int, voice: Voice) -> Markup:
    return voice.say(
        "<code>{name}</code> = <b>{value}</b>: {meaning}",
        name=knob.name,
        value=shown(knob, value),
        meaning=voice.say(MEANING[knob.name]),
    )


def _bounds(knob: Knob, voice: Voice) -> Markup:
    least, most = shown(knob, knob.least), shown(knob, knob.most)
    return voice.say("From {least} to {most}", least=least, most=most)


def _version(knob: Knob, value: int, since: datetime, by: str | None, voice: Voice, now: datetime) -> Markup:
    when = voice.when(since, now)
    if by is None:
        return voice.say("{when}: {value}", when=when, value=shown(knob, value))
    return voice.say("{when}: {value} ({name})", when=when, value=shown(knob, value), name=by)
