"""What is said of windows: why one is refused, what it is warned of, and the days on which it recurs."""

from incidents.amendment import Refusal
from incidents.draft import Undecided
from incidents.maintenance import Purpose
from incidents.proposal import Warned
from locales.marker import N_

REFUSED = {
    Refusal.PAST: N_("That time is past already."),
    Refusal.EMPTY: N_("No time would be covered: the end must come after the start."),
    Refusal.TOO_LONG: N_("That is too long: 31 days at the most."),
    Refusal.FAR: N_("That is more than five years ahead: please check the year."),
    Refusal.ENDLESS: N_("It would recur before it has ended: please make it shorter, or on fewer days."),
    Refusal.NO_SCOPE: N_("Which units or channels? Write their names or codes, separated by commas."),
    Refusal.UNKNOWN_CHANNEL: N_("One of the channels is no longer in the inventory."),
    Refusal.UNKNOWN_UNIT: N_("One of the units is no longer in the inventory."),
    Refusal.NO_CHANNEL: N_("What is named has no channel that is monitored."),
    Refusal.UNKNOWN_WINDOW: N_("There is no such window any more."),
    Refusal.OVER: N_("That is over already."),
    Refusal.NOT_RUNNING: N_("It is not running now."),
    Refusal.NOT_LATER: N_("It lasts as long already."),
    Refusal.SHORT: N_(
        "Work must be asked for {urgent} ahead: please telephone the duty desk, which may declare it."
    ),
    Refusal.TWO_NEEDED: N_(
        "It mutes so many channels that one person does not extend it: please propose it anew by /tamdung."
    ),
    Refusal.NOT_YOURS: N_("A part of it is not yours to deal with."),
}
UNDECIDED = {
    Undecided.UNKNOWN: N_("There is no such proposal."),
    Undecided.SETTLED: N_("That has been decided already: {name} was first."),
    Undecided.LAPSED: N_("That has lapsed: please write it again."),
    Undecided.SAME: N_("A second person of the desk must confirm it: who proposed it may not."),
}
WARNED = {
    Warned.STARTED: N_("A part of that time is past: it counts from now."),
    Warned.URGENT: N_("⚠ Less notice than the rule asks for: urgent work."),
    Warned.SHORT: N_("⚠ Less notice than is owed even for urgent work: please telephone the units."),
}
ICON = {Purpose.WORKS: "🔧", Purpose.MUTE: "🔕"}
WHY = {Purpose.WORKS: N_("planned work"), Purpose.MUTE: N_("alarms muted by the desk")}  # where none is given
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
