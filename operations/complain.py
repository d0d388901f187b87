"""Complain: what people say of a service over lines that are good gathers in the one incident it has."""

from incidents.model import Incident, ServiceFault, Severity
from incidents.proof import Proof, prove
from incidents.said import Kind
from intents.services import service_meant
from intents.understanding import understand
from operations.announce import Notice, service_owner, tell
from operations.desk import Act, Desk
from operations.probing import Probe, blind, probed
from operations.respond import begin
from storage import incidents, reports

SERVICE_FAILS = "loi_dich_vu"  # the intent


def complained_of(act: Act, kind: Kind, words: str, home: int) -> int | None:
    """Return the service of the inventory that *words* say fails, or None.

    A report of no other kind is one of a service if its words say so.
    """
    if kind not in (Kind.FAULT, Kind.SERVICE) or not words:
        return None
    if kind is Kind.FAULT and understand(words, act.directory.gazetteer, home).intent != SERVICE_FAILS:
        return None
    return service_meant(words, act.directory.service_names)


async def ask(desk: Desk, service: int, probe: Probe, patience: float) -> Proof:
    """Probe *service* now and return what that says; silence tells nothing while nobody answers us."""
    async with desk.look() as act:
        series = act.directory.probes_of(service)
    outcomes = await probed(probe, series, patience) if series else {}
    proof = prove(outcomes.get(each, []) for each in series)
    async with desk.look() as act:
        return Proof.UNSEEN if proof is Proof.SILENT and await blind(act) else proof


async def gather(act: Act, service: int) -> tuple[Incident, bool]:
    """Return the incident that what is said of *service* joins, and whether it opens with this."""
    known = await incidents.of_service(act.session, service)
    if known is not None:
        return known, False
    fault = ServiceFault(service, probed=bool(act.directory.probes_of(service)), heard=act.at)
    return await open_for(act, fault, "report"), True


async def open_for(act: Act, fault: ServiceFault, reason: str) -> Incident:
    """Open the incident of a service, at the unit that answers for it or else at the very top."""
    unit = act.directory.services[fault.of].unit_id or act.directory.top
    return await begin(act, Incident(unit=unit, opened=act.at, severity=Severity.HIGH, service=fault), reason)


async def tell_owner(act: Act, incident: Incident) -> None:
    """Tell whoever answers for the service, at first and each time that it has reached so many units."""
    units = len(await reports.units(act.session, incident.id))
    reached = max((each for each in act.policies.sharing.told_at if each <= units), default=0)
    key = f"service:{incident.id}:{reached}"
    await tell(act, service_owner(act, incident), Notice("service_fails", {}), incident.id, key)
