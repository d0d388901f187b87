"""The letter of a day: to be read in ten seconds and forwarded as it is, so without codes or buttons."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.cards.causes import CAUSE
from bot.cards.message import Message
from incidents.sla import Owed
from locales.marker import N_
from locales.voice import Voice
from operations.agenda import MEETING, Item
from operations.daily import Daily, Overdue, Past, read
from operations.without import Group, Level, Standing

ITEMS_SHOWN = 5
NAMES_SHOWN = 6
GROUPS_SHOWN = 4
OVERDUE_SHOWN = 3
DUE = {
    Owed.ACKNOWLEDGE: N_("to be taken"),
    Owed.ASSIGN: N_("to be handed to a team"),
    Owed.ACCEPT: N_("to be accepted by the team"),
    Owed.RESTORE: N_("to be restored"),
}


def summary(content: dict[str, Any], voice: Voice, now: datetime) -> Message:
    """Return the letter of *content*, which operations.daily made; of a quiet day it is one line."""
    told = read(content["daily"])
    if _quiet(told):
        return Message(_nothing(told, voice))
    lines = [
        _heading(told, voice),
        *_agenda(told, voice),
        *_standing(told, voice),
        _yesterday(told.yesterday, told.week_before, voice),
        _overdue(told.overdue, voice, told.at),
    ]
    return Message.of(lines)


def _quiet(told: Daily) -> bool:
    standing = told.standing
    busy = told.agenda or told.overdue or told.yesterday.cases or standing.unseen
    return not busy and not any(level.out for level in standing.levels)


def _nothing(told: Daily, voice: Voice) -> Markup:
    off = told.standing.off
    return voice.say(
        "<b>Report on the dedicated data network{of}</b>: as of {when} {state}; no incident yesterday.",
        of=_of(told, voice),
        when=voice.time(told.at),
        state=_all_well(told.standing, voice)
        + (voice.plain(" ({count} switched off after hours)", count=off) if off else ""),
    )


def _all_well(standing: Standing, voice: Voice) -> str:
    total = voice.number(sum(level.total for level in standing.levels))
    whole = N_("all {total} units are connected")
    none = N_("none of {total} units has lost its connection")
    return voice.plain(none if standing.off or standing.unseen else whole, total=total)


def _heading(told: Daily, voice: Voice) -> Markup:
    return voice.say(
        "<b>Report on the dedicated data network{of}, as of {when}</b>",
        of=_of(told, voice),
        when=voice.time(told.at),
    )


def _of(told: Daily, voice: Voice) -> str:
    return voice.plain(" of {unit}", unit=told.scope) if told.scope else ""


def _agenda(told: Daily, voice: Voice) -> Iterator[Markup]:
    yield from (_item(each, voice, told.at) for each in told.agenda[:ITEMS_SHOWN])
    if (more := len(told.agenda) - ITEMS_SHOWN) > 0:
        yield voice.say("📌 {count} more today.", count=more)


def _item(item: Item, voice: Voice, now: datetime) -> Markup:
    meeting = N_("📌 Today {start}–{end}: video conference, {where}.")
    works = N_("📌 Today {start}–{end}: planned work, {where}.")
    start = max(item.start, now)
    return voice.say(
        meeting if item.what == MEETING else works,
        start=voice.hour(start),
        end=voice.when(item.end, now),
        where=_names(item.units, voice) or voice.plain("the whole province"),
    )


def _standing(told: Daily, voice: Voice) -> Iterator[Markup]:
    standing, hour = told.standing, voice.hour(told.at)
    out = [level for level in standing.levels if level.out]
    for level in out:
        yield _level(level, hour, voice)
    if not out:
        yield voice.say("At {hour} {state}.", hour=hour, state=_all_well(standing, voice))
    yield from _beside(standing, voice)


def _beside(standing: Standing, voice: Voice) -> Iterator[Markup]:
    if standing.off:
        yield voice.say("{count} units are switched off after hours.", count=voice.number(standing.off))
    if standing.unseen:
        yield voice.say("{count} units are not monitored.", count=voice.number(standing.unseen))


def _level(level: Level, hour: str, voice: Voice) -> Markup:
    communes = N_("At {hour}, {out}/{total} communes are without a connection{why}.")
    above = N_("At {hour}, {out}/{total} units of province and districts are without a connection{why}.")
    return voice.say(
        communes if level.communes else above,
        hour=hour,
        out=voice.number(level.out),
        total=voice.number(level.total),
        why=_why(level, voice),
    )


def _why(level: Level, voice: Voice) -> str:
    """Return why, and where: one cause for all of them, or each with its number."""
    if len(level.groups) == 1:
        group = level.groups[0]
        where = _where(group, level, voice)
        if group.cause is None:
            return voice.plain(", the cause not yet known ({where})", where=where)
        all_ = (
            N_(", all because of {cause} ({where})")
            if level.out > 1
            else N_(", because of {cause} ({where})")
        )
        return voice.plain(all_, cause=voice.plain(CAUSE[group.cause]), where=where)
    said = [
        voice.plain(
            "{cause}: {count} ({where})",
            cause=voice.plain(CAUSE[group.cause]),
            count=len(group.names),
            where=_where(group, level, voice),
        )
        for group in level.groups[:GROUPS_SHOWN]
    ]
    if rest := sum(len(group.names) for group in level.groups[GROUPS_SHOWN:]):
        said.append(voice.plain("other causes: {count}", count=rest))
    return ": " + "; ".join(said)


def _where(group: Group, level: Level, voice: Voice) -> str:
    """Return the areas with their numbers; where all is one area, the units' names."""
    if level.areas == 1:
        return _names(group.names, voice)
    return ", ".join(f"{each.name} {each.out}/{each.total}" for each in group.areas)


def _names(names: Iterable[str], voice: Voice) -> str:
    known = list(names)
    shown = ", ".join(known[:NAMES_SHOWN])
    rest = len(known) - NAMES_SHOWN
    return shown if rest <= 0 else voice.plain("{names} and {count} more", names=shown, count=rest)


def _yesterday(past: Past, before: Past, voice: Voice) -> Markup | None:
    if past.availability is None or past.carriers is None:
        return None
    said = voice.say(
        "Yesterday: {count} incidents; availability {share}, of the carriers' lines {carriers}",
        count=voice.decimal(past.cases),
        share=voice.percent(past.availability),
        carriers=voice.percent(past.carriers),
    )
    if before.availability is None or before.carriers is None:
        return voice.say("{said}.", said=said)
    return voice.say(
        "{said} (the week before: {count} a day; {share}, {carriers}).",
        said=said,
        count=voice.decimal(before.cases),
        share=voice.percent(before.availability),
        carriers=voice.percent(before.carriers),
    )


def _overdue(overdue: tuple[Overdue, ...], voice: Voice, now: datetime) -> Markup | None:
    if not overdue:
        return None
    named = ", ".join(
        voice.plain(
            "{unit} {what} since {when}",
            unit=each.unit,
            what=voice.plain(DUE[Owed(each.owed)]),
            when=voice.when(each.by, now),
        )
        for each in overdue[:OVERDUE_SHOWN]
    )
    more = "…" if len(overdue) > OVERDUE_SHOWN else ""
    return voice.say("⏰ Overdue: {count} ({named}{more}).", count=len(overdue), named=named, more=more)
