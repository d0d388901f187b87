"""Why an action changes nothing."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why an action changes nothing."""

    CLOSED = "closed"
    TAKEN = "taken"  # by somebody else
    ALREADY = "already"  # by the same person, or to the same team: to them it is a success
    NOT_ASSIGNED = "not_assigned"  # to this team
    NOT_AHEAD = "not_ahead"  # a time to come is past, or too far off
    STILL_DOWN = "still_down"
    UNPROVEN = "unproven"  # the probes have not borne it out yet
    STILL_FAILING = "still_failing"  # the service, by its own probe
    NO_LINE = "no_line"  # it is none of a carrier's
    SECOND_PERSON = "second_person"  # it takes another one than who proposed it
    CHANGED = "changed"  # what is agreed to is no longer what is proposed
    NOTHING_NEW = "nothing_new"
    FOREIGN = "foreign"  # the incident is none of the unit's
