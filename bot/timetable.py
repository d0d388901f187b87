"""The timetable: the jobs that live by the clock on the wall."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.backups import nightly
from bot.settings import Settings
from operations.assess import assess
from operations.bear_out import bear_out
from operations.desk import Desk
from operations.flutter import settle_flutter
from operations.forget import forget
from operations.sample import roll_up
from operations.summarise import summarise


@dataclass(frozen=True, slots=True)
class Job:
    """A job and the second or minute of the wall clock at which it runs."""

    name: str
    cron: dict[str, str]
    run: Callable[[Desk, Settings], Awaitable[object]]


async def _summary(desk: Desk, _: Settings) -> None:
    # each minute asks; the key of the letter makes it one a day, however late the process starts
    await summarise(desk, desk.clock(), desk.voice.zone)


async def _roll_up(desk: Desk, _: Settings) -> None:
    await roll_up(desk, desk.clock())


async def _assess(desk: Desk, _: Settings) -> None:
    await assess(desk, desk.clock())
    await settle_flutter(desk, desk.clock())


async def _bear_out(desk: Desk, _: Settings) -> None:
    await bear_out(desk, desk.clock())


async def _forget(desk: Desk, _: Settings) -> None:
    await forget(desk, desk.clock())


async def _backup(desk: Desk, settings: Settings) -> None:
    await nightly(settings, desk.clock())


TIMETABLE: tuple[Job, ...] = (
    Job("summary", {"second": "0"}, _summary),
    Job("roll_up", {"second": "20"}, _roll_up),
    Job("assess", {"second": "35"}, _assess),
    Job("bear_out", {"second": "*/5"}, _bear_out),
    Job("forget", {"minute": "7", "second": "50"}, _forget),
    Job("backup", {"hour": "2", "minute": "15", "second": "40"}, _backup),
)


def timetable(desk: Desk, settings: Settings) -> AsyncIOScheduler:
    """Return a scheduler of every job; a late job still runs, and runs once."""
    zone = desk.voice.zone
    scheduler = AsyncIOScheduler(
        timezone=zone, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    for job in TIMETABLE:
        scheduler.add_job(
            job.run, CronTrigger(**job.cron, timezone=zone), args=[desk, settings], name=job.name
        )
    return scheduler
