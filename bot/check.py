"""The check at the command line: channels probed now, and what answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from rich.table import Table

from bot.settings import Settings
from checks.once import probe_once
from checks.target import Target
from incidents.outcome import Outcome
from storage import directory, schema
from storage.directory import Directory
from storage.engine import Storage

AT_ONCE = 64
COUNT = 5


class NothingToCheckError(LookupError):
    """No such channel, or no inventory."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A series with its outcomes."""

    code: str
    unit: str
    target: Target
    outcomes: Sequence[Outcome]

    @property
    def silent(self) -> bool:
        """Whether nothing answered."""
        return not any(outcome.answered for outcome in self.outcomes)


async def check_channels(
    settings: Settings, codes: Sequence[str], progress: Callable[[int, int], None]
) -> list[Checked]:
    """Probe the channels called *codes*, or all; *progress* is told how many of how many are done."""
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage, storage.read() as session:
        inventory = await directory.read(session)
    wanted = _wanted(inventory, codes)
    checked: list[Checked] = []
    for start in range(0, len(wanted), AT_ONCE):
        progress(start, len(wanted))
        part = wanted[start : start + AT_ONCE]
        outcomes = await probe_once([target for _, target in part], count=COUNT)
        checked += [
            Checked(
                inventory.channels[channel].code,
                inventory.unit_of(channel).name,
                target,
                outcomes.get(target.series, []),
            )
            for channel, target in part
        ]
    progress(len(wanted), len(wanted))
    return checked


def _wanted(inventory: Directory, codes: Sequence[str]) -> list[tuple[int, Target]]:
    by_code = {channel.code.casefold(): id_ for id_, channel in inventory.live_channels.items()}
    if not by_code:
        raise NothingToCheckError("the database has no channels yet: run trucmang import PATH first")
    if unknown := [code for code in codes if code.casefold() not in by_code]:
        raise NothingToCheckError(f"no channel is called {', '.join(unknown)}")
    channels = [by_code[code.casefold()] for code in codes] or list(by_code.values())
    return [
        (channel, Target.parse(series, inventory.series[series].url))
        for channel in channels
        for series in inventory.series_of(channel)
    ]


def table(checked: Sequence[Checked]) -> Table:
    """Return what answered, a row a series."""
    shown = Table()
    for heading in ("channel", "unit", "probe"):
        shown.add_column(heading)
    for heading in ("answered", "delay"):
        shown.add_column(heading, justify="right")
    shown.add_column("")
    for each in checked:
        latencies = [o.latency for o in each.outcomes if o.latency is not None]
        delay = f"{fmean(latencies) * 1000:.1f} ms" if latencies else ""
        reasons = ", ".join(sorted({o.reason for o in each.outcomes if not o.answered}))
        style = "red" if each.silent else "yellow" if reasons else ""
        answered = f"{len(latencies)}/{len(each.outcomes)}"
        shown.add_row(each.code, each.unit, each.target.url, answered, delay, reasons, style=style)
    return shown
