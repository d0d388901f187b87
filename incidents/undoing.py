"""Undoing: whether a step may be taken back, and by which one."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from incidents.actions import (
    Answer,
    Complain,
    Confirm,
    Deny,
    Dispute,
    Escalate,
    Fail,
    Join,
    Leave,
    Miss,
    Note,
    Prove,
    Refer,
    Resume,
    Retract,
    SayPower,
    Supplement,
    Suspend,
    Undo,
    Warn,
)
from incidents.model import Incident
from incidents.refusal import Refusal

UNDOABLE: Final = frozenset(
    {"acknowledge", "assign", "grade", "close", "reopen", "note", "refer", "absorb", "part"}
)
KEPT: Final = UNDOABLE | {"merge"}  # one goes with what took it in, and is undone with that
# What may come between: what the lines do, what time does, and what is only said of it.
BESIDE: Final = frozenset(
    each.__name__.lower()
    for each in (
        *(Join, Leave, Prove, Fail, Answer, Escalate, Warn, Miss, Suspend, Resume),
        *(Complain, Deny, Supplement, SayPower, Confirm, Dispute, Retract, Note, Refer),
    )
)


@dataclass(frozen=True, slots=True)
class Past:
    """A step as its history keeps it: *before* and *after* it, the incident as it is now in all else."""

    version: int
    kind: str
    by: int | None
    at: datetime
    before: Incident
    after: Incident


class Later(NamedTuple):
    """A step that came after; *undoes* is the version it took back."""

    version: int
    kind: str
    undoes: int | None = None


def undoing(
    past: Past, now: Incident, later: Sequence[Later], by: int, at: datetime, within: timedelta
) -> Undo | Refusal:
    """Return the action by which *by* takes *past* back at *at*, or why that cannot be.

    It can be for the time *within*, by who did it, while nobody has acted on it since and what it changed is
    as it left it. What it did not change stays as it is *now*: lines may fall and answer meanwhile.
    """
    if past.kind not in KEPT or past.by is None:
        return Refusal.NOTHING_NEW
    if past.by != by:
        return Refusal.NOT_YOURS
    undone = {each.undoes for each in later if each.undoes is not None}
    if past.version in undone:
        return Refusal.ALREADY
    if at - past.at > within:
        return Refusal.LATE
    back = _changed(past)
    acts = [each for each in later if each.undoes is None and each.version not in undone]
    if back and any(each.kind not in BESIDE for each in acts):
        return Refusal.SINCE
    if any(getattr(now, name) != getattr(past.after, name) for name, _ in back):
        return Refusal.SINCE
    return Undo(by, past.version, past.kind, back)


def _changed(past: Past) -> tuple[tuple[str, Any], ...]:
    """Return each field that the step changed, with what it was."""
    names = (each.name for each in fields(Incident) if each.name not in ("id", "version"))
    return tuple(
        (name, getattr(past.before, name))
        for name in names
        if getattr(past.before, name) != getattr(past.after, name)
    )
