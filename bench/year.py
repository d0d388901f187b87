"""A year of 214 channels in bulk: hours, incidents with their letters, and raw days summed by hand."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from incidents.outcome import Reason
from storage.directory import Directory
from storage.samples import REASONS

PERIOD = 5
INCIDENTS = 30  # a day
ANSWERS = 200  # a day, to people's questions
LETTERS_DAYS = 32  # a little more than are kept
ANSWERS_DAYS = 3
DAY = timedelta(days=1)
REPLY, TIMEOUT, STALLED = REASONS[Reason.REPLY], REASONS[Reason.TIMEOUT], REASONS[Reason.STALLED]

Row = tuple[object, ...]
_HOURS = """
    WITH RECURSIVE turns(at) AS
        (SELECT :start UNION ALL SELECT at + 3600 FROM turns WHERE at + 3600 < :end)
    INSERT INTO hours SELECT id, at, 720, abs(random()) % 3, 0, 400 + abs(random()) % 2000,
        200 + abs(random()) % 900, 1100 + abs(random()) % 2000, 10 + abs(random()) % 900
    FROM turns CROSS JOIN series
    """


async def fill_hours(connection: AsyncConnection, start: datetime, end: datetime) -> None:
    """Write an hour's row of every series from *start* to *end*."""
    span = {"start": int(start.timestamp()), "end": int(end.timestamp())}
    await connection.execute(text(_HOURS), span)


class History:
    """Incidents as a province has them: short and long, alone and by the district, told and acknowledged."""

    def __init__(self, inventory: Directory, person: int) -> None:
        self._channels = sorted(inventory.live_channels)
        self._units = {id_: each.unit_id for id_, each in inventory.live_channels.items()}
        self._person = person
        self._random = Random(365)
        self._number = 0

    async def write(self, connection: AsyncConnection, start: datetime, end: datetime) -> None:
        """Write all that happened from *start* to *end*, in the order it happened."""
        day = start
        while day < end:
            for _ in range(INCIDENTS):
                await self._incident(connection, day + DAY * self._random.random(), letters=end - day)
            if end - day <= DAY * ANSWERS_DAYS:
                await _put(connection, "outbox", _LETTER, list(self._answers(day)))
            day += DAY

    async def _incident(self, connection: AsyncConnection, at: datetime, letters: timedelta) -> None:
        self._number += 1
        many = self._random.random() < 0.05
        members = self._random.sample(self._channels, 20 if many else 1)
        back = at + timedelta(minutes=self._random.lognormvariate(2.5, 1.2))
        one, root = self._number, members[0]
        ticket = (one, self._units[root], root, "closed", "medium", _iso(at), self._person, _iso(back), 8)
        await _put(connection, "incidents", _TICKET, [ticket])
        await _put(connection, "members", _MEMBER, [(one, each, _iso(at), _iso(back)) for each in members])
        states = [(each, _iso(when), state, why) for each in members for when, state, why in _turns(at, back)]
        await _put(connection, "intervals", _INTERVAL, states)
        steps = [(one, version, _iso(at), action, _data(action)) for version, action in enumerate(_STEPS)]
        await _put(connection, "timeline", _TIMELINE, steps)
        cards = [(one, chat, 0, "telegram", self._number, f"{one:064x}") for chat in (-100, -200)]
        await _put(connection, "cards", _CARD, cards)
        if letters <= DAY * LETTERS_DAYS:
            kinds = ["card"] * 8 + ["notice"] * 4
            rows = [(-100, kind, one, None, _NOTICE, _iso(at), _iso(at), _iso(at), "sent") for kind in kinds]
            await _put(connection, "outbox", _LETTER, rows)

    def _answers(self, day: datetime) -> Iterator[Row]:
        said = json.dumps({"text": "Sở Thông tin và Truyền thông: đang kết nối, 12 ms. " * 10, "buttons": []})
        for index in range(ANSWERS):
            at = _iso(day + DAY * index / ANSWERS)
            yield -100, "text", None, f"answer:{day:%j}:{index}", said, at, at, at, "sent"


