"""A call that goes another way than chat: one short plain sentence, with nothing of the network in it."""

from datetime import datetime

from bot.cards.incident import place
from incidents.model import Incident, code
from locales.marker import N_
from locales.voice import Voice
from operations.look import IncidentView

TITLE = "Trực Mạng"


def call(view: IncidentView, voice: Voice, now: datetime) -> str:
    """Return what is said; of a suspicion no more than that there is one."""
    incident = view.incident
    return voice.plain(
        _sentence(incident),
        code=code(incident.id),
        unit=place(view),
        when=voice.when(incident.began or incident.opened, now),
        owner=view.owner or "",
    )


def _sentence(incident: Incident) -> str:
    if incident.security:
        return N_(
            "{code}: a ticket that nobody has seen to. Please look into Telegram or ring the duty desk."
        )
    if incident.owner is not None:
        return N_("{code}, {unit}, since {when}: {owner} took it, and nothing was done. Please see to it.")
    return N_("{code}, {unit}, since {when}: nobody has taken it. Please see to it.")
