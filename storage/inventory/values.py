"""The values of cells: what each column's text stands for, or what was expected there."""

import re
from collections.abc import Callable
from typing import Any, Final

from incidents.roles import Role
from locales.folding import tidy
from storage.inventory.headers import key
from storage.inventory.moments import day, hour
from storage.inventory.unexpected import UnexpectedError

LONGEST: Final = 500
INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
NUMBER = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?")
GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
CODE = re.compile(r"[^\s;/]{1,64}")

CHANNEL_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "chinh": ("chinh", "kenh chinh", "duong chinh", "main", "primary"),
    "du_phong": ("du phong", "kenh du phong", "duong du phong", "phu", "backup"),
}
PROFILES: Final[dict[str, tuple[str, ...]]] = {
    "nhanh": ("fast",),
    "can_bang": ("can bang", "binh thuong", "balanced"),
    "ben": ("ben bi", "robust"),
}
ROLES: Final[dict[str, tuple[str, ...]]] = {
    Role.ONCALL: ("truc ban", "can bo truc", "truc", "on call"),
    Role.OFFICER: ("can bo", "can bo xa", "dau moi", "dau moi xa", "officer"),
    Role.TEAM: ("doi", "doi ky thuat", "ky thuat", "ky thuat nha mang", "team"),
    Role.LEADER: ("lanh dao", "leader"),
    Role.ADMIN: ("quan tri", "quan tri vien", "quan tri he thong", "admin"),
}


def text(value: str) -> str:
    """Take a text: composed, without stray spaces."""
    tidied = tidy(value)
    if len(tidied) > LONGEST:
        raise UnexpectedError(f"at most {LONGEST} characters")
    return tidied


def code(value: str) -> str:
    """Take a code."""
    tidied = tidy(value)
    if not CODE.fullmatch(tidied):
        raise UnexpectedError("a code of at most 64 characters without spaces, «;» or «/»")
    return tidied


def codes(value: str) -> tuple[str, ...]:
    """Take a list of codes, of codes with their edition, or of names."""
    return tuple(dict.fromkeys(part for each in value.split(";") if (part := tidy(each))))


def integer(value: str) -> int:
    """Take a whole number; groups of thousands would be read as decimals elsewhere, so they are refused."""
    if not INTEGER.fullmatch(value):
        raise UnexpectedError("a whole number, its digits written out")
    return int(value)


def between(least: int, most: int) -> Callable[[str], int]:
    """Return what takes a whole number within bounds."""

    def take(value: str) -> int:
        number = integer(value)
        if not least <= number <= most:
            raise UnexpectedError(f"a whole number from {least} to {most}")
        return number

    return take


def decimal(value: str) -> float:
    """Take a number; its decimals may follow a point or a comma."""
    if not NUMBER.fullmatch(value):
        raise UnexpectedError("a number")
    return float(value.replace(",", "."))


def bandwidth(value: str) -> float:
    """Take megabits a second."""
    if GROUPED.fullmatch(value):
        raise UnexpectedError("a number of Mbps without groups of thousands")
    number = decimal(value)
    if not 0 < number <= 1_000_000:
        raise UnexpectedError("a number of Mbps from above 0 to 1000000")
    return number


def within(limit: int) -> Callable[[str], float]:
    """Return what takes degrees."""

    def take(value: str) -> float:
        degrees = decimal(value)
        if abs(degrees) > limit:
            raise UnexpectedError(f"degrees from -{limit} to {limit}")
        return degrees

    return take


def sla_class(value: str) -> str:
    """Take a class of promises: «Miền núi» is mien_nui."""
    return key(text(value)).replace(" ", "_")


def one_of(known: dict[str, tuple[str, ...]]) -> Callable[[str], str]:
    """Return what takes one of a few words in the ways people write it."""
    meant = {way: str(name) for name, ways in known.items() for way in (key(str(name)), *ways)}

    def take(value: str) -> str:
        if key(value) not in meant:
            raise UnexpectedError(f"one of {', '.join(map(str, known))}")
        return meant[key(value)]

    return take


telegram_id = between(1, 2**52)  # Telegram's own bound
chat_id = between(-(2**52), 2**52)
minutes = between(1, 60 * 24 * 365)

# How each column's text is taken; a column that is not here is a text.
TAKEN: Final[dict[str, Callable[[str], Any]]] = {
    "units.code": code,
    "units.edition": code,
    "units.sla_class": sla_class,
    "units.latitude": within(90),
    "units.longitude": within(180),
    "carriers.code": code,
    "carriers.respond_minutes": minutes,
    "carriers.restore_minutes": minutes,
    "teams.code": code,
    "teams.chat_id": chat_id,
    "teams.covers": codes,
    "channels.code": code,
    "channels.kind": one_of(CHANNEL_KINDS),
    "channels.probes": codes,
    "channels.bandwidth_mbps": bandwidth,
    "channels.priority": between(0, 1000),
    "channels.profile": one_of(PROFILES),
    "services.code": code,
    "services.aliases": codes,
    "services.chat_id": chat_id,
    "services.probes": codes,
    "people.telegram_id": telegram_id,
    "people.role": one_of(ROLES),
    "shifts.date": day,
    "shifts.from": hour,
    "shifts.to": hour,
}
# Of all others it is None.
EMPTY: Final[dict[str, Any]] = dict.fromkeys(
    ("teams.covers", "channels.probes", "services.aliases", "services.probes"), ()
)


def take(sheet: str, column: str, value: str) -> Any:
    """Take the text of a cell, or raise UnexpectedError."""
    place = f"{sheet}.{column}"
    return TAKEN.get(place, text)(value) if value else EMPTY.get(place)
