"""Notices beside those of lines: of services that fail, and of what is suspected."""

from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.buttons import pack
from bot.cards import service
from bot.cards.incident import place, title
from bot.cards.message import Button, Message
from incidents.model import code
from locales.voice import Voice
from operations.look import IncidentView


def service_fails(_: dict[str, Any], view: IncidentView, voice: Voice, now: datetime) -> Message:
    """Return what whoever answers for a service is told."""
    assert view.service is not None
    toll = Markup("<b>{}</b>").format(service.toll(view.incident, view.service, voice, now))
    return Message.of(
        [
            toll,
            service.probe(view.incident, voice, now),
            voice.say("Please look into it: ticket {code} of the duty desk.", code=code(view.incident.id)),
        ]
    )


def service_over(_: dict[str, Any], view: IncidentView, voice: Voice, __: datetime) -> Message:
    """Return what everybody who complained hears once it is over."""
    assert view.service is not None
    number = code(view.incident.id)
    return Message.of(
        [
            voice.say("<b>Service {name} works again</b> ({code}).", name=view.service.name, code=number),
            voice.say("If it still does not work, send /baosuco."),
        ]
    )


def suspected(_: dict[str, Any], view: IncidentView, voice: Voice, __: datetime) -> Message:
    """Return what to do at once, to who suspects a security incident."""
    number = code(view.incident.id)
    return Message.of(
        [
            voice.say("<b>{code}</b>: recorded; the security officer has been called.", code=number),
            voice.say(
                "<b>Unplug the network cable. Do not switch the computer off. Post nothing on social "
                "networks or in chat groups.</b> Wait for the security officer to call."
            ),
        ]
    )


def security(content: dict[str, Any], view: IncidentView, voice: Voice, _: datetime) -> Message:
    """Return the call of whoever answers for security; in a group *content* has neither name nor words."""
    number = code(view.incident.id)
    shown = ((Button(number, pack("show", view.incident.id)),),)
    if "person" not in content:
        said = voice.say(
            "<b>{code}</b>: the security officer is needed for {unit}.", code=number, unit=place(view)
        )
        return Message.of([said], shown)
    who = ", ".join(filter(None, (content["person"], content["phone"])))
    words = content["words"]
    return Message.of(
        [
            title(view, voice),
            voice.say("Reported by {name}", name=who),
            voice.say("“{words}”", words=words) if words else None,
            voice.say("The unit was told: unplug the network, leave the computers on, post nothing."),
            voice.say("Please call the unit at once."),
        ],
        shown,
    )
