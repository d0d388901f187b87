"""Understanding, measured: the held-out messages, and every unit's name as it may be typed.

    python -m bench.intents [files like bench/messages/heldout.tsv]

The messages were never learnt from, and were worded apart from the examples that were.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.understand import sample_names
from intents import Understanding, understand
from intents.names import Gazetteer
from intents.understanding import SURE
from locales.folding import fold

HELD_OUT = sorted(Path(__file__).with_name("messages").glob("*.tsv"))
FRAMES = ("{} mất mạng rồi anh ơi", "alo {} đang mất điện ạ", "mạng bên {} chậm quá", "a oi {} co mang chua")


@dataclass(frozen=True, slots=True)
class Told:
    """A message, what it means, and what it was taken to mean."""

    text: str
    intent: str
    units: tuple[str, ...]
    districts: tuple[str, ...]
    found: Understanding

    @property
    def unit_is_right(self) -> bool:
        """Whether the units are those named; where none is, whether the districts are."""
        named = tuple(sorted(place.name for place in self.found.units))
        return named == self.units and (
            bool(named) or not self.districts or self.found.districts == self.districts
        )


def told(path: Path, names: Gazetteer) -> Iterator[Told]:
    """Yield the messages of a table: text, intent, units, districts, the latter apart by |."""
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, intent, units, districts = [*line.split("\t"), "", ""][:4]
            found = understand(text, names)
            yield Told(text, intent, _apart(units), _apart(districts), found)


def _apart(names: str) -> tuple[str, ...]:
    return tuple(sorted(names.split("|"))) if names else ()


def confusion(measured: Sequence[Told]) -> None:
    """Print how each intent was taken."""
    pairs = Counter((each.intent, each.found.intent) for each in measured)
    for intent in sorted({each.intent for each in measured}):
        taken = {other: count for (meant, other), count in pairs.items() if meant == intent}
        wrong = ", ".join(f"{count} {other}" for other, count in sorted(taken.items()) if other != intent)
        print(f"{intent:16}{taken.get(intent, 0):4} of {sum(taken.values()):3}  {wrong}")


def figures(measured: Sequence[Told], seconds: float) -> dict[str, float | int]:
    """Return the shares and the time a message takes."""
    sure = [each for each in measured if each.found.sure]
    count = len(measured)
    return {
        "messages": count,
        "intents": round(sum(each.intent == each.found.intent for each in measured) / count, 4),
        "units": round(sum(each.unit_is_right for each in measured) / count, 4),
        "threshold": SURE,
        "asked": round(1 - len(sure) / count, 4),
        "right_when_sure": round(
            sum(each.intent == each.found.intent and each.unit_is_right for each in sure) / max(1, len(sure)),
            4,
        ),
        "ms": round(seconds / count * 1000, 2),
    }


def typed_names(names: Gazetteer) -> float:
    """Return the share of communes found in sentences: as written, plain, shouted, with their district."""
    right = count = 0
    for place in names.places:
        if place.kind not in ("xã", "phường", "thị trấn"):
            continue
        for frame in FRAMES:
            for name in (place.name, fold(place.name), place.name.upper(), f"{place.name} {place.area}"):
                units = understand(frame.format(name), names).units
                right += (
                    any(unit.id == place.id for unit in units) and len({unit.name for unit in units}) == 1
                )
                count += 1
    return round(right / count, 4)


def measure(path: Path, names: Gazetteer) -> dict[str, float | int]:
    """Print the confusion of a file's messages and what went wrong, and return the figures."""
    start = perf_counter()
    measured = list(told(path, names))
    seconds = perf_counter() - start
    print(f"# {path.stem}")
    confusion(measured)
    for each in measured:
        if each.intent != each.found.intent or not each.unit_is_right:
            taken = "|".join(place.name for place in each.found.units)
            print(f"{each.found.confidence:.2f} {each.intent} → {each.found.intent} {taken}: {each.text}")
    return figures(measured, seconds)


def main() -> None:
    """Print how each file's messages were taken, and one JSON line last."""
    names = sample_names()
    understand("", names)
    found = {path.stem: measure(path, names) for path in map(Path, sys.argv[1:] or HELD_OUT)}
    print(json.dumps(found | {"typed_names": typed_names(names)}))


if __name__ == "__main__":
    main()
