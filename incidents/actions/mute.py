"""What a mute does to a ticket: nobody is called for it, while its clocks go on."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions.rule import Rules, changed
from incidents.model import Incident
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Mute:
    """The desk wants no alarm for any of its lines."""


@dataclass(frozen=True, slots=True)
class Unmute:
    """The mute of its lines is over: whoever would have been called is called now."""


def _mute(incident: Incident, _: Mute, __: datetime) -> Incident | Refusal:
    return changed(incident, replace(incident, muted=True))


def _unmute(incident: Incident, _: Unmute, __: datetime) -> Incident | Refusal:
    return changed(incident, replace(incident, muted=False))


RULES: Final[Rules] = {
    Mute: _mute,
    Unmute: _unmute,
}
