"""Excuse: a line that is switched off after hours, as usual, opens no incident until its usual hour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.afterhours import Excuse
from incidents.model import Incident, LineState
from incidents.span import Span
from incidents.wide import Group
from operations.desk import Act
from operations.hours import habitual
from operations.vigil import over
from operations.watching import groups
from storage import incidents, intervals, spells, vigils
from storage.spells import AFTER_HOURS
from storage.tables import Interval, Spell

TOGETHER = timedelta(minutes=1)  # a unit's channels are switched off, and on, within this time


@dataclass(frozen=True, slots=True)
class Excused:
    """A line that is taken for switched off: since when, until when at most, and by what habit.

    It was off on *happened* of its last *of* such evenings, of late usually from *earliest* to *latest*.
    """

    since: datetime
    until: datetime
    happened: int
    of: int
    earliest: str
    latest: str


async def excuse(act: Act, channel: int, since: datetime) -> bool:
    """Return whether a channel that fell silent alone *since* then is switched off as usual, and note it."""
    if await spells.open_(act.session, channel, AFTER_HOURS) is not None:
        return True
    if await spells.ended_at(act.session, channel, AFTER_HOURS, since) is not None:
        return False  # it was, until then
    if act.directory.behind(channel) or await _alert(act, channel):
        return False
    found = await habitual(act, channel, Span(since, act.at))
    if found is not None:
        await spells.begin(act.session, channel, AFTER_HOURS, since, _written(found))
    return found is not None


async def excused_since(act: Act, start: datetime) -> dict[int, datetime]:
    """Return the channels that have been excused for a silence that began at *start* or later."""
    present = await spells.of_kind(act.session, AFTER_HOURS)
    return {channel: spell.began for channel, spell in present.items() if spell.began >= start}


async def wake(act: Act, ends: Mapping[int, datetime]) -> None:
    """End what excuses each of the channels, if anything does."""
    for channel, spell in (await spells.of_kind(act.session, AFTER_HOURS)).items():
        if channel in ends:
            await spells.end(act.session, channel, AFTER_HOURS, max(spell.began, ends[channel]))


async def lapsed(act: Act) -> dict[int, datetime]:
    """Return the channels that are excused no more though they are silent, each since when."""
    present = await spells.of_kind(act.session, AFTER_HOURS)
    if not present:
        return {}
    latest, live = await intervals.latest(act.session), await incidents.live(act.session)
    kept = await vigils.to_come(act.session, act.at)
    ends = {
        channel: [
            read(spell).until,
            *(vigil.span.start for vigil in over(act, kept, channel)),
            *_claimed(act, channel, live),
            *_carried(act, channel, latest),
        ]
        for channel, spell in present.items()
    }
    due = {channel: min(moments) for channel, moments in ends.items()}
    return {
        channel: max(present[channel].began, moment) for channel, moment in due.items() if moment <= act.at
    }


def read(spell: Spell) -> Excused:
    """Return what a spell of being off was begun for."""
    return Excused(spell.began, **(spell.data | {"until": datetime.fromisoformat(spell.data["until"])}))


async def _alert(act: Act, channel: int) -> bool:
    """Whether nothing is excused just now: by a vigil, or while many lines beside it are out."""
    if any(act.at in vigil.span for vigil in over(act, await vigils.to_come(act.session, act.at), channel)):
        return True
    own = groups(act.directory, channel)
    wide = (each.wide for each in await incidents.live(act.session) if each.silent and each.wide)
    return any(Group(each.scope, each.of) in own for each in wide)


def _claimed(act: Act, channel: int, live: list[Incident]) -> list[datetime]:
    """Return when somebody reported the unit: a report goes before a habit. Or an incident got the line."""
    unit = act.directory.channels[channel].unit_id
    return [
        each.opened
        for each in live
        if channel in each.silent or (each.unit == unit and each.root is None and each.recovered is None)
    ]


def _carried(act: Act, channel: int, latest: Mapping[int, Interval]) -> list[datetime]:
    """Return the moment from which another channel of the unit tells that the unit has power."""
    unit = act.directory.channels[channel].unit_id
    up = [
        latest[each].since
        for each in act.directory.channels_of(unit)
        if each != channel and each in latest and latest[each].state == LineState.UP
    ]
    return [max(latest[channel].since, min(up)) + TOGETHER] if up and channel in latest else []


def _written(found: Excuse) -> dict[str, object]:
    usual = found.usual
    return {
        "until": found.until.isoformat(),
        "happened": usual.happened,
        "of": usual.of,
        "earliest": _hour(usual.earliest),
        "latest": _hour(usual.latest),
    }


def _hour(past_midnight: timedelta) -> str:
    minutes = int(past_midnight.total_seconds()) // 60 % (24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
