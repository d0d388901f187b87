"""What the benchmark's tests share: a file written on the spot, and a line that is only cut."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.detect.path import Path as Line
from bench.detect.path import Spell, lay


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "trace.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def cut(*spells: tuple[float, float]) -> Line:
    """Return a line without any loss but these [start, end)."""
    return lay((Spell(start, end, 1.0) for start, end in spells), good=0.0, rtt=0.04, jitter=0.0)
