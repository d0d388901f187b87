"""The live card of an incident: one a chat, always as it stands now."""

from datetime import datetime

from markupsafe import Markup

from bot.cards import additions, job, offers, said, service, words
from bot.cards.afterhours import overslept
from bot.cards.fold import Fold, turns
from bot.cards.message import Message, Rows
from bot.cards.reach import reach, wide_title
from incidents.model import code
from incidents.roles import Room
from intents.wording import bare_name
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView
from storage.spells import FLAPPING

NAMES_SHOWN = 6


def render(
    view: IncidentView,
    voice: Voice,
    now: datetime,
    room: Room | None,
    fold: Fold = Fold.CLOSED,
    *,
    trusted: bool = False,
) -> Message:
    """Return the card as *room* sees it; a room of None (a private look) has the desk's text, no buttons.

    *trusted*: it is seen by nobody but one who may read what is suspected.
    """
    if not view.incident.of_lines:
        shown = trusted or not view.incident.security
        return Message.of(
            _other(view, voice, now, trusted=trusted), _buttons(view, voice, room, fold, files=shown)
        )
    lines = [
        title(view, voice),
        _since(view, voice, now),
        _overslept(view, voice, now),
        *(reach(view.extent, voice) if view.extent else [_behind(view, voice)]),
        _carried(view, voice),
        _flaps(view, voice, now),
        _back(view, voice, now),
        voice.say("Ticket: {status}", status=voice.say(words.status(view.incident))),
        _owner(view, voice, now),
        *job.lines(view, voice, now),
        deadline(view, voice, now),
        *_held(view, voice),
        said.power(view, voice),
        *(said.report(each, voice, now) for each in view.reports),
        *(said.claim(each, voice, now) for each in view.claims),
        *additions.lines(view, voice, now),
        voice.say("Address: {address}", address=view.address) if view.address else None,
    ]
    return Message.of(lines, _buttons(view, voice, room, fold))


def _other(view: IncidentView, voice: Voice, now: datetime, *, trusted: bool) -> list[Markup | None]:
    """Return the lines of a card of what is no line's: a service, or a suspicion."""
    status = voice.say("Ticket: {status}", status=voice.say(words.status(view.incident)))
    standing = [status, _owner(view, voice, now), deadline(view, voice, now), *_held(view, voice)]
    if view.service is not None:
        head = service.lines(view.incident, view.service, voice, now)
        return [*head, *standing, *(said.bare(each, voice, now) for each in view.reports)]
    head = [title(view, voice), _since(view, voice, now), *standing]
    if trusted:
        reports = (said.bare(each, voice, now) for each in view.reports)
        return [*head, *reports, *additions.lines(view, voice, now)]
    number = code(view.incident.id)
    return [*head, voice.say("What was written is shown in private alone: /xem {code}", code=number)]


def _held(view: IncidentView, voice: Voice) -> list[Markup]:
    return [voice.say(words.SUSPENSION[each]) for each in sorted(view.incident.suspensions)]


def withdrawn(view: IncidentView, voice: Voice) -> Message:
    """Return what is left of the card where the job no longer is, and who has it."""
    known = {"code": code(view.incident.id), "unit": place(view)}
    if view.team is None:
        return Message(voice.say("⚪ {code} · {unit}: no longer with this team, but with the desk.", **known))
    return Message(
        voice.say("⚪ {code} · {unit}: no longer with this team, but with {team}.", **known, team=view.team)
    )


def title(view: IncidentView, voice: Voice) -> Markup:
    """Return the first line: which ticket, which unit, and what is the matter."""
    incident, number = view.incident, code(view.incident.id)
    if incident.parent is not None and incident.merged:
        return voice.say(
            "⚪ <b>{code} · {unit}: part of {parent}</b>",
            code=number,
            unit=place(view),
            parent=code(incident.parent),
        )
    if view.extent is not None:
        return wide_title(view.extent, incident, voice)
    if view.service is not None:
        return service.title(incident, view.service, voice)
    return voice.say(_title(view), code=number, unit=place(view))


def place(view: IncidentView) -> str:
    """Return the unit with its area: Xã Thần Xa (Huyện Võ Nhai); of many, what they share; the service."""
    if view.service is not None:
        return view.service.name
    return with_area(view.unit, view.area) if view.extent is None else view.extent.name


