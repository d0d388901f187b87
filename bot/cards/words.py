"""What the desk's terms are called: one table a term."""

from incidents import vigil
from incidents.actions.field import Ground, Need
from incidents.degradation import Measure
from incidents.finding import Finding
from incidents.model import Cause, Incident, LineState, Suspension
from incidents.pause import Obstacle
from incidents.proof import Proof
from incidents.refusal import Refusal
from incidents.roles import Role
from incidents.said import Kind, Power
from incidents.sla import Owed
from incidents.vigil import Occasion
from incidents.wide import Scope
from locales.marker import N_
from storage.spells import DEGRADED, FLAPPING, OVERLOADED

STATE = {
    LineState.UNKNOWN: N_("not yet known"),
    LineState.UP: N_("connected"),
    LineState.DOWN: N_("no connection"),
    LineState.UNREACHABLE: N_("no connection, behind a dead uplink"),
    LineState.BLIND: N_("not monitored"),
}
STATE_ICON = {
    LineState.UNKNOWN: "⚪",
    LineState.UP: "🟢",
    LineState.DOWN: "🔴",
    LineState.UNREACHABLE: "🔴",
    LineState.BLIND: "⚫",
}
OCCASION = {
    Occasion.STORM: N_("storm duty"),
    Occasion.MEETING: N_("meeting"),
    Occasion.WATCH: N_("watch"),
}
NOT_KEPT = {
    vigil.Refusal.PAST: N_("That time is past already."),
    vigil.Refusal.EMPTY: N_("The end must come after the start."),
    vigil.Refusal.TOO_LONG: N_("That is too long: a vigil lasts 7 days at the most."),
    vigil.Refusal.FAR: N_("That is too far ahead: 31 days at the most."),
    vigil.Refusal.UNKNOWN_UNIT: N_("That unit is no longer in the inventory."),
    vigil.Refusal.NO_CHANNEL: N_("No channel of this unit is monitored."),
    vigil.Refusal.UNKNOWN: N_("There is no such vigil."),
    vigil.Refusal.OVER: N_("That vigil is over already."),
}
OFF, OFF_ICON = N_("switched off after hours"), "🌙"  # instead of a state
ROLE = {
    Role.ONCALL: N_("on-call"),
    Role.OFFICER: N_("commune officer"),
    Role.TEAM: N_("field team"),
    Role.LEADER: N_("manager"),
    Role.ADMIN: N_("administrator"),
}
OWED = {
    Owed.ACKNOWLEDGE: N_("To be taken before {when}"),
    Owed.ASSIGN: N_("To be handed to a team before {when}"),
    Owed.ACCEPT: N_("The team is to accept before {when}"),
    Owed.RESTORE: N_("To be restored before {when}"),
}
OBSTACLE = {
    Obstacle.LOCKED: N_("the room is locked"),
    Obstacle.STORM: N_("storm, not safe"),
    Obstacle.ROAD: N_("the road is cut"),
    Obstacle.OTHER: N_("another obstacle"),
}
CAUSE = {
    Cause.POWER: N_("power cut"),
    Cause.SWITCHED_OFF: N_("switched off by the unit"),
    Cause.FIBRE_CUT: N_("cut cable"),
    Cause.WORKS: N_("works"),
    Cause.DEVICE: N_("faulty device"),
    Cause.LIGHTNING: N_("lightning"),
    Cause.CONFIGURATION: N_("configuration"),
    Cause.CORE: N_("core network of the carrier"),
    Cause.MOVE: N_("move of the office"),
    Cause.CONTRACT: N_("contract expired"),
    Cause.OTHER: N_("another cause"),
}
GROUND = {
    Ground.AREA: N_("not its area"),
    Ground.BUSY: N_("nobody is free"),
    Ground.CARRIER: N_("another carrier's line"),
    Ground.OTHER: N_("another reason"),
}
NEED = {
    Need.PARTS: N_("parts"),
    Need.DOOR: N_("the equipment room has to be opened"),
    Need.OTHER: N_("something else"),
}
FINDING = {
    Finding.LINE_GOOD: N_("The line to {unit} answers well. Please check at the unit:"),
    Finding.LINE_BAD: N_("The line to {unit} answers only in part."),
    Finding.LINE_DOWN: N_("We see it too: the line to {unit} does not answer."),
    Finding.CARRIED: N_("One line to {unit} does not answer, another one carries it."),
    Finding.UPLINK_DOWN: N_("The line to {unit} is cut off because the line above it does not answer."),
    Finding.UNSEEN: N_("The line to {unit} could not be checked just now."),
}
CHECKS = (
    N_("1. Power: are the lights of the optical converter and of the router on?"),
    N_("2. Cable: is the one from the router to the switch firmly plugged in at both ends?"),
    N_("3. Computer: does another one work when it is plugged into the router itself?"),
)
FINDING_BRIEF = {
    Finding.LINE_GOOD: N_("probes good: look at the unit's power and LAN"),
    Finding.LINE_BAD: N_("probes partly lost"),
    Finding.LINE_DOWN: N_("probes silent too"),
    Finding.CARRIED: N_("one line silent, another carries"),
    Finding.UPLINK_DOWN: N_("the uplink is silent too"),
    Finding.UNSEEN: N_("could not be probed"),
}
REPORTED = {
    Kind.FAULT: N_("{name} reported at {when}"),
    Kind.OUTAGE: N_("{name} reported no connection at {when}"),
    Kind.UNSTEADY: N_("{name} reported an unsteady line at {when}"),
    Kind.SERVICE: N_("{name} reported a service that fails at {when}"),
    Kind.CABLE: N_("{name} reported a cut cable at {when}"),
    Kind.DEVICE: N_("{name} reported a faulty device at {when}"),
    Kind.WIDE: N_("{name} reported an outage of several units at {when}"),
    Kind.POWER: N_("{name} reported a power cut at {when}"),
    Kind.FALSE_ALARM: N_("{name} said that the line is well at {when}"),
}
POWER = {
    Power.GRID: N_("power from the grid"),
    Power.BACKUP: N_("power from a generator or a UPS"),
    Power.OUT: N_("no power"),
}
POWER_BUTTON = {
    Power.GRID: N_("Grid"),
    Power.BACKUP: N_("Generator/UPS"),
    Power.OUT: N_("No power"),
}
CONDITION = {
    DEGRADED: N_("🟠 Quality degraded since {when}"),
    FLAPPING: N_("〰️ Unsteady since {when}"),
    OVERLOADED: N_("🟠 Overloaded since {when}"),
}
MEASURE = {
    Measure.LOSS: N_("loss {value} (bound {bound})"),
    Measure.DELAY: N_("delay {value} (bound {bound})"),
    Measure.JITTER: N_("jitter {value} (bound {bound})"),
    Measure.RATING: N_("rating R {value} (bound {bound})"),
}
SUSPENSION = {
    Suspension.BLIND: N_("The clocks stand still: monitoring is blind"),
    Suspension.MAINTENANCE: N_("The clocks stand still: planned work"),
    Suspension.POWER: N_("The carrier's clock stands still: the unit has no power"),
    Suspension.FIELD: N_("The carrier's clock stands still: the team is hindered"),
}
RULE = {
    Scope.AREA: N_(
        "One incident: {least} channels or more, and {share} of an area, were lost within {window}."
    ),
    Scope.CARRIER: N_(
        "One incident: {share} of a carrier's channels, in {areas} areas or more, were lost within {window}."
    ),
    Scope.PROVINCE: N_("One incident: {areas} areas, or {many} channels, were lost within {window}."),
    Scope.TOTAL: N_("No anchor is set, so it is not known whether all channels are lost or monitoring is."),
}
PROOF = {
    Proof.ANSWERS: N_("The service was probed just now: it answers."),
    Proof.PARTLY: N_("The service was probed just now: it answers only in part."),
    Proof.SILENT: N_("The service was probed just now: it does not answer."),
    Proof.UNSEEN: N_("The service could not be probed just now."),
    Proof.UNPROBED: N_("The service has no probe of its own: what the units say counts."),
}
REFUSAL = {
    Refusal.CLOSED: N_("{code} is closed already."),
    Refusal.TAKEN: N_("{owner} took {code} first, at {when}."),
    Refusal.ALREADY: N_("That is done already: {code}."),
    Refusal.NOT_ASSIGNED: N_("{code} is no longer with your team."),
    Refusal.NOT_AHEAD: N_("That time is past, or too far off: {code}."),
    Refusal.STILL_DOWN: N_("{code} cannot be closed yet: {count} channels are still without a connection."),
    Refusal.STILL_FAILING: N_("{code} cannot be closed yet: the service does not answer its own probe."),
    Refusal.UNPROVEN: N_("The conditions for closing {code} are not met yet."),
    Refusal.NO_LINE: N_("{code} is about no line: it is not handed to a field team."),
    Refusal.SECOND_PERSON: N_("You proposed it: a second person has to agree ({code})."),
    Refusal.CHANGED: N_("Something else is proposed by now: {code}."),
    Refusal.NOTHING_NEW: N_("Nothing changed: {code}."),
    Refusal.FOREIGN: N_("{code} is none of this unit's."),
}


def status(incident: Incident) -> str:
    """Return the msgid of how the ticket stands: the desk's status, the team's work, the line's return."""
    assignment = incident.assignment
    if not incident.live:
        return N_("closed")
    if incident.settled:
        return N_("restored, waiting to be closed")
    if assignment is not None and assignment.accepted is not None:
        return N_("being worked on")
    if assignment is not None:
        return N_("handed to a team")
    return N_("taken") if incident.owner is not None else N_("new")
