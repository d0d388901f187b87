"""Composing: how channels spent a day becomes a picture, of districts and exceptions or of all there is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from incidents.figures.parts import Parts, Share, total
from incidents.figures.stretches import Stretch, parts
from incidents.span import Span
from locales.collation import sort_key
from locales.marker import N_
from locales.voice import Voice
from reports.model import Picture, Piece, Row

SUFFERERS = 15  # named in the picture: more could not be read on a telephone
BINS = 144  # of a district's strip: ten minutes of a day
LEAST = 0.2  # of its height, so that one line of many is seen
FOOT = N_("Percentages: the time that was not lost by the carrier, of the time monitored.")
DAY = timedelta(days=1)
MARKS = (  # up to this length a mark every so often, written like this
    (1.5 * DAY, DAY / 8, "%H"),
    (8 * DAY, DAY, "%d/%m"),
    (timedelta.max, 5 * DAY, "%d/%m"),
)

# What is drawn first is nearest to the ground; of a connected line nothing is drawn.
ORDER = (Share.CARRIER, Share.POWER, Share.LAN, Share.PLANNED, Share.SWITCHED_OFF, Share.BLIND)
MEANING = {
    Share.UP: N_("connected"),
    Share.CARRIER: N_("no connection: the carrier's, or not yet known why"),
    Share.POWER: N_("no connection: power cut at the unit"),
    Share.LAN: N_("no connection: the unit's own network or move"),
    Share.PLANNED: N_("planned work"),
    Share.SWITCHED_OFF: N_("switched off after hours"),
    Share.BLIND: N_("not monitored"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A channel as it is drawn: its name, the area it is counted under, and how it spent the span."""

    name: str
    area: str
    spent: tuple[Stretch, ...]

    @property
    def parts(self) -> Parts:
        """Its time by share."""
        return parts(self.spent)


def exceptions(lines: Sequence[Line], span: Span, of: str | None, voice: Voice) -> Picture:
    """Return the picture for a telephone: each area, and beneath it the channels of it that suffered most."""
    sums = {line: line.parts for line in lines}
    suffered = [line for line in lines if sums[line].suffered]
    named = set(_worst(suffered, sums)[:SUFFERERS])
    rows: list[Row] = []
    for area, own in _by_area(lines):
        rows.append(_area(area, own, [sums[each] for each in own], span, voice))
        shown = [each for each in own if each in named]
        rows += [_line(each, sums[each], span, voice) for each in _worst(shown, sums)]
        more = sum(each in suffered for each in own) - len(shown)
        if more:
            said = N_("and {count} more channels") if shown else N_("{count} channels, for a shorter time")
            rows.append(Row(voice.plain(said, count=more), "", None))
    return Picture(
        title=voice.plain("Dedicated data network"),
        subtitle=_span(span, of, voice),
        ticks=_ticks(span, voice),
        rows=tuple(rows),
        legend=_legend(sums.values(), voice),
        foot=voice.plain(FOOT),
    )


def everything(lines: Sequence[Line], span: Span, of: str | None, voice: Voice) -> Picture:
    """Return the full sheet: each channel's span, area by area, in the order of Vietnamese names."""
    rows: list[Row] = []
    for area, own in _by_area(lines):
        sums = [each.parts for each in own]
        rows.append(Row(area, _share(total(sums), voice), None, heading=True))
        rows += [
            Row(each.name, _share(some, voice, but=1.0), _pieces(each.spent, span))
            for each, some in zip(own, sums, strict=True)
        ]
    return Picture(
        title=voice.plain("Dedicated data network"),
        subtitle=_span(span, of, voice),
        ticks=_ticks(span, voice),
        rows=tuple(rows),
        legend=_legend((each.parts for each in lines), voice),
        foot=voice.plain(FOOT),
    )


def _worst(lines: Iterable[Line], sums: Mapping[Line, Parts]) -> list[Line]:
    return sorted(lines, key=lambda line: (-sums[line].suffered, sort_key(line.name)))


def _by_area(lines: Iterable[Line]) -> Iterator[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: sort_key(line.name)):
        found.setdefault(line.area, []).append(line)
    yield from sorted(found.items(), key=lambda pair: sort_key(pair[0]))


def _area(area: str, lines: Sequence[Line], sums: Iterable[Parts], span: Span, voice: Voice) -> Row:
    label = voice.plain("{area}: {count} channels", area=area, count=len(lines))
    return Row(label, _share(total(sums), voice), tuple(_heap(lines, span)), heading=True)


def _line(line: Line, parts: Parts, span: Span, voice: Voice) -> Row:
    return Row(line.name, voice.duration(parts.suffered), _pieces(line.spent, span))


def _pieces(spent: Iterable[Stretch], span: Span) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            (each.span.start - span.start) / span.length,
            (each.span.end - span.start) / span.length,
            each.share,
        )
        for each in spent
        if each.share is not Share.UP
    )


def _heap(lines: Sequence[Line], span: Span) -> Iterator[Piece]:
    """Yield, bin by bin, what part of the lines was not connected, one share upon the other."""
    heights = {share: [0.0] * BINS for share in ORDER}
    for line in lines:
        for piece in _pieces(line.spent, span):
            _fill(heights[piece.share], piece.start * BINS, piece.end * BINS)
    for place in range(BINS):
        shares = {share: heights[share][place] / len(lines) for share in ORDER if heights[share][place]}
        scale = max(1.0, LEAST / sum(shares.values())) if shares else 1.0
        base = 0.0
        for share, height in shares.items():
            yield Piece(place / BINS, (place + 1) / BINS, share, height * scale, base)
            base += height * scale


def _fill(bins: list[float], start: float, end: float) -> None:
    for place in range(int(start), min(int(end) + 1, BINS)):
        bins[place] += max(min(end, place + 1) - max(start, place), 0.0)


def _ticks(span: Span, voice: Voice) -> tuple[tuple[float, str], ...]:
    """Return the marks, counted from a midnight: every few hours of a day, days of what is longer."""
    step, form = next((step, form) for longest, step, form in MARKS if span.length <= longest)
    first = datetime.combine(span.start.astimezone(voice.zone).date(), time(), voice.zone)
    marks = (first + step * index for index in range(int((span.end - first) / step) + 1))
    found = [each for each in marks if span.start <= each <= span.end]
    return tuple(((each - span.start) / span.length, f"{each:{form}}") for each in found)


def _span(span: Span, of: str | None, voice: Voice) -> str:
    said = voice.plain("from {start} to {end}", start=voice.time(span.start), end=voice.time(span.end))
    return f"{of}, {said}" if of else said


def _share(parts: Parts, voice: Voice, but: float | None = None) -> str:
    """Return what part of the seen time the carrier did not lose; nothing where that is *but*."""
    if parts.carriers is None:
        return "–"
    return "" if parts.carriers == but else voice.percent(parts.carriers)


def _legend(sums: Iterable[Parts], voice: Voice) -> tuple[tuple[Share, str], ...]:
    """Return what is seen: the meaning of a colour that is nowhere would only take its place."""
    whole = total(sums)
    return tuple(
        (share, voice.plain(MEANING[share]))
        for share in (Share.UP, *ORDER)
        if share is Share.UP or whole.of(share)
    )