def with_area(unit: str, area: str | None) -> str:
    """Return the unit with its area, unless its own name says where it is."""
    said = area is None or bare_name(area).casefold() in unit.casefold()
    return unit if said else f"{unit} ({area})"


def deadline(view: IncidentView, voice: Voice, now: datetime) -> Markup | None:
    """Return the next promise with its hour; an hour, not a countdown, since a card stands still."""
    if view.deadline is None:
        return None
    message = voice.say(words.OWED[view.deadline.owed], when=voice.when(view.deadline.by, now))
    if view.deadline.by < now:
        return voice.say("{promise} (overdue)", promise=message)
    return message


def _title(view: IncidentView) -> str:
    incident = view.incident
    if not incident.live:
        return N_("⚪ <b>{code} · {unit}: closed</b>")
    if incident.security:
        return N_("🛡 <b>{code} · {unit}: a security incident is suspected</b>")
    if incident.disputed is not None:
        return N_("🟡 <b>{code} · {unit} says that it still does not work</b>")
    if incident.recovered is not None:
        return N_("🟢 <b>{code} · {unit} is connected again</b>")
    if incident.silent and view.backup is not None:
        return N_("🟠 <b>{code} · {unit} has lost one of its channels</b>")
    if incident.silent:
        return N_("🔴 <b>{code} · {unit} has lost its connection</b>")
    return N_("🟡 <b>{code} · {unit} reports a fault</b>")


def _since(view: IncidentView, voice: Voice, now: datetime) -> Markup:
    began = view.incident.began or view.incident.opened
    parts = [voice.say("Since {when}", when=voice.when(began, now))]
    if view.extent is not None:  # none of its lines is more to blame than the others
        return parts[0]
    if view.channel:
        parts.append(voice.say("channel {channel}", channel=view.channel))
    if view.carrier:
        parts.append(Markup.escape(view.carrier))
    return Markup(" · ").join(parts)


def _overslept(view: IncidentView, voice: Voice, now: datetime) -> Markup | None:
    began = view.incident.began
    if view.excused is None or began is None or view.extent is not None:
        return None
    return overslept(view.excused, began, voice, now)


def _behind(view: IncidentView, voice: Voice) -> Markup | None:
    behind = len(view.incident.silent) - 1
    if behind < 1:
        return None
    names = [name for name in view.silent if name != view.unit]
    shown = ", ".join(names[:NAMES_SHOWN]) + ("…" if len(names) > NAMES_SHOWN else "")
    return voice.say("{count} more channels behind it are out: {names}", count=behind, names=shown)


def _carried(view: IncidentView, voice: Voice) -> Markup | None:
    if view.backup is None:
        return None
    return voice.say("The unit is still connected, by channel {channel}", channel=view.backup)


def _flaps(view: IncidentView, voice: Voice, now: datetime) -> Markup | None:
    if view.flapping is None or not view.incident.live:
        return None
    return voice.say(words.CONDITION[FLAPPING], when=voice.when(view.flapping, now))


def _back(view: IncidentView, voice: Voice, now: datetime) -> Markup | None:
    incident = view.incident
    if incident.recovered is None or incident.began is None:
        return None
    span = incident.recovered - incident.began
    return voice.say(
        "Back at {when}, after {span}", when=voice.when(incident.recovered, now), span=voice.duration(span)
    )


def _owner(view: IncidentView, voice: Voice, now: datetime) -> Markup | None:
    taken = view.incident.acknowledged
    if view.owner is None or taken is None:
        return None
    return voice.say("Taken by {name} at {when}", name=view.owner, when=voice.when(taken, now))


def _buttons(view: IncidentView, voice: Voice, room: Room | None, fold: Fold, *, files: bool = True) -> Rows:
    incident = view.incident
    if room is None:
        return ()
    acts = offers.rows(view, voice, room, fold)
    place = job.place(view, voice) if room is Room.TEAM else ()
    added = additions.button(view, voice) if files else ()
    turning = turns(incident.id, fold, voice) if incident.live and not incident.security else ()
    return (*acts, *place, *added, *turning)
