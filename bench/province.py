"""A province by script: which lines are silent at which second, and what the probes hear of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from incidents.outcome import Observation, Outcome, Reason
from storage.directory import Directory

HOUR = 3600
CUTS = 6  # lines that go out in an hour
FLAP = 20  # seconds that a flapping line is up, then down
STORM = 240  # seconds that an uplink takes its whole district with it
BLIND_EVERY = 6  # hours between two spells in which we ourselves see nothing
TIMEOUT = 1.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A channel that passes nothing from *start* to *end*, or only every other spell of FLAP."""

    channel: int
    start: float
    end: float
    flaps: bool = False

    def silent(self, at: float) -> bool:
        """Return whether nothing passes now."""
        return self.start <= at < self.end and (not self.flaps or int(at / FLAP) % 2 == 0)


class Province:
    """The sample's lines under an hourly load that never changes much, the same in every run."""

    def __init__(self, inventory: Directory) -> None:
        self._uplinks = {id_: each.uplink_id for id_, each in inventory.live_channels.items()}
        self._channel: dict[int, int | None] = dict.fromkeys(inventory.anchors)
        self._channel |= {series: id_ for id_ in self._uplinks for series in inventory.series_of(id_)}
        self.series = list(self._channel)
        uplinks = set(self._uplinks.values()) - {None}
        self._leaves = sorted(set(self._uplinks) - uplinks)
        self._districts = sorted(uplinks, key=str)
        self._hour = lru_cache(maxsize=2)(self._script)
        self._random = Random(7)

    def probe(self, series: Iterable[int], sent: float) -> Iterator[Observation]:
        """Yield what one probe each of *series* hears, all sent within the second before *sent*."""
        wanted = list(series)
        silent, blind = self._silent(sent), self._blind(sent)
        for index, each in enumerate(wanted, 1):
            begun = sent - 1 + index / len(wanted)
            channel = self._channel[each]
            if blind or channel in silent:
                yield Observation(each, Outcome(Reason.TIMEOUT), begun, begun + TIMEOUT)
            else:
                latency = 0.002 + 0.02 * self._random.random()
                yield Observation(each, Outcome(Reason.REPLY, latency), begun, begun + latency)

    def _silent(self, at: float) -> set[int]:
        cut = {each.channel for each in self._hour(int(at // HOUR)) if each.silent(at)}
        behind = (id_ for id_ in self._uplinks if not cut.isdisjoint(self._above(id_))) if cut else ()
        return cut.union(behind)

    def _blind(self, at: float) -> bool:
        hour, second = divmod(at, HOUR)
        return int(hour) % BLIND_EVERY == BLIND_EVERY - 1 and 3000 <= second < 3060

    def _above(self, channel: int) -> Iterator[int]:
        above = self._uplinks[channel]
        while above is not None:
            yield above
            above = self._uplinks[above]

    def _script(self, hour: int) -> list[Cut]:
        random, start = Random(hour), hour * HOUR
        cuts = [
            Cut(channel, begins := start + random.uniform(0, 2000), begins + random.uniform(60, 600))
            for channel in random.sample(self._leaves, CUTS)
        ]
        storm = start + random.uniform(600, 1800)
        cuts.append(Cut(random.choice(self._districts), storm, storm + STORM))
        cuts.append(Cut(random.choice(self._leaves), start + 300, start + 900, flaps=True))
        return cuts
