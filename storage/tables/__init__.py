"""The tables, grouped by what they keep; importing this package declares them all."""

from storage.tables.attachments import Attachment
from storage.tables.broadcasts import Broadcast
from storage.tables.directives import Directive
from storage.tables.inventory import Carrier, Channel, Cover, Person, Series, Service, Team, Unit
from storage.tables.invitations import Invitation
from storage.tables.journal import Deed
from storage.tables.letters import Card, Chat, Letter
from storage.tables.maintenance import (
    Maintenance,
    MaintenanceChange,
    MaintenanceDraft,
    MaintenanceScope,
)
from storage.tables.policies import Policy, Revision, Run, Vantage
from storage.tables.postings import Posting
from storage.tables.preferences import Preference
from storage.tables.presences import Presence
from storage.tables.questions import Correction, Question
from storage.tables.registrations import Registration
from storage.tables.samples import HOURS, MINUTES, SAMPLES, rollup
from storage.tables.second_way import SecondCall
from storage.tables.shifts import Handover, Shift
from storage.tables.spells import Habits, Spell
from storage.tables.tickets import Interval, Member, Report, Ticket, Timeline, Timer
from storage.tables.traffic import TRAFFIC, TRAFFIC_DAYS
from storage.tables.vigils import Vigil

__all__ = [
    "HOURS",
    "MINUTES",
    "SAMPLES",
    "TRAFFIC",
    "TRAFFIC_DAYS",
    "Attachment",
    "Broadcast",
    "Card",
    "Carrier",
    "Channel",
    "Chat",
    "Correction",
    "Cover",
    "Deed",
    "Directive",
    "Habits",
    "Handover",
    "Interval",
    "Invitation",
    "Letter",
    "Maintenance",
    "MaintenanceChange",
    "MaintenanceDraft",
    "MaintenanceScope",
    "Member",
    "Person",
    "Policy",
    "Posting",
    "Preference",
    "Presence",
    "Question",
    "Registration",
    "Report",
    "Revision",
    "Run",
    "SecondCall",
    "Series",
    "Service",
    "Shift",
    "Spell",
    "Team",
    "Ticket",
    "Timeline",
    "Timer",
    "Unit",
    "Vantage",
    "Vigil",
    "rollup",
]
