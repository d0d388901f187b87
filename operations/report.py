"""Report: a person says that a line is bad; it is probed now and joins the open incident, or opens one."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from incidents.actions import Complain, SayPower
from incidents.finding import WELL, Finding
from incidents.lifecycle import Step
from incidents.model import Incident, Suspension
from incidents.proof import Proof
from incidents.said import Kind, Power
from locales.folding import tidy
from operations.announce import Notice, tell
from operations.belonging import Past, past, present
from operations.complain import ask, complained_of, gather, tell_owner
from operations.desk import Act, Desk
from operations.flood import floods, slow
from operations.probing import PATIENCE, Probe, Seen, see
from operations.respond import begin, take
from operations.works import works_on
from storage import incidents, reports
from storage.letters import Address
from storage.tables import Person, Report

LONGEST = 1000  # characters of a report that are kept
SPARE = "du_phong"  # a channel that carries the unit when another is out


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote of *unit*, where and when; *source* is the message it came by."""

    person: int
    unit: int
    words: str
    kind: Kind
    where: Address
    source: str
    at: datetime | None  # None: just now
    on_behalf: bool
    service: int | None = None  # that is said to fail


@dataclass(frozen=True, slots=True)
class Reported:
    """The incident that holds the report, what the probes said, and whether it is new."""

    report: int
    incident: Incident
    finding: Finding
    opened: bool = False
    repeated: bool = False


async def report(
    desk: Desk,
    person: Person,
    unit: int,
    words: str,
    *,
    probe: Probe,
    where: Address,
    source: str,
    kind: Kind = Kind.FAULT,
    said_at: datetime | None = None,
    on_behalf: bool = False,
    patience: float = PATIENCE,
) -> Reported | None:
    """Probe *unit* now, keep the report, and post the one answer.

    None if *source* was told before, or if the person writes more than can be taken in. One that is written
    down *on_behalf* of the unit came by telephone.
    """
    assert person.id is not None
    kept = tidy(words)[:LONGEST]
    said = Said(person.id, unit, kept, kind, where, source, said_at, on_behalf)
    async with desk.look() as act:
        said = replace(said, service=complained_of(act, kind, kept, unit))
        new = not (await reports.told(act.session, source) or await floods(act, said.person))
        new = new and await _earlier(act, said) is None
    seen, proof = await _look(desk, said, probe, patience) if new else (Seen(), Proof.UNPROBED)
    async with desk.act() as act:
        return await _take_in(act, said, seen, proof)


async def _look(desk: Desk, said: Said, probe: Probe, patience: float) -> tuple[Seen, Proof]:
    """Probe the unit, and with it the service that is said to fail."""
    unit = see(desk, said.unit, said.kind, probe, patience)
    if said.service is None:
        return await unit, Proof.UNPROBED
    return await asyncio.gather(unit, ask(desk, said.service, probe, patience))


async def _take_in(act: Act, said: Said, seen: Seen, proof: Proof) -> Reported | None:
    if await reports.told(act.session, said.source):
        return None
    if await floods(act, said.person):
        await slow(act, said.person, said.where)
        return None
    if (earlier := await _earlier(act, said)) is not None:
        return await _repeat(act, said, earlier)
    if _is_late(act, said) and seen.finding in WELL and (over := await past(act, said.unit, _at(act, said))):
        return await _keep_with_the_past(act, said, seen, over)
    if said.service is not None and seen.finding in WELL:
        return await _keep_of_service(act, said, said.service, seen, proof)
    return await _keep(act, said, seen)


async def _earlier(act: Act, said: Said) -> Report | None:
    """Return the report that this one only repeats: the unit's, of just before, on the same open ticket."""
    if _is_late(act, said):
        return None
    earlier = await reports.latest(act.session, said.unit, act.at - act.policies.reporting.repeat)
    incident = None if earlier is None else await incidents.find(act.session, earlier.incident_id)
    if incident is None or not incident.live or incident.recovered is not None:
        return None
    return earlier if _same_matter(incident, said) else None


def _same_matter(incident: Incident, said: Said) -> bool:
    """Whether what is said now is about what the incident is about: a dead line explains every service."""
    if incident.service is not None or incident.security:
        return incident.service is not None and incident.service.of == said.service
    return said.service is None or bool(incident.silent)


