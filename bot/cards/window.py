"""Windows as they are shown: wanted, asked for, declared, listed, in the way of each other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.buttons import minute_of, pack
from bot.cards import words
from bot.cards.message import Button, Message, Rows, in_rows
from bot.cards.schedule import schedule
from bot.cards.window_words import ICON, WARNED
from incidents.draft import Hand, Outcome
from incidents.maintenance import Fixed, Purpose
from incidents.proposal import Warned
from incidents.recurrence import Recurring
from intents.masking import mask_addresses
from locales.marker import N_
from locales.voice import Voice
from operations.draft import Clash, Settled, Weighed
from operations.window_view import WindowView

NAMES_SHOWN = 6
BUTTONS_SHOWN = 8
LONGER = ((30, "+30'"), (60, "+1h"), (120, "+2h"))  # minutes
HEAD = {
    Purpose.WORKS: N_("🔧 <b>Planned work is declared</b>"),
    Purpose.MUTE: N_("🔕 <b>Alarms are muted</b>; monitoring goes on"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A draft that somebody else is to decide, until when, and what is said of it though it is allowed."""

    draft: int
    hand: Hand
    until: datetime
    warned: Sequence[Warned] = ()


def what(view: WindowView, voice: Voice) -> Markup:
    """Return what the window covers: the names, and how many channels of how many units that are."""
    more = len(view.names) - NAMES_SHOWN
    return voice.say(
        "{names} ({channels} channels of {units} units)",
        names=", ".join(view.names[:NAMES_SHOWN]) + ("…" if more > 0 else ""),
        channels=voice.number(view.channels),
        units=voice.number(view.units),
    )


def facts(view: WindowView, voice: Voice, now: datetime) -> list[Markup]:
    """Return what is covered, when and why."""
    why = voice.say("Reason: {reason}", reason=mask_addresses(view.reason))
    return [what(view, voice), schedule(view, voice, now), why]


def preview(weighed: Weighed, owed: tuple[timedelta, timedelta], voice: Voice, now: datetime) -> Message:
    """Return planned work before it is declared, with buttons; *owed* is the notice, normal and urgent."""
    assert weighed.draft is not None
    normal, urgent = map(voice.duration, owed)
    rule = voice.say("Notice owed: {normal}, for urgent work {urgent}.", normal=normal, urgent=urgent)
    told = voice.say("{count} officers will be told, at night in the morning.", count=weighed.officers)
    return Message.of(
        [
            voice.say("🔧 <b>Planned work: please check</b>"),
            *facts(weighed.window, voice, now),
            rule,
            *warnings(weighed.warned, voice),
            *clashing(weighed.clash, voice, now),
            told,
        ],
        _choice(weighed.draft.id, Hand.AGAIN, voice),
    )


def asked(view: WindowView, question: Question, voice: Voice, now: datetime) -> Message:
    """Return what somebody else is to decide: a team's work, or a mute of many channels."""
    if question.hand is Hand.DESK:
        head = voice.say("🔧 <b>{team} asks for planned work</b>", team=view.team)
        foot = voice.say("Asked by {name}.", name=view.by)
    else:
        count, until = voice.number(view.channels), voice.when(question.until, now)
        head = voice.say("🔕 <b>{name} proposes to mute {count} channels</b>", name=view.by, count=count)
        foot = voice.say("A second person of the desk confirms before {until}.", until=until)
    lines = [head, *facts(view, voice, now), *warnings(question.warned, voice), foot]
    return Message.of(lines, _choice(question.draft, question.hand, voice))


def declared(
    view: WindowView, voice: Voice, now: datetime, officers: int = 0, by: str | None = None
) -> Message:
    """Return a window that is in force, with the buttons that extend and end it."""
    lines: list[Markup | None] = [voice.say(HEAD[view.purpose]), *facts(view, voice, now)]
    if view.purpose is Purpose.WORKS:
        lines.append(voice.say("{count} officers are told.", count=officers) if officers else None)
        lines.append(voice.say("Asked for by {team}.", team=view.team) if view.team else None)
    lines.append(voice.say("Decided by {name}.", name=by) if by else None)
    return Message.of(lines, handles(view, voice))


