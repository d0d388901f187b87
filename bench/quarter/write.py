"""The story in the real tables, in bulk: intervals, spells, tickets, works, traffic and hourly quality."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any

from sqlalchemy import insert

from bench.quarter.story import SEED, Story, tell
from bench.quarter.ticket import Row, ticket
from bench.traffic import fill_traffic
from bench.year import fill_hours
from incidents.figures.periods import days as span_of
from incidents.maintenance import Fixed, Scope, Window
from incidents.model import LineState
from incidents.roles import Role
from incidents.span import Span
from operations.desk import Act, Desk
from operations.officedays import calendar_over
from operations.take_inventory import take_rows
from storage import maintenance, people
from storage.inventory.sample import load_sample
from storage.spells import AFTER_HOURS
from storage.tables import Interval, Member, Person, Spell, Ticket, Timeline

TURN = {True: (LineState.DOWN, "silent"), False: (LineState.UP, "replied")}


async def live(desk: Desk, first: date, days: int) -> Story:
    """Import the sample inventory and write what happened to it in so many days from *first* on."""
    asked = span_of(first, first + timedelta(days=days - 1), desk.voice.zone)
    await take_rows(desk.storage, load_sample(), asked.start)
    async with desk.look(asked.end) as act:
        story = tell(act.directory, first, days, await calendar_over(act, asked))
    await fill_traffic(desk, asked.start, asked.end)
    async with desk.act(asked.start) as act:
        await _write(act, story, asked)
    async with desk.storage.sampling() as connection:
        await fill_hours(connection, asked.start, asked.end)
    return story


async def _write(act: Act, story: Story, asked: Span) -> None:
    desk = await _two(act)
    random = Random(SEED)
    for unit, span in story.works:
        works = Window(
            Fixed(span.start, span.end), Scope(units=frozenset({unit})), "nâng cấp thiết bị", act.at
        )
        await maintenance.add(act.session, works)
    rows = [ticket(number, each, act.directory, desk, random) for number, each in enumerate(story.outages, 1)]
    connection = await act.session.connection()

    async def put(table: Any, values: Iterable[Row]) -> None:
        if found := list(values):
            await connection.execute(insert(table), found)

    await put(Ticket, (each.ticket for each in rows))
    await put(Member, (row for each in rows for row in each.members))
    await put(Timeline, (row for each in rows for row in each.timeline))
    await put(Spell, _spells(story))
    await put(Interval, _intervals(story, sorted(act.directory.live_channels), asked))


async def _two(act: Act) -> tuple[int, int]:
    """Return two of the desk."""
    known = [each.id for each in await people.with_role(act.session, Role.ONCALL)][:2]
    while len(known) < 2:
        made = Person(telegram_id=7_000 + len(known), name=f"Trực ban {len(known) + 1}", role=Role.ONCALL)
        act.session.add(made)
        await act.session.flush()
        known.append(made.id)
    return known[0] or 0, known[1] or 0


def _spells(story: Story) -> Iterator[Row]:
    for channel, span in story.shut:
        yield {"channel_id": channel, "kind": AFTER_HOURS, "began": span.start, "ended": span.end, "data": {}}


def _intervals(story: Story, channels: Iterable[int], asked: Span) -> list[Row]:
    """Return each channel's turns: out while an outage of its lasts or its office is shut; or blind."""
    spans = sorted(
        [*story.shut, *((each, outage.span) for outage in story.outages for each in outage.channels)],
        key=lambda pair: (pair[0], pair[1].start),
    )
    out = {channel: [span for _, span in own] for channel, own in groupby(spans, key=lambda pair: pair[0])}
    rows = []
    for channel in channels:
        own = out.get(channel, [])
        marks = sorted({asked.start, *(at for span in [*own, *story.blind] for at in (span.start, span.end))})
        rows += [
            {"channel_id": channel, "since": at, "state": state, "why": why}
            for at, state, why in _turns(marks, own, story.blind)
            if at < asked.end
        ]
    return sorted(rows, key=lambda row: row["since"])


def _turns(marks: list[Any], own: list[Span], blind: Iterable[Span]) -> Iterator[tuple[Any, str, str]]:
    held: str | None = None
    waiting, present = sorted(own, key=lambda each: each.start, reverse=True), list[Span]()
    for at in marks:
        while waiting and waiting[-1].start <= at:
            present.append(waiting.pop())
        present = [each for each in present if each.end > at]
        state, why = TURN[bool(present)]
        if any(at in each for each in blind):
            state, why = LineState.BLIND, "no_witness"
        if state != held:
            held = state
            yield at, state, why
