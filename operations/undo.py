"""Undo: an act of the desk is taken back by another step, and what was told of it is told back."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents.actions import Merge, Undo
from incidents.lifecycle import Refused, Step
from incidents.model import Incident
from incidents.refusal import Refusal
from incidents.undoing import UNDOABLE, Past, undoing
from operations.desk import Act, Desk
from operations.respond import take_quietly
from operations.tell_back import tell_back
from storage import belongings, incidents
from storage import past as history
from storage.tables import Timeline


@dataclass(frozen=True, slots=True)
class Undone:
    """The step that took another back, and what that was."""

    step: Step
    past: Past


@dataclass(frozen=True, slots=True)
class _Deed:
    """A step that can be taken back: its row, what it was, the incident now and the action that does it."""

    row: Timeline
    past: Past
    now: Incident
    action: Undo


async def undo(desk: Desk, number: int, version: int, by: int) -> Undone | Refused | None:
    """Take back the step *version* of the ticket, or return why not; None where there is no such step."""
    async with desk.act() as act:
        now = await incidents.find(act.session, number)
        row = await history.step(act.session, now, version) if now else None
        if now is None or row is None or row.action not in UNDOABLE:
            return None
        deed = await _deed(act, now, row, by)
        if isinstance(deed, Refused):
            return deed
        others = await _others(act, deed, by)
        if isinstance(others, Refused):
            return others
        return await _carry_out(act, deed, others)


async def _deed(act: Act, now: Incident, row: Timeline, by: int) -> _Deed | Refused:
    past = history.past(now, row)
    later = history.later(await history.after(act.session, row))
    action = undoing(past, now, later, by, act.at, act.policies.undo_within)
    return Refused(action, now) if isinstance(action, Refusal) else _Deed(row, past, now, action)


async def _others(act: Act, deed: _Deed, by: int) -> Sequence[_Deed | Incident] | Refused:
    """Return what goes with it: the merging of each part, or the ticket that a unit was given."""
    if deed.past.kind == "absorb":
        return await _merged(act, deed, by)
    if deed.past.kind == "part":
        own = await incidents.find(act.session, deed.row.data["into"])
        assert own is not None
        return [own] if await _untouched(act, own, deed.row.data["channels"]) else Refused(Refusal.SINCE, own)
    return ()


async def _merged(act: Act, absorbed: _Deed, by: int) -> list[_Deed | Incident] | Refused:
    found: list[_Deed | Incident] = []
    for number in absorbed.row.data["parts"]:
        part = await incidents.find(act.session, number)
        row = await history.last(act.session, number, "merge")
        assert part is not None
        assert row is not None
        deed = await _deed(act, part, row, by)
        if isinstance(deed, Refused):
            return deed
        found.append(deed)
    return found


async def _untouched(act: Act, own: Incident, channels: Sequence[int]) -> bool:
    """Whether nobody has dealt with the ticket, and its lines are those it was given."""
    steps = await incidents.timeline(act.session, own.id)
    return own.live and set(own.silent) == set(channels) and all(row.person_id is None for row in steps)


async def _carry_out(act: Act, deed: _Deed, others: Sequence[_Deed | Incident]) -> Undone:
    step = await take_quietly(act, deed.now, deed.action)
    assert isinstance(step, Step)
    await tell_back(act, deed.past, step)
    for other in others:
        if isinstance(other, _Deed):
            await _stand_alone(act, other, held=deed.now.id)
        else:
            await _take_back(act, other, step.after.id, deed.action.by)
    return Undone(step, deed.past)


async def _stand_alone(act: Act, deed: _Deed, held: int) -> None:
    step = await take_quietly(act, deed.now, deed.action)
    assert isinstance(step, Step)
    data = deed.row.data
    await belongings.give_back(act.session, held, deed.now.id, data["reports"], data["added"])
    await tell_back(act, deed.past, step)


async def _take_back(act: Act, own: Incident, old: int, by: int) -> None:
    its = await belongings.move_all(act.session, own.id, old)
    await take_quietly(act, own, Merge(old, by, its.reports, its.added))
