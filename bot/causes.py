"""A cause as people name it: the table of what each is called, the first that is named counts."""

from typing import Final

from incidents.model import Cause
from locales.folding import fold

NAMES: Final[dict[Cause, tuple[str, ...]]] = {
    Cause.SWITCHED_OFF: ("tat nguon", "tat may", "rut dien"),
    Cause.POWER: ("mat dien", "cup dien", "dien luc", "nguon dien"),
    Cause.WORKS: ("thi cong", "dao duong", "lam duong"),
    Cause.LIGHTNING: ("set",),
    Cause.FIBRE_CUT: ("dut cap", "dut quang", "cap quang", "gay cap", "dut day", "cap"),
    Cause.CONFIGURATION: ("cau hinh",),
    Cause.CORE: ("mang loi", "core"),
    Cause.MOVE: ("di doi", "chuyen tru so"),
    Cause.CONTRACT: ("hop dong",),
    Cause.DEVICE: ("thiet bi", "converter", "modem", "router", "switch", "bo chuyen doi"),
    Cause.OTHER: ("khac",),
}


def cause_in(words: str) -> Cause | None:
    """Return the cause that *words* name, or None."""
    plain = f" {fold(words)} "
    found = (cause for cause, names in NAMES.items() if any(f" {name} " in plain for name in names))
    return next(found, None)
