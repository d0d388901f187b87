"""The model: how the lines of a province behave by rate and range, and the worlds drawn from it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, pi, sin
from random import Random

from bench.detect.world import EVERYBODY, Event, Kind, Line, Script

DAY, HOUR, MONTH = 86_400.0, 3600.0, 30 * 86_400.0
GOLDEN = 0.6180339887498949
EVENING = 19 * HOUR
EVENING_STEP = 900.0
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Model:
    """Rates, ranges and shapes; lengths in seconds, loss in 0..1.

    Lengths and losses are drawn from their ranges: losses evenly, lengths log-uniformly unless *uniform*,
    for the model names the ranges and not the shapes.
    """

    good: float = 0.001
    bursts: tuple[float, ...] = (2, 8, 40)  # a day, by class of channel
    shares: tuple[float, ...] = (1 / 3, 1 / 3, 1 / 3)  # of the channels that each class has
    burst_loss: Range = (0.3, 0.6)
    burst_length: Range = (2, 300)
    blips: float = 2  # a day; total, and no outages
    blip_length: Range = (0.5, 5)
    outages: float = 20  # a month
    outage_length: Range = (10, 6 * HOUR)
    rtt: Range = (20, 80)  # milliseconds
    uniform: bool = False
    anchors: int = 2
    evening_loss: float = 0.0  # at the worst of three evening hours, of the worst channel
    evening_delay: float = 0.0  # milliseconds, the same for all
    flap_days: float = 0.0  # share of days with an hour of flapping
    flap_length: Range = (20, 60)
    own: float = 0.0  # failures of our own uplink a day
    own_length: Range = (5, 1800)
    children: int = 0  # that hang behind one uplink
    shared: bool = False  # probes of one second share their fate

    @property
    def family(self) -> int:
        """Return how many channels must be drawn together."""
        return self.children + 1


def draw(model: Model, channels: int, days: float, warmup: float, seed: str) -> Script:
    """Return *days* of so many *channels*, families whole, the first *warmup* of them not scored."""
    random = Random(seed)
    span = days * DAY
    script = Script({}, [], span, warmup * DAY, model.shared)
    for number in range(channels // model.family * model.family):
        name, leader = f"c{number:03}", f"c{number // model.family * model.family:03}"
        behind = leader if leader != name else None
        script.lines[name] = Line(model.good, round(random.uniform(*model.rtt), 1), behind)
        script.events += _life(model, name, _bursts(model, number), span, random)
    for number in range(model.anchors):
        script.lines[f"anchor{number}"] = Line(model.good, round(random.uniform(*model.rtt), 1))
    script.events += _spells(model, EVERYBODY, Kind.UPLINK, model.own, model.own_length, span, random)
    return script


def _bursts(model: Model, number: int) -> float:
    """Return the bursts a day of a channel; steps of the golden ratio give each class its share."""
    place = number * GOLDEN % 1.0
    return model.bursts[min(bisect_right(list(accumulate(model.shares)), place), len(model.bursts) - 1)]


def _life(model: Model, name: str, bursts: float, span: float, random: Random) -> Iterator[Event]:
    for event in _spells(model, name, Kind.BURST, bursts, model.burst_length, span, random):
        yield event._replace(loss=round(random.uniform(*model.burst_loss), 3))
    yield from _spells(model, name, Kind.BLIP, model.blips, model.blip_length, span, random)
    kind = Kind.OUTAGE
    yield from _spells(model, name, kind, model.outages * DAY / MONTH, model.outage_length, span, random)
    if model.evening_loss or model.evening_delay:
        yield from _evenings(model, name, span, random)
    if model.flap_days:
        yield from _flaps(model, name, span, random)


def _spells(
    model: Model, name: str, kind: Kind, a_day: float, lengths: Range, span: float, random: Random
) -> Iterator[Event]:
    """Yield total losses that do not overlap, *a_day* on the average, with exponential gaps between them."""
    if not a_day:
        return
    gap = DAY / a_day - _mean(model, lengths)
    at = random.expovariate(1 / gap)
    while at < span:
        length = _length(model, lengths, random)
        yield Event(name, kind, round(at, 3), round(length, 3), 1.0)
        at += length + random.expovariate(1 / gap)


def _length(model: Model, lengths: Range, random: Random) -> float:
    low, high = lengths
    return random.uniform(low, high) if model.uniform else exp(random.uniform(log(low), log(high)))


def _mean(model: Model, lengths: Range) -> float:
    low, high = lengths
    return (low + high) / 2 if model.uniform else (high - low) / log(high / low)


def _evenings(model: Model, name: str, span: float, random: Random) -> Iterator[Event]:
    """Yield every evening's congestion in steps that rise and fall as half a sine."""
    worst = random.uniform(0, model.evening_loss)
    steps = round(3 * HOUR / EVENING_STEP)
    for day in range(int(span / DAY)):
        for step in range(steps):
            height = sin(pi * (step + 0.5) / steps)
            start = day * DAY + EVENING + step * EVENING_STEP
            loss, delay = round(worst * height, 4), round(model.evening_delay * height, 1)
            yield Event(name, Kind.CONGESTION, start, EVENING_STEP, loss, delay)


def _flaps(model: Model, name: str, span: float, random: Random) -> Iterator[Event]:
    for day in range(int(span / DAY)):
        if random.random() >= model.flap_days:
            continue
        at = day * DAY + random.uniform(0, DAY - HOUR)
        over = at + HOUR
        while at < over:
            down = random.uniform(*model.flap_length)
            yield Event(name, Kind.OUTAGE, round(at, 3), round(down, 3), 1.0)
            at += down + random.uniform(*model.flap_length)
