"""Reading a timeline: what each of its events makes of whose time it is."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from incidents.finding import WELL
from incidents.model import Cause, Suspension
from incidents.owed import Breach, Owed
from incidents.said import Power
from incidents.sla.clock import Clock, Decision, Part, Pause, Stretch
from incidents.sla.events import Event, in_order
from incidents.sla.ledger import Ledger, Turn
from incidents.span import Span

ACCEPTS: Final = frozenset(
    {"accept", "depart", "arrive", "expect", "fix", "askhelp"}
)  # doing it is taking it


def clock_of(events: Iterable[Event], at: datetime) -> Clock:
    """Return the clock of the ticket with this timeline as it stood *at* a time; one event opens it.

    The order in which *events* come does not matter.
    """
    told = [event for event in in_order(events) if event.at <= at]
    ledger = Ledger(told[0].at)
    for event in told:
        if event.action in ACCEPTS:
            ledger.accept(event.at)
        if (read := _READ.get(event.action)) is not None:
            read(ledger, event)
    return ledger.clock(at)


def _open(ledger: Ledger, event: Event) -> None:
    joined = [datetime.fromisoformat(each) for each in event.data.get("joined", ())]
    ledger.own = event.data.get("own")
    ledger.silent = dict(zip(event.data.get("channels", ()), joined, strict=True))
    began = min((event.at, *joined))
    if began < event.at:
        ledger.stretches.append(Stretch(Part.DETECT, Span(began, event.at), None, 0, 0))
    ledger.turn_over(event.at)


def _join(ledger: Ledger, event: Event) -> None:
    since, relapses = event.time("since"), ledger.restored is not None
    first = not ledger.silent
    for channel in event.data["channels"]:
        ledger.silent.setdefault(channel, since)
    ledger.restored, ledger.contested, ledger.live, ledger.back = None, False, True, None
    if relapses:
        ledger.relapse()
    elif first and since > ledger.opened:  # a report alone until then
        ledger.set_anew()
    ledger.turn_over(since)


def _leave(ledger: Ledger, event: Event) -> None:
    since = event.time("since")
    for channel in event.data["channels"]:
        joined = ledger.silent.pop(channel, None)
        if joined is not None:
            ledger.back = max(since, joined, ledger.back or since)
    if not ledger.silent and ledger.back is not None and ledger.restored is None:
        ledger.restored = ledger.back
        ledger.over(ledger.back)


def _acknowledge(ledger: Ledger, event: Event) -> None:
    ledger.acknowledged = ledger.acknowledged or event.at
    ledger.turn_over(event.at)


def _assign(ledger: Ledger, event: Event) -> None:
    ledger.acknowledged = ledger.acknowledged or event.at
    ledger.handed += 1
    ledger.take_turn(Turn(event.data["team"]))
    ledger.asked = None
    ledger.resume(event.at, Suspension.FIELD)
    ledger.turn_over(event.at)


def _hand_back(ledger: Ledger, event: Event) -> None:
    ledger.turn = ledger.asked = None
    ledger.resume(event.at, Suspension.FIELD)
    ledger.turn_over(event.at)


def _arrive(ledger: Ledger, event: Event) -> None:
    ledger.arrive(event.at)


def _close(ledger: Ledger, event: Event) -> None:
    ledger.live = False
    ledger.restored = ledger.restored or event.at
    ledger.over(event.at)


def _merge(ledger: Ledger, event: Event) -> None:
    ledger.live = False
    ledger.over(event.at)


def _reopen(ledger: Ledger, event: Event) -> None:
    ledger.live = True
    ledger.contested = ledger.back is not None
    if not ledger.contested:  # no line of a report alone was ever out
        ledger.restored = None
    ledger.set_anew()
    ledger.turn_over(event.at)


def _dispute(ledger: Ledger, event: Event) -> None:
    own = ledger.own is not None and event.data["unit"] == ledger.own
    if own and ledger.restored is not None and not ledger.contested:
        ledger.contested = True
        ledger.set_anew()
        ledger.turn_over(event.at)


def _confirm(ledger: Ledger, event: Event) -> None:
    own = ledger.own is not None and event.data["unit"] == ledger.own
    if own and event.data["finding"] in WELL:
        ledger.contested = False
        ledger.turn_over(event.at)


def _retract(ledger: Ledger, event: Event) -> None:
    untouched = not ledger.silent and ledger.back is None and ledger.acknowledged is None
    if event.data["last"] and untouched:
        _close(ledger, event)


def _suspend(ledger: Ledger, event: Event) -> None:
    if ledger.restored is None:
        ledger.pause(Pause(event.data["why"], event.at))


def _resume(ledger: Ledger, event: Event) -> None:
    ledger.resume(event.at, event.data["why"])


def _say_power(ledger: Ledger, event: Event) -> None:
    if ledger.own is None or event.data["unit"] != ledger.own:
        return
    if event.data["power"] != Power.OUT:
        ledger.resume(event.at, Suspension.POWER)
    elif ledger.restored is None:
        ledger.pause(Pause(Suspension.POWER, event.at, approver=event.by))


def _ask_pause(ledger: Ledger, event: Event) -> None:
    ledger.asked = event


def _allow_pause(ledger: Ledger, event: Event) -> None:
    if ledger.asked is not None:
        words = ledger.asked.data["words"] or ledger.asked.data["why"]
        ledger.pause(Pause(Suspension.FIELD, ledger.asked.at, approver=event.by, words=words))


def _refuse_pause(ledger: Ledger, _: Event) -> None:
    ledger.asked = None


def _end_pause(ledger: Ledger, event: Event) -> None:
    ledger.asked = None
    ledger.resume(min(event.at, event.time("until")), Suspension.FIELD)


def _object(ledger: Ledger, event: Event) -> None:
    ledger.objection, ledger.proposal = event, None


def _propose(ledger: Ledger, event: Event) -> None:
    ledger.proposal = event


def _agree(ledger: Ledger, event: Event) -> None:
    objection, proposal = ledger.objection, ledger.proposal
    if objection is None or proposal is None or proposal.by is None or event.by is None:
        return
    off, cause = timedelta(minutes=proposal.data["minutes"]), proposal.data["cause"]
    agreed = Cause(cause) if cause else None
    ledger.decisions.append(Decision(objection.data["team"], off, agreed, proposal.by, event.by, event.at))
    ledger.objection = ledger.proposal = None


def _disagree(ledger: Ledger, _: Event) -> None:
    ledger.proposal = None


def _miss(ledger: Ledger, event: Event) -> None:
    ledger.breaches.append(Breach(Owed(event.data["owed"]), event.time("due"), event.data["team"]))


_READ: Final[dict[str, Callable[[Ledger, Event], None]]] = {
    "open": _open,
    "join": _join,
    "leave": _leave,
    "acknowledge": _acknowledge,
    "assign": _assign,
    "decline": _hand_back,
    "arrive": _arrive,
    "close": _close,
    "merge": _merge,
    "reopen": _reopen,
    "dispute": _dispute,
    "confirm": _confirm,
    "retract": _retract,
    "suspend": _suspend,
    "resume": _resume,
    "saypower": _say_power,
    "askpause": _ask_pause,
    "allowpause": _allow_pause,
    "refusepause": _refuse_pause,
    "endpause": _end_pause,
    "object": _object,
    "propose": _propose,
    "agree": _agree,
    "disagree": _disagree,
    "miss": _miss,
}
