"""The duty desk: a database, a clock and a voice; every act is one transaction of it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.policy import Policies
from locales.voice import Voice
from reports.easel import Easel
from storage.directory import Directory, Inventory
from storage.engine import Storage
from storage.policies import InForce


@dataclass(frozen=True, slots=True)
class Act:
    """One transaction: what was read in it stays true until it commits."""

    session: AsyncSession
    at: datetime
    policies: Policies
    directory: Directory
    zone: ZoneInfo  # in which people read hours


@dataclass(frozen=True, slots=True)
class Desk:
    """What the verbs work with.

    *posted* tells the courier that there may be letters. *security* are the chats, people's or a group's, of
    whoever answers for information security; none: whoever answers for the network does.
    """

    storage: Storage
    clock: Callable[[], datetime]
    voice: Voice
    posted: Callable[[], None] = lambda: None
    inventory: Inventory = field(default_factory=Inventory)
    policies: InForce = field(default_factory=InForce)
    easel: Easel = field(default_factory=Easel)
    security: tuple[int, ...] = ()

    @asynccontextmanager
    async def act(self, at: datetime | None = None) -> AsyncIterator[Act]:
        """Open a transaction; once it is committed the courier is told."""
        async with self.storage.begin() as session:
            yield await self._act(session, at)
        self.posted()

    @asynccontextmanager
    async def look(self, at: datetime | None = None) -> AsyncIterator[Act]:
        """Open a reader: nothing is written."""
        async with self.storage.read() as session:
            yield await self._act(session, at)

    async def _act(self, session: AsyncSession, at: datetime | None) -> Act:
        at, zone = at or self.clock(), self.voice.zone
        policies, directory = await self.policies.read(session), await self.inventory.read(session)
        if not directory.rostered(at.astimezone(zone).date()):
            policies = policies.unrostered()
        return Act(session, at, policies, directory, zone)