def settled(done: Settled, by: str, voice: Voice, now: datetime) -> Message:
    """Return what takes the place of a draft whose press it was."""
    view = done.window
    if done.outcome is Outcome.AGREED:
        decider = by if done.draft.hand is not Hand.AGAIN else None
        return declared(view, voice, now, done.officers, decider)
    if done.draft.hand is Hand.AGAIN:
        return Message(voice.say("Nothing was declared."))
    refused = voice.say("<b>Refused by {name}</b>", name=by)
    asker = voice.say("Asked for by {team}.", team=view.team) if view.team else None
    return Message.of([refused, *facts(view, voice, now), asker])


def handles(view: WindowView, voice: Voice) -> Rows:
    """Return the buttons that extend the window, and that end it."""
    if not view.number:
        return ()
    longer: tuple[Button, ...] = ()
    if view.span is not None and view.alone and (view.running or isinstance(view.rule, Fixed)):
        end = minute_of(view.span.end)
        longer = tuple(Button(said, pack("wmore", view.number, more, end)) for more, said in LONGER)
    return tuple(row for row in (longer, _ends(view, voice)) if row)


def _ends(view: WindowView, voice: Voice) -> tuple[Button, ...]:
    label = (
        N_("Unmute") if view.purpose is Purpose.MUTE else N_("End it") if view.running else N_("Call it off")
    )
    once = Button(voice.plain(label), pack("wend", view.number, 0))
    series = Button(voice.plain("Call off all of it"), pack("wend", view.number, 1))
    if not isinstance(view.rule, Recurring):
        return (once,)
    return (once, series) if view.running else (series,)


def listed(
    views: Sequence[WindowView], waiting: Sequence[tuple[int, WindowView]], voice: Voice, now: datetime
) -> Message:
    """Return the windows that are not over with a button for each, and what waits for a decision."""
    if not views and not waiting:
        return Message(voice.say("Nothing is declared."))
    buttons = [
        _opens(voice.plain("Decide: {name}", name=_short(view)), "wdraft", id_) for id_, view in waiting
    ]
    buttons += [_opens(f"{ICON[view.purpose]} {_short(view)}", "wshow", view.number) for view in views]
    lines = [voice.say("<b>Waiting for a decision</b>") if waiting else None]
    lines += [_line(view, voice, now) for _, view in waiting]
    lines += [voice.say("<b>Declared</b>") if views else None, *(_line(view, voice, now) for view in views)]
    return Message.of(lines, in_rows(buttons[:BUTTONS_SHOWN], 1))


def clashed(clash: Clash, voice: Voice, now: datetime) -> Message:
    """Return that a team's work cannot be at that time, and what is in its way."""
    head = voice.say("<b>That time is taken</b>: please choose another one.")
    return Message.of([head, *clashing(clash, voice, now)])


def clashing(clash: Clash, voice: Voice, now: datetime) -> list[Markup]:
    """Return a line for each thing that is at the same time."""
    met = [
        voice.say(
            "⚠ {unit}: {occasion} from {start} to {until}",
            unit=unit or voice.plain("the whole province"),
            occasion=voice.say(words.OCCASION[vigil.occasion]),
            start=voice.when(vigil.span.start, now),
            until=voice.when(vigil.span.end, now),
        )
        for vigil, unit in clash.vigils
    ]
    return met + [voice.say("⚠ Other work: {work}", work=_line(view, voice, now)) for view in clash.windows]


def warnings(warned: Collection[Warned], voice: Voice) -> list[Markup]:
    """Return what is said of a window though it is allowed."""
    return [voice.say(said) for each, said in WARNED.items() if each in warned]


def _choice(draft: int, hand: Hand, voice: Voice) -> Rows:
    agree = {Hand.AGAIN: N_("Declare it"), Hand.ANOTHER: N_("Confirm the mute"), Hand.DESK: N_("Approve")}
    refuse = N_("Leave it") if hand is Hand.AGAIN else N_("Refuse it")
    yes = Button(voice.plain(agree[hand]), pack("wagree", draft))
    return ((yes, Button(voice.plain(refuse), pack("wrefuse", draft))),)


def _line(view: WindowView, voice: Voice, now: datetime) -> Markup:
    when = schedule(view, voice, now)
    return voice.say("{icon} {what}: {when}", icon=ICON[view.purpose], what=what(view, voice), when=when)


def _opens(label: str, verb: str, number: int) -> Button:
    return Button(label, pack(verb, number))


def _short(view: WindowView) -> str:
    return ", ".join(view.names[:2]) + ("…" if len(view.names) > 2 else "")
