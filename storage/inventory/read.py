"""An inventory as it lies on the disk, a folder of CSV files or one workbook, read into tables."""

from pathlib import Path

from storage.inventory.problem import Problem
from storage.inventory.read_csv import read_folder
from storage.inventory.read_xlsx import read_workbook
from storage.inventory.table import Reading


def read(path: Path) -> Reading:
    """Read what is at *path*; what is wrong with it is in the answer."""
    try:
        reading = _read(path)
    except OSError as error:
        return _wrong(path, f"something that can be read ({error.strerror})")
    if not reading.tables and not reading.problems:
        return reading + _wrong(
            path, "at least one of the sheets units, carriers, teams, channels, services, people, shifts"
        )
    return reading


def _read(path: Path) -> Reading:
    if path.is_dir():
        return read_folder(path)
    if not path.exists():
        return _wrong(path, "a folder or a file that exists")
    if path.suffix.lower() == ".xlsx":
        return read_workbook(path)
    return _wrong(path, "a folder of CSV files or one .xlsx workbook")


def _wrong(path: Path, expected: str) -> Reading:
    return Reading(problems=(Problem(path.name or str(path), None, None, None, expected),))
