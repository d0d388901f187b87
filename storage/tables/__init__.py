"""The tables, grouped by what they keep; importing this package declares them all."""

from storage.tables.inventory import Carrier, Channel, Cover, Person, Series, Team, Unit
from storage.tables.invitations import Invitation
from storage.tables.letters import Card, Chat, Letter
from storage.tables.maintenance import Maintenance, MaintenanceChange, MaintenanceScope
from storage.tables.policies import Policy, Revision, Run, Vantage
from storage.tables.samples import HOURS, MINUTES, SAMPLES, rollup
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
    "Card",
    "Carrier",
    "Channel",
    "Chat",
    "Cover",
    "Habits",
    "Interval",
    "Invitation",
    "Letter",
    "Maintenance",
    "MaintenanceChange",
    "MaintenanceScope",
    "Member",
    "Person",
    "Policy",
    "Report",
    "Revision",
    "Run",
    "Series",
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
