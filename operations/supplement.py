"""Supplement: what a person adds is kept with a ticket, and shown to those who work on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import col, select

from incidents.actions import Supplement
from incidents.lifecycle import Step
from incidents.model import Incident
from incidents.supplement import Excess, Medium
from operations.announce import show
from operations.desk import Act, Desk
from operations.hearing import ids_of, units_of
from operations.respond import take_quietly
from operations.stake import stake
from storage import attachments, incidents
from storage.attachments import File
from storage.letters import Address
from storage.tables import Attachment, Person, Report

LONGEST = 1000  # characters of a caption that are kept
HOUR = timedelta(hours=1)


class Fate(StrEnum):
    """What became of it."""

    KEPT = "kept"
    PART = "part"  # kept, as one more of an album
    KNOWN = "known"  # the ticket has it already
    FULL = "full"  # the ticket holds as many as it may
    FLOOD = "flood"  # the person has sent as many as one may in an hour


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The ticket it is for, and what became of it there."""

    incident: Incident
    fate: Fate


@dataclass(frozen=True, slots=True)
class Added:
    """What a person adds, and how it came: *heard* is the chat that has seen it."""

    words: str
    file: File | None
    at: datetime
    source: str
    heard: Address | None = None


async def supplement(
    desk: Desk,
    person: Person,
    words: str,
    file: File | None,
    at: datetime | None,
    source: str,
    *,
    ticket: int | None = None,
    heard: Address | None = None,
) -> Supplemented | None:
    """Keep what *person* adds with *ticket*, else with the one it is for; None where there is none.

    That is the ticket of the person's own report of a short while ago, else the open one of the unit.
    """
    async with desk.act() as act:
        added = Added(words[:LONGEST], file, min(at or act.at, act.at), source, heard)
        incident = await _meant(act, person, added, ticket)
        return None if incident is None else await _take(act, person, added, incident)


async def _take(act: Act, person: Person, added: Added, incident: Incident) -> Supplemented | None:
    assert person.id is not None
    held = await attachments.of_incident(act.session, incident.id)
    if any(_same(each, added) for each in held):
        return Supplemented(incident, Fate.KNOWN)
    hourly = await attachments.count_by(act.session, person.id, act.at - HOUR)
    excess = act.policies.supplements.excess(len(held), hourly)
    if excess is not None:
        return Supplemented(incident, Fate.FULL if excess is Excess.TICKET else Fate.FLOOD)
    kind = added.file.kind if added.file else Medium.WORDS
    step = await take_quietly(act, incident, Supplement(person.id, kind, added.words))
    if not isinstance(step, Step):
        return None
    row = await _keep(act, person, added, incident)
    if row.file_id is not None and step.after.live:
        await show(act, step.after, [row], but=added.heard)
    part = row.album is not None and any(each.album == row.album for each in held)
    return Supplemented(step.after, Fate.PART if part else Fate.KEPT)


def _same(kept: Attachment, added: Added) -> bool:
    again = added.file is not None and kept.file_unique_id == added.file.unique
    return again or kept.source == added.source


async def _keep(act: Act, person: Person, added: Added, incident: Incident) -> Attachment:
    assert person.id is not None
    report = await _report(act, person, added.at)
    part = await stake(act, person, incident.id)
    file = added.file
    row = Attachment(
        incident_id=incident.id,
        unit_id=part.unit if part else incident.unit,
        report_id=report.id if report and report.incident_id == incident.id else None,
        person_id=person.id,
        at=added.at,
        kind=file.kind if file else Medium.WORDS,
        file_id=file.id if file else None,
        file_unique_id=file.unique if file else None,
        size=file.size if file else None,
        album=file.album if file else None,
        caption=added.words,
        source=added.source,
    )
    act.session.add(row)
    await act.session.flush()
    return row


async def _meant(act: Act, person: Person, added: Added, ticket: int | None) -> Incident | None:
    """Return the ticket it is for: the one named, its album's, that of the own report, the unit's."""
    assert person.id is not None
    known = await attachments.by_source(act.session, added.source)
    if known is None and added.file and added.file.album:
        known = await attachments.of_album(act.session, added.file.album, person.id)
    if known is not None:
        return await _standing(act, known.incident_id)
    if ticket is not None:
        return await _standing(act, ticket)
    report = await _report(act, person, added.at)
    own = await _standing(act, report.incident_id) if report else None
    if own is not None and own.live:
        return own
    theirs = [await _of_unit(act, unit) for unit in ids_of(units_of(act, person))]
    return next((each for each in theirs if each is not None), own)


async def _report(act: Act, person: Person, at: datetime) -> Report | None:
    """Return the person's last report of a short while before *at*, or None."""
    rows = select(Report).where(
        Report.person_id == person.id, Report.at >= at - act.policies.supplements.window
    )
    return (await act.session.exec(rows.order_by(col(Report.id).desc()).limit(1))).first()


async def _standing(act: Act, number: int) -> Incident | None:
    """Return the incident, or the one that it has become a part of."""
    found = await incidents.find(act.session, number)
    while found is not None and found.merged and found.parent is not None:
        found = await incidents.find(act.session, found.parent)
    return found


async def _of_unit(act: Act, unit: int) -> Incident | None:
    """Return the open ticket of the unit's lines, else the newest of the unit itself or of its reports."""
    live = await incidents.live(act.session)
    channels = set(act.directory.channels_of(unit))
    if (holding := next((each for each in live if channels & set(each.silent)), None)) is not None:
        return holding
    rows = await act.session.exec(select(Report.incident_id).where(Report.unit_id == unit).distinct())
    reported = set(rows.all())
    return next((each for each in reversed(live) if each.unit == unit or each.id in reported), None)
