"""A service that fails, as cards and answers tell it: who says so, what its own probe says, whose it is."""

from datetime import datetime

from markupsafe import Markup

from incidents.model import Incident, code
from locales.voice import Voice
from operations.service_view import ServiceView

AREAS_SHOWN = 12


def title(incident: Incident, service: ServiceView, voice: Voice) -> Markup:
    """Return the first line of a message about its ticket."""
    number = code(incident.id)
    if incident.live:
        return voice.say("🟠 <b>{code} · Service {name} fails</b>", code=number, name=service.name)
    return voice.say("⚪ <b>{code} · Service {name}: closed</b>", code=number, name=service.name)


def toll(incident: Incident, service: ServiceView, voice: Voice, now: datetime) -> Markup:
    """Return in one sentence how many units say that it fails, since when and where."""
    assert incident.service is not None
    if not service.units:
        since = voice.when(incident.service.failing or incident.opened, now)
        return voice.say("Service {name} has not answered since {when}", name=service.name, when=since)
    said = voice.say(
        "Service {name}: {count} units report a fault since {when}",
        name=service.name,
        count=voice.number(service.units),
        when=voice.when(incident.opened, now),
    )
    return Markup("{} ({})").format(said, _areas(service, voice))


def lines(incident: Incident, service: ServiceView, voice: Voice, now: datetime) -> list[Markup | None]:
    """Return what its card begins with."""
    head = title(incident, service, voice)
    if incident.live:
        sentence = toll(incident, service, voice, now)
        head = Markup("🟠 <b>{} · {}</b>").format(code(incident.id), sentence)
    return [head, probe(incident, voice, now), owner(service, voice)]


def probe(incident: Incident, voice: Voice, now: datetime) -> Markup | None:
    """Return what the service's own probe says by the rule that lines are held to."""
    fault = incident.service
    if fault is None or not incident.live:
        return None
    if fault.failing is not None:
        return voice.say("Its own probe: no answer since {when}", when=voice.when(fault.failing, now))
    return voice.say("Its own probe: it answers") if fault.probed else voice.say("It has no probe of its own")


def owner(service: ServiceView, voice: Voice) -> Markup | None:
    """Return who answers for the service, with the number to call."""
    if service.owner is None:
        return None
    told = ", ".join(filter(None, (service.owner, service.contact)))
    return voice.say("In charge of the service: {owner}", owner=told)


def _areas(service: ServiceView, voice: Voice) -> Markup:
    shown = [
        voice.say("{area} {count}", area=area, count=voice.number(count))
        for area, count in service.areas[:AREAS_SHOWN]
    ]
    return Markup(", ").join(shown) + ("…" if len(service.areas) > AREAS_SHOWN else "")
