"""What a check found, for a person at a terminal and for a program."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from rich.table import Table
from rich.text import Text

from bot.checked import Checked
from checks.certificate import SOON, Certificate
from checks.trace import End, Hop, Path
from locales.voice import Voice

_LEFT: Final = ("channel", "unit", "probe")
_RIGHT: Final = ("loss", "delay ms\nmin/mean/max", "jitter\nms", "R", "MOS")
_ENDS: Final = {
    End.ARRIVED: "It arrives.",
    End.REFUSED: "The last one says that it goes no further.",
    End.SILENT: "Beyond that nobody answers.",
    End.UNSENT: "This machine has no way there.",
}


def table(checked: Sequence[Checked]) -> Table:
    """Return what answered and how well, a row a series."""
    shown = Table()
    for heading in _LEFT:
        shown.add_column(heading, overflow="fold")
    for heading in _RIGHT:
        shown.add_column(heading, justify="right", no_wrap=True)
    shown.add_column("")
    for each in checked:
        style = "red" if each.silent else "yellow" if each.bad else ""
        shown.add_row(each.code, each.unit, each.target.url, *_figures(each), _words(each), style=style)
    return shown


def explanations(checked: Sequence[Checked], voice: Voice, at: datetime) -> Iterator[Text]:
    """Yield the ways to the bad lines and the certificates, a line at a time."""
    told = set()
    for each in checked:
        if each.path is not None and each.target.host not in told:
            told.add(each.target.host)
            yield from map(Text, _way(each))
    if untraced := len({each.target.host for each in checked if each.traceable} - told):
        yield Text(f"{untraced} more are bad; name a channel to have its way traced.")
    for each in checked:
        if each.certificate is not None:
            yield _certificate(each, each.certificate, voice, at)


def as_json(checked: Sequence[Checked]) -> str:
    """Return an array with an object a series; times in seconds, null where there is nothing to tell."""
    return json.dumps([_record(each) for each in checked], ensure_ascii=False, indent=2)


def _figures(checked: Checked) -> Iterator[str]:
    figures, found, rating = checked.figures, checked.latencies, checked.rating
    yield f"{figures.loss:.0%}" if figures.sent else ""
    yield f"{_ms(min(found))}/{_ms(figures.delay)}/{_ms(max(found))}" if found else ""
    yield _ms(figures.jitter)
    yield f"{rating.r:.0f}" if rating else ""
    yield f"{rating.mos:.1f}" if rating else ""


def _words(checked: Checked) -> str:
    grade = [checked.rating.grade] if checked.rating else []
    return ", ".join([*grade, *checked.reasons])


def _ms(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.1f}"


def _way(checked: Checked) -> Iterator[str]:
    path = checked.path
    assert path is not None
    yield f"The way to {checked.code}, {checked.target.host}:"
    yield from map(_hop, path.hops)
    yield "    " + (
        "Nobody answers, near or far." if path.end is End.SILENT and not path.hops else _ENDS[path.end]
    )


def _hop(hop: Hop) -> str:
    return f"{hop.distance:4}  {hop.address or '*':24}" + (f"{_ms(hop.latency):>9} ms" if hop.address else "")


def _certificate(checked: Checked, shown: Certificate, voice: Voice, at: datetime) -> Text:
    days = shown.days_left(at)
    if shown.until is None or days is None:
        return Text(f"{checked.target.url}: the certificate is not trusted: {shown.fault}", "red")
    said = f"{checked.target.url}: certificate valid until {voice.time(shown.until)}"
    if days < SOON:
        return Text(f"{said}: {days} days are left, renew it", "yellow")
    return Text(said)


def _record(checked: Checked) -> dict[str, Any]:
    figures, found, rating = checked.figures, checked.latencies, checked.rating
    delay = (
        {"min": _rounded(min(found)), "mean": _rounded(figures.delay), "max": _rounded(max(found))}
        if found
        else None
    )
    return {
        "channel": checked.code,
        "unit": checked.unit,
        "probe": checked.target.url,
        "bad": checked.bad,
        "sent": figures.sent,
        "lost": figures.lost,
        "reasons": checked.reasons,
        "delay": delay,
        "jitter": _rounded(figures.jitter),
        "rating": {"r": round(rating.r, 2), "mos": round(rating.mos, 3), "grade": rating.grade}
        if rating
        else None,
        "path": checked.path and _path(checked.path),
        "certificate": checked.certificate and _shown(checked.certificate),
    }


def _path(path: Path) -> dict[str, Any]:
    hops = [
        {"distance": hop.distance, "address": hop.address, "delay": _rounded(hop.latency)}
        for hop in path.hops
    ]
    return {"end": path.end, "hops": hops}


def _shown(certificate: Certificate) -> dict[str, Any]:
    until = certificate.until
    return {"until": until and until.isoformat(), "fault": certificate.fault or None}


def _rounded(seconds: float | None) -> float | None:
    """Return *seconds* to the microsecond: no clock here knows more."""
    return None if seconds is None else round(seconds, 6)