class RawDay:
    """Raw samples minute by minute, and what they come to when they are summed by hand."""

    def __init__(self, series: list[int]) -> None:
        self._series = series
        self._random = Random(1)
        self._pool = [self._random.randint(2000, 24000) for _ in range(1 << 16)]
        self._next = 0
        self.minutes: dict[tuple[int, int], list[int | None]] = {}

    def minute(self, start: int) -> list[Row]:
        """Return the samples of the minute that begins at *start*, in the order of time."""
        told = {each: self._outcomes() for each in self._series}
        for series, outcomes in told.items():
            self.minutes[series, start] = _sum(outcomes)
        offset = {each: each * 7 % (PERIOD * 1000) for each in self._series}
        return [
            (each, (start + turn * PERIOD) * 1000 + offset[each], *told[each][turn])
            for turn in range(60 // PERIOD)
            for each in self._series
        ]

    def hours(self) -> dict[tuple[int, int], list[int | None]]:
        """Return the minutes summed to hours."""
        found: dict[tuple[int, int], list[list[int | None]]] = {}
        for (series, at), row in self.minutes.items():
            found.setdefault((series, at // 3600 * 3600), []).append(row)
        return {key: _fold(rows) for key, rows in found.items()}

    def _outcomes(self) -> list[tuple[int, int | None]]:
        luck = self._random.random()
        outcomes: list[tuple[int, int | None]] = []
        for turn in range(60 // PERIOD):
            self._next = (self._next + 1) & 0xFFFF
            outcomes.append((REPLY, self._pool[self._next]))
            if luck < 0.01 and turn % 3 == 0:
                outcomes[-1] = (TIMEOUT if luck < 0.008 else STALLED, None)
        return outcomes


def _sum(outcomes: list[tuple[int, int | None]]) -> list[int | None]:
    """Sum by hand what storage sums in SQL."""
    times = [rtt for _, rtt in outcomes if rtt is not None]
    unknown = sum(reason == STALLED for reason, _ in outcomes)
    steps = [abs(b - a) for (_, a), (_, b) in pairwise(outcomes) if a is not None and b is not None]
    sent = len(outcomes) - unknown
    least, most = min(times, default=None), max(times, default=None)
    return [sent, sent - len(times), unknown, *map(_hundredths, (_mean(times), least, most, _mean(steps)))]


def _fold(rows: list[list[int | None]]) -> list[int | None]:
    """Sum an hour's minutes by hand; a mean weighs as much as it has replies."""
    sent, lost, unknown, rtt, least, most, jitter = zip(*rows, strict=True)
    replies = [a - b for a, b in zip(sent, lost, strict=True)]
    return [
        *(sum(sent), sum(lost), sum(unknown), _weighed(rtt, replies)),
        *(min(_known(least), default=None), max(_known(most), default=None), _weighed(jitter, replies)),
    ]


def _weighed(values: Iterable[int | None], weights: list[int]) -> int | None:
    pairs = [(value, weight) for value, weight in zip(values, weights, strict=True) if value is not None]
    weight = sum(weight for _, weight in pairs)
    return _half_up(sum(value * weight for value, weight in pairs) / weight) if weight else None


def _mean(values: list[int]) -> float | None:
    return sum(values) / len(values) if values else None


def _known(values: Iterable[int | None]) -> list[int]:
    return [each for each in values if each is not None]


def _hundredths(microseconds: float | None) -> int | None:
    return None if microseconds is None else _half_up(microseconds / 10.0)


def _half_up(value: float) -> int:  # as SQL rounds
    return int(value + 0.5)


_TICKET = "id, unit_id, root_id, status, severity, opened, owner_id, closed, version"
_MEMBER = 'incident_id, channel_id, joined, "left"'
_INTERVAL = "channel_id, since, state, why"
_TIMELINE = "incident_id, version, at, action, data"
_CARD = "incident_id, chat, topic, transport, message_id, digest"
_LETTER = "chat, kind, incident_id, key, content, created, not_before, settled, outcome"
_ALWAYS = {
    "outbox": (", transport, topic, revision, attempts, in_doubt", ", 'telegram', 0, 0, 0, 0"),
    "incidents": (", escalated", ", 0"),
}
_STEPS = ("open", "complain", "acknowledge", "assign", "accept", "leave", "join", "leave", "close")
_NOTICE = json.dumps({"name": "progress", "since": "2025-11-24T03:00:00+00:00"})


def _turns(at: datetime, back: datetime) -> tuple[tuple[datetime, str, str], ...]:
    return (at, "down", "silent"), (back, "up", "replied")


def _data(action: str) -> str:
    words = "mất mạng từ sáng, chưa vào được một cửa" if action == "complain" else None
    return json.dumps({"words": words} if words else {"channels": [1], "since": "2025-11-24T03:00:00+00:00"})


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


async def _put(connection: AsyncConnection, table: str, columns: str, rows: list[Row]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    names, values = _ALWAYS.get(table, ("", ""))
    statement = f"INSERT INTO {table} ({columns}{names}) VALUES ({marks}{values})"
    await connection.exec_driver_sql(statement, rows)
