"""Why an action changes nothing."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why an action changes nothing."""

    CLOSED = "closed"
    TAKEN = "taken"  # by somebody else
    HANDED_OVER = "handed_over"  # to somebody else, with the shift
    ALREADY = "already"  # by the same person, or to the same team: to them it is a success
    NOT_ASSIGNED = "not_assigned"  # to this team
    STILL_DOWN = "still_down"
    STILL_FAILING = "still_failing"  # the service, by its own probe
    NO_LINE = "no_line"  # it is none of a carrier's
    NOTHING_NEW = "nothing_new"
    FOREIGN = "foreign"  # the incident is none of the unit's
