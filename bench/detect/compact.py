"""Traces in compact form, `channel,kind,start,length,loss,delay,behind`: read and written."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.detect.reading import MOST_CHANNELS, Row, Table, TraceError, checked_span, shift
from bench.detect.world import EVERYBODY, GOOD, RTT_MS, Event, Kind, Line, Script, is_anchor

COLUMNS = ("channel", "kind", "start", "length", "loss", "delay", "behind")
SYNONYMS = {"down": Kind.OUTAGE, "bad": Kind.BURST, "end": Kind.SPAN, "warm-up": Kind.WARMUP}
LOSS = {Kind.BURST: 0.45, Kind.CONGESTION: 0.1, Kind.LINE: GOOD}  # where none is given; all others lose all
DELAY = {Kind.CONGESTION: 100.0, Kind.LINE: RTT_MS}
AFTER = 60.0  # seconds that follow the last event, where no span is given


def is_compact(first: Row, columns: Iterable[str]) -> bool:
    """Return whether a trace of these *columns*, or of this *first* row, is of the compact form."""
    return "kind" in columns or (not columns and len(first) > 1 and _kind(first[1]) is not None)


def read(table: Table, rows: Iterable[Row], origin: float | None = None) -> Script:
    """Return the script that *rows* of *table* tell; *origin* is the second that becomes 0, if it is known.

    Raises TraceError for what is no such row, a channel behind one that is not there, and out of bounds.
    """
    lines: dict[str, Line] = {}
    events: list[Event] = []
    for row in rows:
        event, behind = _event(table, row)
        if event.channel != EVERYBODY:
            line = lines.setdefault(event.channel, Line())
            if event.kind is Kind.LINE:
                line = Line(event.loss, event.delay, line.behind)
            lines[event.channel] = line._replace(behind=behind or line.behind)
        if len(lines) > MOST_CHANNELS:
            raise table.fault(f"more than {MOST_CHANNELS} channels")
        events.append(event)
    return _script(table.path, lines, events, origin)


def write(script: Script) -> Iterator[str]:
    """Yield the lines of a file that `read` reads."""
    yield ",".join(COLUMNS)
    yield f"{EVERYBODY},{Kind.WARMUP},0,{script.warmup:g},,,"
    yield f"{EVERYBODY},{Kind.SPAN},0,{script.span:g},,,"
    for name, line in script.lines.items():
        yield f"{name},{Kind.LINE},0,0,{line.good:g},{line.rtt:g},{line.behind or ''}"
    for each in sorted(script.events, key=lambda event: event.start):
        yield f"{each.channel},{each.kind},{each.start:.3f},{each.length:.3f},{each.loss:g},{each.delay:g},"


def _event(table: Table, row: Row) -> tuple[Event, str | None]:
    fields = {name: _field(table, row, name) for name in COLUMNS}
    kind = _kind(fields["kind"])
    if kind is None:
        raise table.fault(f"kind is {fields['kind']!r}; expected one of {', '.join(Kind)}")
    if not fields["channel"]:
        raise table.fault("no channel")
    loss = table.number(fields["loss"] or str(LOSS.get(kind, 1.0)), "loss")
    delay = table.number(fields["delay"] or str(DELAY.get(kind, 0.0)), "delay")
    if loss > 1:
        raise table.fault(f"loss is {loss:g}; expected a share from 0 to 1")
    start = table.number(fields["start"] or "0", "start")
    length = table.number(fields["length"] or "0", "length")
    return Event(fields["channel"], kind, start, length, loss, delay), fields["behind"] or None


def _field(table: Table, row: Row, name: str) -> str:
    place = table.columns.get(name, len(row)) if table.columns else COLUMNS.index(name)
    return row[place] if place < len(row) else ""


def _kind(word: str) -> Kind | None:
    word = word.lower()
    return Kind(word) if word in set(Kind) else SYNONYMS.get(word)


def _script(path: Path, lines: dict[str, Line], events: list[Event], origin: float | None) -> Script:
    """Take apart what befalls channels and what is said of the trace itself."""
    if not any(not is_anchor(name) for name in lines):
        raise TraceError(f"{path}: names no channel but {EVERYBODY} and anchors.")
    for name, line in lines.items():
        if line.behind is not None and line.behind not in lines:
            raise TraceError(f"{path}: {name} is behind {line.behind}, which has no row; give it a line.")
    happened = [event for event in events if event.kind not in (Kind.LINE, Kind.WARMUP, Kind.SPAN)]
    spans = [event.end for event in events if event.kind is Kind.SPAN]
    warmups = [event.end for event in events if event.kind is Kind.WARMUP]
    base = shift(min((event.start for event in happened), default=0.0)) if origin is None else origin
    happened = [event._replace(start=event.start - base) for event in happened if event.length > 0]
    span = max(spans) - base if spans else max((event.end for event in happened), default=0.0) + AFTER
    warmup = max(0.0, max(warmups) - base) if warmups else 0.0
    return Script(lines, happened, checked_span(path, span), warmup, origin=base)
