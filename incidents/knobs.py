"""Knobs: the policies that may be changed from chat, each with the bounds in which that is safe."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How a value is typed and shown."""

    SPAN = "span"  # 5.05s, 10m, 4h, 2d
    SHARE = "share"  # 60%
    COUNT = "count"
    HOUR = "hour"  # 07:30


@dataclass(frozen=True, slots=True)
class Knob:
    """A policy by the name it is changed by, and where it is in Policies.

    Values are whole numbers: milliseconds of a span, thousandths of a share, minutes of an hour of the day.
    *scale* is how many of them make one in the policy, where that is a plain number.
    """

    name: str
    path: tuple[str | int, ...]
    kind: Kind
    least: int
    most: int
    scale: int = 1

    @property
    def policy(self) -> str:
        """The policy that is written anew."""
        return str(self.path[0])


SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000  # in milliseconds
LATEST = 24 * 60 - 1  # minute of a day

# fmt: off
KNOBS: tuple[Knob, ...] = (
    Knob("kiem_tra",       ("profiles", "can_bang", "period"),   Kind.SPAN,  2 * SECOND, MINUTE, 1000),
    Knob("cho_im_lang",    ("profiles", "can_bang", "guard"),    Kind.SPAN,  3 * SECOND, MINUTE, 1000),
    Knob("cho_kenh_kem",   ("profiles", "can_bang", "patience"), Kind.SPAN,  5 * SECOND, 2 * MINUTE, 1000),
    Knob("dien_rong_kenh", ("common", "least"),                  Kind.COUNT, 3, 50),
    Knob("dien_rong_phan", ("common", "share"),                  Kind.SHARE, 200, 1000, 1000),
    Knob("mat_goi",        ("bounds", "loss"),                   Kind.SHARE, 1, 200, 1000),
    Knob("giu_suy_giam",   ("bounds", "enter"),                  Kind.COUNT, 1, 60),
    Knob("tiep_nhan",      ("promise", "acknowledge"),           Kind.SPAN,  MINUTE, 4 * HOUR),
    Knob("giao_doi",       ("promise", "assign"),                Kind.SPAN,  MINUTE, 8 * HOUR),
    Knob("doi_nhan",       ("promise", "accept"),                Kind.SPAN,  MINUTE, 8 * HOUR),
    Knob("khac_phuc_tinh",      ("promise", "restore", "tinh"),      Kind.SPAN, 30 * MINUTE, 7 * DAY),
    Knob("khac_phuc_huyen",     ("promise", "restore", "huyen"),     Kind.SPAN, 30 * MINUTE, 7 * DAY),
    Knob("khac_phuc_thanh_pho", ("promise", "restore", "thanh_pho"), Kind.SPAN, 30 * MINUTE, 7 * DAY),
    Knob("khac_phuc_mien_nui",  ("promise", "restore", "mien_nui"),  Kind.SPAN, 30 * MINUTE, 7 * DAY),
    Knob("khac_phuc_khac",      ("promise", "restore_otherwise"),    Kind.SPAN, 30 * MINUTE, 7 * DAY),
    Knob("goi_lai",        ("ladder", 0, "after"),               Kind.SPAN,  MINUTE, 4 * HOUR),
    Knob("goi_lanh_dao",   ("ladder", -1, "after"),              Kind.SPAN,  5 * MINUTE, 12 * HOUR),
    Knob("tai_phat",       ("relapse_window",),                  Kind.SPAN,  5 * MINUTE, DAY),
    Knob("cho_xac_minh",   ("proof",),                           Kind.SPAN,  10 * SECOND, HOUR),
    Knob("rut_bao",        ("retract_within",),                  Kind.SPAN,  5 * MINUTE, DAY),
    Knob("bao_trung",      ("reporting", "repeat"),              Kind.SPAN,  MINUTE, HOUR),
    Knob("bao_cao",        ("summary_at",),                      Kind.HOUR,  0, LATEST),
    Knob("dem_tu",         ("quiet", "since"),                   Kind.HOUR,  0, LATEST),
    Knob("dem_den",        ("quiet", "until"),                   Kind.HOUR,  0, LATEST),
    Knob("chi_dao",        ("directing", "due"),                 Kind.SPAN,  10 * MINUTE, 7 * DAY),
    Knob("nhac_chi_dao",   ("directing", "again"),               Kind.SPAN,  5 * MINUTE, 4 * HOUR),
    Knob("bao_tri_truoc",  ("maintenance_notice",),              Kind.SPAN,  HOUR, 14 * DAY),
)
# fmt: on

_SPAN = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?\s?(giay|phut|gio|ngay|s|m|p|h|d)(?![a-z])")
_UNITS = {"s": SECOND, "giay": SECOND, "m": MINUTE, "p": MINUTE, "phut": MINUTE, "h": HOUR, "gio": HOUR}
_UNITS |= {"d": DAY, "ngay": DAY}
_SHARE = re.compile(r"(\d{1,3})(?:[.,](\d))?\s?%")
_HOUR = re.compile(r"([01]?\d|2[0-3])\s?[:hg]\s?([0-5]\d)?")


def typed(knob: Knob, plain: str) -> int | None:
    """Return the value that *plain*, folded as typed, says; None for what says none of this kind."""
    match knob.kind:
        case Kind.SPAN:
            parts = _SPAN.findall(plain)
            whole = parts and not _SPAN.sub("", plain).strip()
            return sum(_milliseconds(*each) for each in parts) if whole else None
        case Kind.SHARE:
            share = _SHARE.fullmatch(plain)
            return None if share is None else int(share[1]) * 10 + int(share[2] or 0)
        case Kind.HOUR:
            hour = _HOUR.fullmatch(plain)
            return None if hour is None else int(hour[1]) * 60 + int(hour[2] or 0)
        case Kind.COUNT:
            return int(plain) if re.fullmatch(r"\d{1,6}", plain) else None


def is_safe(knob: Knob, value: int) -> bool:
    """Return whether *value* is within the knob's bounds."""
    return knob.least <= value <= knob.most


def shown(knob: Knob, value: int) -> str:
    """Return *value* as it could be typed."""
    match knob.kind:
        case Kind.SPAN:
            return _span(value)
        case Kind.SHARE:
            return f"{value / 10:g}%"
        case Kind.HOUR:
            return f"{value // 60:02}:{value % 60:02}"
        case Kind.COUNT:
            return str(value)


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """Return the plain *value* (dicts and lists) with *new* at *path*; nothing is changed in place."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, list):
        assert isinstance(step, int)
        changed = list(value)
        changed[step] = replaced(value[step], rest, new)
        return changed
    return value | {step: replaced(value[step], rest, new)}


def _milliseconds(count: str, decimals: str, unit: str) -> int:
    return (int(count) * 1000 + int(decimals.ljust(3, "0"))) * _UNITS[unit] // 1000


def _span(span: int) -> str:
    parts = []
    for size, sign in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m")):
        count, span = divmod(span, size)
        if count:
            parts.append(f"{count}{sign}")
    if span or not parts:
        parts.append(f"{span / SECOND:g}s")
    return " ".join(parts)
