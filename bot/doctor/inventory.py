"""The inventory: what nobody watches, whom nobody reaches, and what hangs behind itself."""

from bot.doctor.finding import Finding, fail, ok, some, warn
from bot.doctor.patient import Patient
from bot.doctor.records import Records
from incidents.roles import Role
from storage.directory import Directory
from storage.inventory.cycles import cycles


async def examine(patient: Patient) -> list[Finding]:
    """Look at what was imported."""
    records = await patient.records()
    if records is None:
        return [warn("the inventory could not be read", "see database")]
    inventory = records.directory
    if not inventory.live_channels:
        mend = "trucmang template writes a workbook to fill in, trucmang import takes it"
        return [fail("there are no channels", mend)]
    findings = [*_channels(inventory), *_people(records, patient.settings.admins), *_teams(inventory)]
    return findings or [ok(f"{len(inventory.live_channels)} channels, {len(records.people)} people")]


def _channels(inventory: Directory) -> list[Finding]:
    live = inventory.live_channels
    findings = []
    unwatched = sorted(each.code for id_, each in live.items() if not inventory.series_of(id_))
    if unwatched:
        mend = "fill in the column of probes and import again"
        findings.append(warn(f"channels without a probe, {len(unwatched)}: {some(unwatched)}", mend))
    for circle in cycles({id_: each.uplink_id for id_, each in live.items()}):
        way = " → ".join(live[each].code if each in live else str(each) for each in (*circle, circle[0]))
        findings.append(
            fail(f"channels hang behind each other: {way}", "mend their uplinks and import again")
        )
    lost = sorted(each.code for each in live.values() if each.uplink_id and each.uplink_id not in live)
    if lost:
        mend = "give them an uplink that is live, or none, and import again"
        findings.append(warn(f"channels behind a retired one, {len(lost)}: {some(lost)}", mend))
    return findings


def _people(records: Records, administrators: tuple[int, ...]) -> list[Finding]:
    findings = []
    for role, placed, noun in (
        (Role.OFFICER, {person for person, _ in records.directory.postings}, "unit"),
        (Role.TEAM, {p.id for p in records.people if p.team_id is not None}, "team"),
    ):
        lost = sorted(p.name for p in records.people if p.role == role and p.id not in placed)
        if lost:
            mend = f"fill in the column {noun} of the sheet people, or make them a link: trucmang invite"
            findings.append(warn(f"people of role {role} without a {noun}, {len(lost)}: {some(lost)}", mend))
    roles = {person.role for person in records.people}
    if Role.ONCALL not in roles:
        findings.append(warn("nobody is on call", "trucmang invite --role truc_ban"))
    if Role.ADMIN not in roles and not administrators:
        mend = "set TRUCMANG_ADMINS, or trucmang invite --role quan_tri"
        findings.append(warn("nobody is administrator", mend))
    return findings


def _teams(inventory: Directory) -> list[Finding]:
    mute = sorted(team.code for team in inventory.teams.values() if team.chat_id is None)
    mend = "add the bot to the team's group and write the group's id into the sheet teams"
    return [warn(f"teams without a chat, {len(mute)}: {some(mute)}", mend)] if mute else []
