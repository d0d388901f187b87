"""What is promised and what it took: the next deadline of a live ticket, and the clock of its timeline."""

from incidents.owed import Breach, Owed
from incidents.sla.clock import Clock, Decision, Part, Pause, Stretch, Time
from incidents.sla.events import Event, event_of, followed, in_order, opening
from incidents.sla.promise import Deadline, next_deadline, remaining, restore_within, restored_by
from incidents.sla.reading import clock_of

__all__ = [
    "Breach",
    "Clock",
    "Deadline",
    "Decision",
    "Event",
    "Owed",
    "Part",
    "Pause",
    "Stretch",
    "Time",
    "clock_of",
    "event_of",
    "followed",
    "in_order",
    "next_deadline",
    "opening",
    "remaining",
    "restore_within",
    "restored_by",
]
