"""Tune: a policy is changed within its bounds, as a new version; what is open goes by it at once."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from incidents.knobs import KNOBS, Kind, Knob, is_safe, replaced, shown
from incidents.policy import Policies
from incidents.roles import Role
from operations.desk import Act, Desk
from operations.journal import note
from operations.promise import timers_of
from storage import incidents, policies
from storage.tables import Person


class NotTuned(StrEnum):
    """Why a policy stays as it is."""

    NOT_ALLOWED = "not_allowed"
    UNKNOWN = "unknown"
    UNSAFE = "unsafe"
    CHANGED = "changed"  # somebody has changed it since it was shown
    WRONG = "wrong"  # it does not go with the other policies


@dataclass(frozen=True, slots=True)
class Tuned:
    """A knob that was turned."""

    knob: Knob
    before: int
    after: int


def value_of(knob: Knob, values: Policies) -> int:
    """Return the knob's value in *values*."""
    found: Any = values
    for step in knob.path:
        found = getattr(found, step) if isinstance(step, str) and hasattr(found, step) else found[step]
    if isinstance(found, timedelta):
        return round(found / timedelta(milliseconds=1))
    if knob.kind is Kind.HOUR:
        hours, minutes = str(found).split(":")
        return int(hours) * 60 + int(minutes)
    scaled: float = found * knob.scale
    return round(scaled)


async def version_of(act: Act, knob: Knob) -> int:
    """Return the number of the policy's version in force."""
    rows = await policies.versions(act.session, knob.policy, 1)
    return rows[0].version if rows else 0


async def tune(desk: Desk, index: int, value: int, version: int, by: int) -> Tuned | NotTuned:
    """Set the knob with this *index* to *value*, if it is still at *version*, as the person *by* wishes."""
    if index >= len(KNOBS):
        return NotTuned.UNKNOWN
    knob = KNOBS[index]
    async with desk.act() as act:
        maker = await act.session.get(Person, by)
        if maker is None or maker.locked_at is not None or maker.role != Role.ADMIN:
            return NotTuned.NOT_ALLOWED
        if not is_safe(knob, value):
            return NotTuned.UNSAFE
        if await version_of(act, knob) != version:
            return NotTuned.CHANGED
        before = value_of(knob, act.policies)
        whole = policies.plain(act.policies)[knob.policy]
        try:
            new = replaced(whole, knob.path[1:], _plain(knob, value))
            await policies.change(act.session, knob.policy, new, act.at, by)
        except ValueError:
            return NotTuned.WRONG
        note(act, "policy", by, name=knob.name, before=shown(knob, before), after=shown(knob, value))
        await _set_timers(act)
        return Tuned(knob, before, value)


def _plain(knob: Knob, value: int) -> Any:
    """Return the value as a row has it."""
    match knob.kind:
        case Kind.HOUR:
            return shown(knob, value)
        case Kind.COUNT:
            return value
    return value / (knob.scale if knob.kind is Kind.SHARE else 1000)  # seconds, or a share


async def _set_timers(act: Act) -> None:
    """Have what is open go by the policies of now."""
    await act.session.flush()
    new = replace(act, policies=await policies.in_force(act.session))
    for incident in await incidents.live(act.session):
        await incidents.set_timers(act.session, incident, timers_of(new, incident))


async def history(act: Act, knob: Knob) -> list[tuple[int, datetime, int | None]]:
    """Return the last values of the knob with since when and by whom each was set, the newest first."""
    rows = await policies.versions(act.session, knob.policy)
    found: list[tuple[int, datetime, int | None]] = []
    for row in rows:
        whole = policies.read({**policies.plain(act.policies), knob.policy: row.value})
        value = value_of(knob, whole)
        if found and found[-1][0] == value:
            found.pop()  # something else of the policy was changed then
        found.append((value, row.at, row.person_id))
    return found
