"""Run: the process begins, keeps watch and ends; what it did not see is kept as blind time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from incidents.model import LineState
from incidents.roles import Role
from operations.desk import Desk
from storage import intervals, people, policies
from storage.intervals import Change
from storage.tables import Run, Series, Vantage

UNNOTICED = timedelta(minutes=1)  # a shorter gap between two runs is not worth a line of history
VANTAGE = "main"


async def start(
    desk: Desk, *, oncall_chat: int | None, administrators: Sequence[int], anchors: Sequence[str]
) -> int:
    """Seed what must be there, note the time nobody watched, and return the run's number."""
    async with desk.act() as act:
        await policies.seed(act.session, act.at)
        if oncall_chat is not None:
            await people.seed_chat(act.session, oncall_chat, Role.ONCALL)
        for telegram_id in administrators:
            await people.seed_administrator(act.session, telegram_id)
        await _set_anchors(act.session, anchors, act.at)
        last = (await act.session.exec(select(Run).order_by(col(Run.id).desc()))).first()
        if last is not None and act.at - last.seen > UNNOTICED:
            await _blind(act.session, last.seen, act.at)
        run = Run(started=act.at, seen=act.at)
        act.session.add(run)
        await act.session.flush()
        assert run.id is not None
        return run.id


async def _set_anchors(session: AsyncSession, urls: Sequence[str], at: datetime) -> None:
    vantage = (await session.exec(select(Vantage).where(Vantage.name == VANTAGE))).first()
    if vantage is None:
        vantage = Vantage(name=VANTAGE)
        session.add(vantage)
        await session.flush()
    assert vantage.id is not None
    unowned = select(Series).where(col(Series.channel_id).is_(None), col(Series.service_id).is_(None))
    known = {row.url: row for row in await session.exec(unowned)}
    for url in dict.fromkeys(urls):
        row = known.get(url) or Series(url=url, vantage_id=vantage.id)
        row.retired_at = None
        session.add(row)
    for url in known.keys() - set(urls):
        known[url].retired_at = known[url].retired_at or at
        session.add(known[url])


async def beat(desk: Desk, run_id: int, at: datetime, *, stopped: bool = False) -> None:
    """Note that the run still watches at *at*, or that it ends then."""
    async with desk.storage.begin() as session:
        run = (await session.exec(select(Run).where(col(Run.id) == run_id))).one()
        run.seen, run.stopped = at, at if stopped else None
        session.add(run)


async def _blind(session: AsyncSession, since: datetime, until: datetime) -> None:
    """Keep the gap as blind time, and what was believed before as believed again after it."""
    before = await intervals.latest(session)
    gap = [Change(channel, LineState.BLIND, since, "not_running") for channel in before]
    await intervals.append(session, gap)
    again = [Change(channel, LineState(row.state), until, "running") for channel, row in before.items()]
    await intervals.append(session, again)
