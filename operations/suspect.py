"""Suspect: somebody suspects a security incident; it has a ticket apart, and whoever answers is called."""

from collections.abc import Iterable

from incidents.actions import Complain
from incidents.finding import Finding
from incidents.lifecycle import Step
from incidents.model import Incident, Severity
from incidents.roles import Role
from intents.masking import mask_addresses
from locales.folding import tidy
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.respond import begin, take
from storage import incidents, people, reports
from storage.letters import Address
from storage.tables import Person, Report

CALLS = 5  # of one ticket; what is written after that is kept with it
LONGEST = 1000  # characters that are kept
CALLED = (Role.ONCALL, Role.ADMIN, Role.LEADER)  # where nobody is named


async def suspect(
    desk: Desk, person: Person, unit: int, words: str, *, where: Address, source: str
) -> Incident | None:
    """Keep what *person* suspects of *unit*, answer at once what to do, and call whoever is to act.

    None if *source* was told before. Nothing is probed, and no group is told more than the unit.
    """
    assert person.id is not None
    async with desk.act() as act:
        if await reports.told(act.session, source):
            return None
        incident = await _open(act, unit)
        row = await reports.add(act.session, _report(act, incident, unit, person.id, words, source))
        step = await take(act, incident, Complain(person.id, row.words))
        assert isinstance(step, Step)
        await tell(act, [where], Notice("suspected", {}), incident.id, f"suspected:{source}", asked=True)
        await _call(act, desk.security, step.after, person, row)
        return step.after


async def _open(act: Act, unit: int) -> Incident:
    """Return the unit's open ticket of a suspicion, or a new one."""
    live = await incidents.of_unit(act.session, unit)
    known = next((each for each in live if each.security), None)
    new = Incident(unit=unit, opened=act.at, severity=Severity.URGENT, security=True)
    return known or await begin(act, new, "suspicion")


def _report(act: Act, incident: Incident, unit: int, person: int, words: str, source: str) -> Report:
    return Report(
        incident_id=incident.id,
        unit_id=unit,
        person_id=person,
        at=act.at,
        said_at=act.at,
        words=tidy(words)[:LONGEST],
        finding=Finding.UNSEEN,
        source=source,
    )


async def _call(act: Act, security: tuple[int, ...], incident: Incident, person: Person, row: Report) -> None:
    """Ring at whoever answers for security: in private with the words, in a group without."""
    if await reports.written(act.session, incident.id) > CALLS:
        return
    wheres = [Address(each) for each in security] or await _deputies(act, incident.unit)
    words = {"person": person.name, "phone": person.phone, "words": mask_addresses(row.words)}
    key = f"security:{row.id}"
    private = [where for where in wheres if where.chat > 0]
    await tell(act, private, Notice("security", words), incident.id, key, asked=True)
    await tell(act, _without(wheres, private), Notice("security", {}), incident.id, key, asked=True)


async def _deputies(act: Act, unit: int) -> list[Address]:
    """Return everybody on call, administrators and leaders whose the unit is."""
    found = [each for role in CALLED for each in await people.with_role(act.session, role)]
    return [Address(each.telegram_id) for each in found if act.directory.within(unit, each.unit_id)]


def _without(wheres: Iterable[Address], private: list[Address]) -> list[Address]:
    return [where for where in wheres if where not in private]
