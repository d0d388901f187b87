"""The meters: credentials that no setting gives, and ports that do not count."""

from collections.abc import Mapping

from bot.doctor.finding import Finding, ok, some, warn
from bot.doctor.patient import Patient
from checks.meter import Fault
from checks.snmp import Snmp
from operations.meter import meters
from storage.directory import Directory

MENDS = {
    Fault.BAD_NAME: "correct the host in the column meter, or the name server",
    Fault.TIMEOUT: "see that the device answers SNMP to this machine, and that the credential is right",
    Fault.REFUSED: "correct the user, the passwords and the protocols of the credential",
    Fault.NO_INTERFACE: "write the ifIndex, or the ifName as the device has it, in the column meter",
    Fault.NO_COUNTERS: "the interface has no ifHCInOctets: choose another",
    Fault.GARBLED: "see whether the device speaks SNMP on that port",
}


async def examine(patient: Patient) -> list[Finding]:
    """Read every meter once."""
    records = await patient.records()
    if records is None:
        return [warn("the meters could not be read", "see database")]
    inventory = records.directory
    wanted = list(meters(inventory))
    told = await Snmp(patient.settings.credentials).read(wanted)
    faults = {channel: each for channel, each in told.items() if isinstance(each, Fault)}
    names = {meter.credential for meter in wanted if faults.get(meter.channel) is Fault.NO_CREDENTIAL}
    findings = [*_unset(sorted(names)), *judge(faults, inventory), *_unrated(told, inventory)]
    return findings or [ok(f"{len(wanted)} meters count" if wanted else "no channel has a meter")]


def judge(faults: Mapping[int, Fault], inventory: Directory) -> list[Finding]:
    """Return a finding for each way of failing."""
    findings = []
    for fault, mend in MENDS.items():
        codes = sorted(inventory.channels[id_].code for id_, each in faults.items() if each is fault)
        if codes:
            findings.append(warn(f"meters that tell nothing ({fault}), {len(codes)}: {some(codes)}", mend))
    return findings


def _unset(names: list[str]) -> list[Finding]:
    return [
        warn(
            f"meters name the credential {name}, which is not set",
            f"set TRUCMANG_SNMP_{name} (docs/settings.md)",
        )
        for name in names
    ]


def _unrated(told: Mapping[int, object], inventory: Directory) -> list[Finding]:
    codes = sorted(inventory.channels[id_].code for id_ in told if not inventory.channels[id_].bandwidth_mbps)
    mend = "fill in the column bandwidth_mbps and import again"
    return (
        [warn(f"channels with a meter and no bandwidth, {len(codes)}: {some(codes)}", mend)] if codes else []
    )
