"""Traces second by second, `channel,second,outcome`: read into a world, and written from one."""

from array import array
from collections.abc import Iterable, Iterator, MutableSequence
from dataclasses import dataclass, field
from pathlib import Path as File
from random import Random

from bench.detect.path import Fates, Path
from bench.detect.reading import MOST_CHANNELS, Row, Table, TraceError, checked_span, shift
from bench.detect.world import RTT_MS, Times, World, common, is_anchor, silences

COLUMNS = ("channel", "second", "outcome")
OUTCOMES = ("outcome", "rtt", "rtt_ms")
LOST = frozenset({"lost", "loss", "timeout", "down", "x", "*", "-", "", "nan", "inf", "none", "null"})
SILENCE = -1.0
MARGIN = 2.0  # seconds by which a line's silence may exceed that of all the anchors and still be ours


@dataclass(slots=True)
class _Record:
    """What was noted of one channel, in the order of the file; milliseconds, or SILENCE."""

    seconds: MutableSequence[float] = field(default_factory=lambda: array("d"))
    outcomes: MutableSequence[float] = field(default_factory=lambda: array("d"))


def read(table: Table, rows: Iterable[Row], least: float) -> World:
    """Return the world that was recorded; complete silences of *least* seconds are its outages.

    Raises TraceError for what is no such row and out of bounds.
    """
    records: dict[str, _Record] = {}
    for row in rows:
        channel, second, outcome = _row(table, row)
        if channel not in records and len(records) == MOST_CHANNELS:
            raise table.fault(f"more than {MOST_CHANNELS} channels")
        record = records.setdefault(channel, _Record())
        record.seconds.append(second)
        record.outcomes.append(outcome)
    return _world(table.path, records, least)


def write(world: World, seed: str) -> Iterator[str]:
    """Yield the lines of a file that `read` reads; the dice fall for every second once."""
    yield ",".join(COLUMNS)
    for name, path in (world.paths | world.anchors).items():
        fates = Fates(path, Random(f"{seed}/{name}"))
        last = -1.0
        for second in range(int(world.span)):
            latency = fates.reply(second + 0.5)
            if latency == float("inf"):
                yield f"{name},{second},lost"
            elif (rtt := round(fates.rtt(second + 0.5) * 1000)) != last:
                last = rtt
                yield f"{name},{second},{rtt}"


def _row(table: Table, row: Row) -> tuple[str, float, float]:
    channel, second, outcome = (_field(table, row, name) for name in COLUMNS)
    if not channel:
        raise table.fault("no channel")
    return channel, float(int(table.number(second, "second"))), _outcome(table, outcome)


def _field(table: Table, row: Row, name: str) -> str:
    if not table.columns:
        place = COLUMNS.index(name)
    else:
        names = OUTCOMES if name == "outcome" else (name,)
        place = next((table.columns[each] for each in names if each in table.columns), len(row))
    return row[place] if place < len(row) else ""


def _outcome(table: Table, text: str) -> float:
    text = text.lower()
    if text in LOST or text.startswith("-"):
        return SILENCE
    return table.number(text.removesuffix("ms"), "outcome")


def _world(file: File, records: dict[str, _Record], least: float) -> World:
    if not any(not is_anchor(name) for name in records):
        raise TraceError(f"{file}: names no channel but anchors.")
    base = shift(min(min(record.seconds) for record in records.values()))
    span = checked_span(file, max(max(record.seconds) for record in records.values()) + 1 - base)
    paths = {name: _path(record, base) for name, record in records.items()}
    lines = {name: path for name, path in paths.items() if not is_anchor(name)}
    anchors = {name: path for name, path in paths.items() if is_anchor(name)}
    unseen = common(silences(path, 1.0, span) for path in anchors.values())
    truth = {
        name: [one for one in silences(path, least, span) if not _within(one, unseen)]
        for name, path in lines.items()
    }
    return World(lines, anchors, truth, span, unseen=tuple(unseen), origin=base)


def _within(one: Times, unseen: list[Times]) -> bool:
    return any(start - MARGIN <= one[0] and one[1] <= end + MARGIN for start, end in unseen)


def _path(record: _Record, base: float) -> Path:
    """Return the steps of a channel: a second not named repeats the last round trip."""
    noted = dict(sorted(zip(record.seconds, record.outcomes, strict=True), key=lambda each: each[0]))
    rtt = next((each for each in noted.values() if each != SILENCE), RTT_MS) / 1000
    bounds, losses, rtts = array("d", [0.0]), array("d", [0.0]), array("d", [rtt])
    after = 0.0  # the second that follows the last one named
    for second, outcome in noted.items():
        at = second - base
        if at > after:
            _step(bounds, losses, rtts, after, 0.0, rtt)
        rtt = rtt if outcome == SILENCE else outcome / 1000
        _step(bounds, losses, rtts, at, float(outcome == SILENCE), rtt)
        after = at + 1
    _step(bounds, losses, rtts, after, 0.0, rtt)
    return Path(bounds, losses, rtts)


def _step(
    bounds: MutableSequence[float],
    losses: MutableSequence[float],
    rtts: MutableSequence[float],
    at: float,
    loss: float,
    rtt: float,
) -> None:
    if losses[-1] == loss and rtts[-1] == rtt:
        return
    if bounds[-1] == at:
        losses[-1], rtts[-1] = loss, rtt
        return
    bounds.append(at)
    losses.append(loss)
    rtts.append(rtt)
