"""The shape of a rule: what an action makes of an incident, or why nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from incidents.model import Incident
from incidents.refusal import Refusal

Rule = Callable[[Incident, Any, datetime], Incident | Refusal]
Rules = Mapping[type, Rule]

UNWRITTEN: Final = {"unwritten": True}  # a field of an action that its history does not keep


def changed(before: Incident, after: Incident) -> Incident | Refusal:
    """Return *after*, or that there is nothing new in it."""
    return Refusal.NOTHING_NEW if after == before else after
