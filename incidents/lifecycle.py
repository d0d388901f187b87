"""What happens to an incident: each action gives a step, or a named refusal; nothing is done here."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from incidents.actions import (
    Action,
    Agree,
    Close,
    Complain,
    Disagree,
    Join,
    Object,
    Propose,
    Reopen,
    Supplement,
    aftermath,
    desk,
    field,
    lines,
    objections,
    pauses,
    promises,
    service,
    time,
    words,
)
from incidents.actions.rule import Rules
from incidents.model import Incident
from incidents.refusal import Refusal

AFTER_CLOSING = Join | Complain | Supplement | Reopen | Object | Propose | Agree | Disagree


@dataclass(frozen=True, slots=True)
class Step:
    """A change of an incident, not yet written."""

    before: Incident
    after: Incident
    action: Action
    at: datetime

    @property
    def recovers(self) -> bool:
        """Whether the last silent channel answered in this step."""
        return self.before.recovered is None and self.after.recovered is not None

    @property
    def relapses(self) -> bool:
        """Whether a line that was back is silent again."""
        return self.before.recovered is not None and bool(self.after.silent)

    @property
    def contests(self) -> bool:
        """Whether a unit now says that it does not work though its line was back."""
        return self.after.disputed is not None and self.before.disputed is None

    @property
    def closes(self) -> bool:
        """Whether the ticket closes in this step."""
        return self.before.live and not self.after.live


@dataclass(frozen=True, slots=True)
class Refused:
    """An action that changes nothing, with the incident as it stands."""

    refusal: Refusal
    incident: Incident


def advance(incident: Incident, action: Action, at: datetime) -> Step | Refused:
    """Return the step that *action* causes at *at*, or the refusal with the incident as it stands."""
    after = _after(incident, action, at)
    if isinstance(after, Refusal):
        return Refused(after, incident)
    return Step(incident, replace(after, version=incident.version + 1), action, at)


def _after(incident: Incident, action: Action, at: datetime) -> Incident | Refusal:
    if incident.merged or not (incident.live or isinstance(action, AFTER_CLOSING)):
        return Refusal.ALREADY if isinstance(action, Close) else Refusal.CLOSED
    return _RULES[type(action)](incident, action, at)


_RULES: Final[Rules] = {
    **lines.RULES,
    **service.RULES,
    **words.RULES,
    **aftermath.RULES,
    **desk.RULES,
    **field.RULES,
    **pauses.RULES,
    **promises.RULES,
    **objections.RULES,
    **time.RULES,
}
