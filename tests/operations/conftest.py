import pytest
from sqlmodel import col, select

from incidents.outcome import Observation, Outcome, Reason
from locales.voice import Voice
from operations.desk import Desk
from operations.observe import observe
from operations.watching import watch_over
from storage import incidents, intervals, policies
from storage.tables import Letter, Ticket, Timer
from tests.storage.rows import ANCHOR

# Probed by the second and nowhere lossy: a silence is proven as soon as it is long enough.
PLAIN = {"can_bang": {"guard": 6, "bad_loss": 0.01, "bursts": 0.1, "confidence": 0.9}}


class Duty:
    """A desk over a small province, with its clock; *cut* holds the series that pass nothing."""

    def __init__(self, storage, clock):
        self.storage, self.clock = storage, clock
        self.rung = 0
        self.desk = Desk(storage, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"), self._ring)
        self.cut, self.silent_children = set(), {1: {2, 3}}
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
            heard = [self._outcome(series, now) for series in (ANCHOR, 1, 2, 3, 4)]
            decision = await observe(self.desk, self.watch, heard, now)
            said += [(each.channel, each.state) for each in decision.verdicts]
        return said

    def _outcome(self, series, now):
        dead = series in self.cut or any(series in self.silent_children.get(each, ()) for each in self.cut)
        if dead:
            return Observation(series, Outcome(Reason.TIMEOUT), now - 0.9, now)
        return Observation(series, Outcome(Reason.REPLY, 0.02), now - 0.9, now - 0.88)

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