async def _repeat(act: Act, said: Said, earlier: Report) -> Reported:
    incident = await incidents.find(act.session, earlier.incident_id)
    assert incident is not None
    finding = Finding(earlier.finding)
    row = await _write(act, said, incident, finding, repeat_of=earlier.id)
    return await _answer(act, said, incident, row, {"repeat": True}, repeated=True)


async def _keep_with_the_past(act: Act, said: Said, seen: Seen, over: Past) -> Reported:
    row = await _write(act, said, over.incident, seen.finding)
    data = {"began": over.began.isoformat(), "back": over.back.isoformat()}
    return await _answer(act, said, over.incident, row, data)


async def _keep(act: Act, said: Said, seen: Seen) -> Reported:
    known = await present(act, said.unit, seen.finding)
    works = await works_on(act, said.unit)
    incident = known or await begin(act, _new(act, said, held=works is not None), "report")
    # kept before the step is announced, so that its author is told of what comes
    row = await _write(act, said, incident, seen.finding)
    data: dict[str, Any] = {"report": row.id, "channels": _which(act, seen)}
    if works is not None:
        data["works"] = {"until": works.until.isoformat(), "reason": works.reason}
    return await _answer(act, said, incident, row, data, opened=known is None)


async def _keep_of_service(act: Act, said: Said, service: int, seen: Seen, proof: Proof) -> Reported:
    """Have it join the incident of the service: the line is good, so that it is no fault of the unit's."""
    said = replace(said, kind=Kind.SERVICE)
    incident, opened = await gather(act, service)
    row = await _write(act, said, incident, seen.finding)
    others = set(await reports.units(act.session, incident.id)) - {said.unit}
    data = {"proof": proof, "others": len(others)}
    done = await _answer(act, said, incident, row, data, opened=opened)
    await tell_owner(act, done.incident)
    return done


def _new(act: Act, said: Said, *, held: bool) -> Incident:
    if not held:
        return Incident(unit=said.unit, opened=act.at)
    works = frozenset({Suspension.MAINTENANCE})
    return Incident(unit=said.unit, opened=act.at, suspensions=works, suspended=act.at)


def _which(act: Act, seen: Seen) -> list[tuple[int, str, Finding]]:
    """Return the channels of which one may be meant: where the unit's main ones do not stand alike."""
    main = [
        (channel, act.directory.channels[channel].code, finding)
        for channel, finding in seen.channels
        if act.directory.channels[channel].kind != SPARE
    ]
    return main if len({finding for _, _, finding in main}) > 1 else []


async def _write(
    act: Act, said: Said, incident: Incident, finding: Finding, repeat_of: int | None = None
) -> Report:
    row = Report(
        incident_id=incident.id,
        unit_id=said.unit,
        person_id=said.person,
        at=act.at,
        said_at=_at(act, said),
        kind=said.kind,
        words=said.words,
        finding=finding,
        on_behalf=said.on_behalf,
        repeat_of=repeat_of,
        source=said.source,
    )
    return await reports.add(act.session, row)


async def _answer(
    act: Act, said: Said, incident: Incident, row: Report, data: dict[str, Any], **how: bool
) -> Reported:
    """Put it on the ticket's timeline and post the answer to who wrote it."""
    step = await take(act, incident, Complain(said.person, said.words, said.kind))
    assert isinstance(step, Step)
    if said.kind is Kind.POWER and step.after.live:
        word = await take(act, step.after, SayPower(said.person, said.unit, Power.OUT))
        step = word if isinstance(word, Step) else step
    told = data | {
        "finding": row.finding,
        "unit": act.directory.units[said.unit].name,
        "unit_id": said.unit,
        "on_behalf": said.on_behalf,
        "said_at": row.said_at.isoformat() if _is_late(act, said) else None,
    }
    notice = Notice("reported", told)
    await tell(act, [said.where], notice, incident.id, f"report:{said.source}", asked=True)
    assert row.id is not None
    return Reported(row.id, step.after, Finding(row.finding), **how)


def _at(act: Act, said: Said) -> datetime:
    """Return when it was written, by our clock: what a clock ahead of it says is of now."""
    return act.at if said.at is None else min(said.at, act.at)


def _is_late(act: Act, said: Said) -> bool:
    return act.at - _at(act, said) > act.policies.reporting.late
