"""What a unit's people say: of what they complain, and what power they have."""

from enum import StrEnum


class Kind(StrEnum):
    """What a report is about."""

    FAULT = "fault"  # a fault of whatever kind
    OUTAGE = "outage"  # no connection at all
    UNSTEADY = "unsteady"  # slow, or it comes and goes
    SERVICE = "service"  # one service fails
    CABLE = "cable"  # the cable is cut
    DEVICE = "device"  # a device, a light, a UPS
    WIDE = "wide"  # many units at once
    POWER = "power"  # the power is out
    FALSE_ALARM = "false_alarm"  # all is well, whatever the probes say


class Power(StrEnum):
    """What power a unit says it has."""

    GRID = "grid"
    BACKUP = "backup"  # a generator or a UPS
    OUT = "out"
