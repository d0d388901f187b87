import asyncio
import re
from html import unescape

import pytest
from sqlmodel import col, select

from bot.cards.incident import render
from bot.envelope import seal
from incidents.outcome import Observation, Outcome, Reason
from incidents.roles import Room
from locales.voice import Voice
from operations.desk import Desk
from operations.look import incident_view
from operations.observe import observe
from operations.probing import PATIENCE
from operations.report import report
from operations.watching import watch_over
from storage import incidents, intervals, policies
from storage.engine import Storage
from storage.letters import Address
from storage.tables import Letter, Person, Report, Ticket, Timer
from tests.operations.door import AT, Door, fill
from tests.storage import county as large
from tests.storage.rows import ANCHOR, NAM, THAN_XA

OFFICER_CHAT = 1000 + NAM
YES, NO = Outcome(Reason.REPLY, 0.02), Outcome(Reason.TIMEOUT)

# Probed by the second and nowhere lossy: a silence is proven as soon as it is long enough.
PLAIN = {"can_bang": {"guard": 6, "bad_loss": 0.01, "bursts": 0.1, "confidence": 0.9}}


def plain(message):
    """Return what is read of a message: its text without mark-up."""
    return unescape(re.sub(r"<[^>]+>", "", str(message.text)))


class Duty:
    """A desk over a province, with its clock; *cut* holds the series that pass nothing."""

    def __init__(self, storage, clock, series=(ANCHOR, 1, 2, 3, 4), children=None):
        self.storage, self.clock = storage, clock
        self.series = tuple(series)
        self.rung = 0
        self.desk = Desk(storage, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"), self._ring)
        self.cut, self.silent_children = set(), children or {1: {2, 3}}
        self.watch = None

    def _ring(self):
        self.rung += 1

    async def restart(self):
        async with self.desk.act() as act:
            await policies.change(act.session, "profiles", PLAIN, act.at)
        self.watch = await watch_over(self.desk, self.clock.now)

    async def live(self, seconds, write=True):
        """Let *seconds* pass, each with a probe of every series; return the verdicts as (channel, state)."""
        if self.watch is None:
            await self.restart()
        said = []
        for _ in range(seconds):
            now = self.clock.now + 1
            self.clock.on(seconds=1)
            heard = [self._outcome(series, now) for series in self.series]
            decision = await observe(self.desk, self.watch, heard, now)
            said += [(each.channel, each.state) for each in decision.verdicts]
        return said

    async def lose(self, *series, seconds=12):
        """Have *series* fall silent, beside those that are so already, and be found out."""
        if self.watch is None:
            await self.live(3)
        self.cut = self.cut.union(series)
        return await self.live(seconds)

    async def regain(self, *series, seconds=5):
        """Have *series* answer again."""
        self.cut = self.cut.difference(series)
        return await self.live(seconds)

    def _outcome(self, series, now):
        dead = series in self.cut or any(series in self.silent_children.get(each, ()) for each in self.cut)
        if dead:
            return Observation(series, Outcome(Reason.TIMEOUT), now - 0.9, now)
        return Observation(series, Outcome(Reason.REPLY, 0.02), now - 0.9, now - 0.88)

    async def card(self, number):
        """Return the ticket's card as the duty desk would read it now."""
        async with self.desk.look() as act:
            view = await incident_view(act, await incidents.find(act.session, number))
            return plain(render(view, self.desk.voice, act.at, Room.ONCALL))

    async def notices(self):
        """Return the notices as they would be read now, in the order they were posted."""
        async with self.storage.read() as session:
            rows = (await session.exec(select(Letter).where(Letter.kind == "notice"))).all()
        return [plain((await self.sealed(row)).message) for row in rows]

    async def sealed(self, letter):
        """Return *letter* as it would leave now."""
        async with self.desk.look() as act:
            return await seal(act, self.desk.voice, letter)

    async def incidents(self):
        """Return every incident, the oldest first."""
        async with self.storage.read() as session:
            numbers = (await session.exec(select(Ticket.id).order_by(col(Ticket.id)))).all()
            return [await incidents.find(session, number) for number in numbers]

    async def letters(self, kind=None):
        """Return the letters as (kind or name, chat), in the order they were posted."""
        async with self.storage.read() as session:
            rows = (await session.exec(select(Letter).order_by(col(Letter.id)))).all()
        said = [(row.content.get("name", row.kind), row.chat) for row in rows]
        return [each for each in said if kind in (None, each[0])]

    async def timers(self):
        """Return every timer as (incident, kind, due)."""
        async with self.storage.read() as session:
            return [(row.incident_id, row.kind, row.due) for row in await session.exec(select(Timer))]

    async def states(self):
        """Return each channel's present (state, since)."""
        async with self.storage.read() as session:
            latest = await intervals.latest(session)
        return {channel: (row.state, row.since) for channel, row in latest.items()}


@pytest.fixture
def duty(province, clock):
    return Duty(province, clock)


@pytest.fixture
def storm(county, clock):
    """A desk over four districts."""
    return Duty(county, clock, (large.ANCHOR, *sorted(large.LINES)), {400: large.communes(4)})


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A database with the small office and its on-call room, as bytes."""
    place = tmp_path_factory.mktemp("office")
    asyncio.run(fill(place))
    return (place / "filled.db").read_bytes()


@pytest.fixture
async def door(tmp_path, office):
    (tmp_path / "x.db").write_bytes(office)
    clock = [AT]
    async with Storage(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as storage:
        yield Door(Desk(storage, lambda: clock[0], Voice.of("vi", "Asia/Ho_Chi_Minh")), clock)


def telling(outcomes):
    """Return a probe that tells *outcomes* by series."""

    async def probe(series):
        return {each: outcomes[each] for each in series if each in outcomes}

    return probe


@pytest.fixture
def says(duty):
    """Have somebody report a unit, probed as *outcomes* say."""

    async def say(
        outcomes=None,
        unit=THAN_XA,
        words="mất mạng",
        source="telegram:1",
        probe=None,
        patience=PATIENCE,
        person=NAM,
        **more,
    ):
        async with duty.storage.read() as session:
            author = await session.get(Person, person)
        return await report(
            duty.desk,
            author,
            unit,
            words,
            probe=probe or telling(outcomes or {}),
            where=Address(author.telegram_id),
            source=source,
            patience=patience,
            **more,
        )

    return say


async def kept(duty):
    """Return every report, the oldest first."""
    async with duty.storage.read() as session:
        return (await session.exec(select(Report).order_by(Report.id))).all()
