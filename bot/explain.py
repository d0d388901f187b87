"""The explanation at the command line: a ticket's verdicts with their outcomes, and its steps."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.table import Table

from bot.app import civil_now
from bot.settings import Settings
from incidents.model import code
from operations.desk import Desk
from operations.explain import Explanation, Happened, Reasoned, explain
from storage import incidents, schema
from storage.engine import Storage
from storage.samples import Sample

_NUMBER = re.compile(r"(?:SC-?)?0*(\d{1,9})", re.IGNORECASE)


class NoSuchTicketError(LookupError):
    """There is no ticket with this number."""


async def explained(settings: Settings, ticket: str) -> Explanation:
    """Return what led to the *ticket* as people write it: SC-0123, or 123."""
    found = _NUMBER.fullmatch(ticket.strip())
    if found is None:
        raise NoSuchTicketError(f"{ticket!r} is no ticket: expected a number such as SC-0123")
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage:
        desk = Desk(storage, civil_now, settings.voice)
        async with desk.look() as act:
            incident = await incidents.find(act.session, int(found[1]))
            if incident is None:
                raise NoSuchTicketError(
                    f"there is no ticket {code(int(found[1]))}: /suco lists the open ones"
                )
            return await explain(act, incident)


def paragraphs(told: Explanation, zone: ZoneInfo) -> Iterator[str | Table]:
    """Yield the explanation piece by piece, its times in *zone*."""
    incident = told.incident
    yield f"{code(incident.id)}: {incident.status}, {len(incident.silent)} of {told.members} channels silent."
    if incident.wide is not None:
        shared = incident.wide
        yield f"One incident because its channels share the {shared.scope} ({shared.total} channels in all)."
    for each in told.lines:
        yield from _line(each, zone)
    if (more := told.members - len(told.lines)) > 0:
        yield f"…and {more} more channels."
    yield _steps(told.steps, zone)


def _line(each: Reasoned, zone: ZoneInfo) -> Iterator[str]:
    since = each.since.astimezone(zone)
    yield f"\n{each.channel} ({each.unit}): {each.state} since {since:%Y-%m-%d %H:%M:%S}"
    yield f"  rule: {each.why or 'none: no probe decided it'}"
    if (off := each.excused) is not None:
        yield (
            f"  taken for switched off after hours, to be on by {off.until.astimezone(zone):%Y-%m-%d %H:%M}: "
            f"off on {off.happened} of the last {off.of} such evenings, usually {off.earliest}–{off.latest}"
        )
    if each.grounds is None:
        return
    grounds = each.grounds
    yield (
        f"  {grounds.misses} probes in a row lost over {grounds.silence:g} s (guard {grounds.guard:g} s); "
        f"P(down) {grounds.sure:.5f} with a loss of {grounds.bad_loss:.0%} in a bad spell"
    )
    if grounds.witness is not None:
        yield f"  meanwhile {f'the line of {each.witness}' if each.witness else 'an anchor'} answered"
    if not each.outcomes:
        yield "  its outcomes are no longer kept (a day)"
    for reason, run in groupby(each.outcomes, key=lambda sample: sample.outcome.reason):
        yield f"  {_run(reason, list(run), zone)}"


def _run(reason: str, samples: Sequence[Sample], zone: ZoneInfo) -> str:
    """Return a run of like outcomes: from when to when, how many, how slow."""
    first, last = (sample.at.astimezone(zone) for sample in (samples[0], samples[-1]))
    said = f"{first:%H:%M:%S.%f}"[:-3] + (f" – {last:%H:%M:%S.%f}"[:-3] if len(samples) > 1 else "")
    delays = [sample.outcome.latency * 1000 for sample in samples if sample.outcome.latency is not None]
    slow = f", {min(delays):.1f}–{max(delays):.1f} ms" if delays else ""
    return f"{said}  {len(samples)} × {reason}{slow}"


def _steps(steps: Sequence[Happened], zone: ZoneInfo) -> Table:
    shown = Table("when", "step", "by", "", title="\nsteps", title_justify="left", show_edge=False)
    for each in steps:
        said = ", ".join(f"{name} {value}" for name, value in each.data.items())
        shown.add_row(f"{each.at.astimezone(zone):%Y-%m-%d %H:%M:%S}", each.action, each.by or "itself", said)
    return shown
