"""The anchors: hosts that tell a blind prober from a dead network."""

from collections.abc import Mapping, Sequence

from bot.doctor.finding import Finding, fail, ok, warn
from bot.doctor.patient import Patient
from checks.icmp_socket import IcmpUnavailable
from checks.once import probe_once
from checks.target import Target
from incidents.outcome import Outcome, Reason


async def examine(patient: Patient) -> list[Finding]:
    """Probe each anchor."""
    targets = [Target.parse(number, url) for number, url in enumerate(patient.settings.anchors)]
    try:
        outcomes = await probe_once(targets, icmp_socket=patient.icmp_socket) if targets else {}
    except (IcmpUnavailable, OSError):
        return [warn("the anchors could not be probed", "see ICMP")]
    return judge(targets, outcomes)


def judge(targets: Sequence[Target], outcomes: Mapping[int, Sequence[Outcome]]) -> list[Finding]:
    """Judge what the anchors answered."""
    if not targets:
        mend = "set TRUCMANG_ANCHORS to two hosts on the way out, such as icmp://10.1.0.1,tcp://10.1.0.2:53"
        return [warn("no anchors are set: a fault of our own line would look like a dead province", mend)]
    findings = []
    for target in targets:
        heard = outcomes.get(target.series, ())
        if any(each.reason is Reason.BAD_NAME for each in heard):
            findings.append(_wrong(f"the anchor {target.host} has no address", targets))
        elif not any(each.answered for each in heard):
            findings.append(_wrong(f"the anchor {target.url} is silent", targets))
    return findings or [ok(f"{len(targets)} anchors answer")]


def _wrong(what: str, targets: Sequence[Target]) -> Finding:
    mend = "take a host that is up whenever we can see: TRUCMANG_ANCHORS"
    return warn(what, mend) if len(targets) > 1 else fail(f"{what}, and there is no other", mend)
