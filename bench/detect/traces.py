"""A trace of either form as a world, and the file of its true outages."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from bench.detect import compact, seconds
from bench.detect.reading import Row, Table, TraceError
from bench.detect.world import Times, World, union

SILENCE = 10.0  # seconds of complete silence that are an outage, where nobody says what was one


def read_trace(path: Path, truth: Path | None = None, silence: float = SILENCE) -> World:
    """Return the world of the trace at *path*, held against the outages in *truth* if given.

    Otherwise a compact trace tells its own, and of one by seconds complete *silence* (seconds) is an outage.
    Raises TraceError.
    """
    table, rows, first = _open(path)
    if compact.is_compact(first, table.columns):
        world = compact.read(table, rows).world()
    else:
        world = seconds.read(table, rows, silence)
    return replace(world, truth=read_truth(truth, world)) if truth else world


def read_truth(path: Path, world: World) -> dict[str, list[Times]]:
    """Return the outages of each channel of *world* from rows `channel,start,length`, or a compact trace.

    Those of other channels are passed over. Raises TraceError.
    """
    table, rows, first = _open(path)
    if compact.is_compact(first, table.columns):
        told = compact.read(table, rows, world.origin).world().truth
        return {channel: told.get(channel, []) for channel in world.paths}
    found: dict[str, list[Times]] = {channel: [] for channel in world.paths}
    for row in rows:
        channel, begun, over = _outage(table, row)
        if channel in found:
            found[channel].append((begun - world.origin, over - world.origin))
    return {channel: union(outages) for channel, outages in found.items()}


def _open(path: Path) -> tuple[Table, Iterable[Row], Row]:
    """Return the file as a table, all its rows, and the first of them."""
    table = Table(path)
    rows: Iterator[Row] = table.rows()
    first = next(rows, None)
    if first is None:
        raise TraceError(f"{path}: a header and no rows.")
    return table, chain([first], rows), first


def _outage(table: Table, row: Row) -> tuple[str, float, float]:
    names = ("channel", "start", "length")
    places = [table.columns.get(name, len(row)) for name in names] if table.columns else [0, 1, 2]
    if max(places) >= len(row):
        raise table.fault("no outage; expected channel,start,length")
    channel, start, length = (row[place] for place in places)
    begun = table.number(start, "start")
    return channel, begun, begun + table.number(length, "length")
