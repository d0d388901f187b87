"""A step of the desk taken back by another one: nothing is erased."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from incidents.actions.rule import UNWRITTEN, Rules
from incidents.model import Incident
from incidents.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Undo:
    """Who did it takes back the step with version *of*, a *what*; *back* is what each changed field was."""

    by: int
    of: int
    what: str
    back: tuple[tuple[str, Any], ...] = field(default=(), metadata=UNWRITTEN)


def _undo(incident: Incident, action: Undo, _: datetime) -> Incident | Refusal:
    return replace(incident, **dict(action.back))


RULES: Final[Rules] = {
    Undo: _undo,
}
