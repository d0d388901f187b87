"""The rows of an inventory: typed, checked, with every reference resolved to a key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple


class UnitKey(NamedTuple):
    """What tells a unit from all others: codes are reused between editions of the unit list."""

    edition: str
    code: str


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of *units*."""

    key: UnitKey
    name: str
    kind: str
    parent: UnitKey | None = None
    sla_class: str | None = None
    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """A row of *carriers*."""

    code: str
    name: str
    hotline: str | None = None
    respond_minutes: int | None = None
    restore_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A row of *teams*."""

    code: str
    name: str
    carrier: str
    chat_id: int | None = None
    covers: tuple[UnitKey, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """A row of *channels*."""

    code: str
    unit: UnitKey
    carrier: str | None = None
    kind: str | None = None
    uplink: str | None = None
    probes: tuple[str, ...] = ()
    bandwidth_mbps: float | None = None
    priority: int | None = None
    meter: str | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A row of *services*."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: UnitKey | None = None
    owner: str | None = None
    contact: str | None = None
    chat_id: int | None = None
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of *people*."""

    telegram_id: int
    name: str
    role: str
    unit: UnitKey | None = None
    team: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """A row of *shifts*; people by their numbers at Telegram, None where nobody is named."""

    date: date
    from_: time
    to: time
    first: int | None = None
    second: int | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """Sheets that are right. *columns* has the sheets that were there, and which columns each had."""

    columns: Mapping[str, frozenset[str]]
    units: tuple[UnitRow, ...] = ()
    carriers: tuple[CarrierRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()
    channels: tuple[ChannelRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    shifts: tuple[ShiftRow, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what was left unread, for the person who imports
