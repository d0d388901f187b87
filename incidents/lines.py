"""The lines to watch: their series, what they hang behind, and with whom they may share a fate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from incidents.policy import Detection
from incidents.wide import Group


@dataclass(frozen=True, slots=True)
class Line:
    """A channel to watch: its series, of which any may answer for it, and the channel it hangs behind.

    *groups* are those it would fall with: its area, its carrier. *rule* is its profile.
    """

    channel: int
    series: tuple[int, ...]
    uplink: int | None = None
    groups: tuple[Group, ...] = ()
    rule: Detection = field(default_factory=Detection)


def line_of_service(service: int) -> int:
    """Return the number under which a service is watched as a line: below zero, where no channel's is."""
    return -service


def service_of_line(line: int) -> int | None:
    """Return the service that is watched under the number *line*, or None where it is a channel's."""
    return -line if line < 0 else None


class Tree:
    """Lines by channel, and who hangs behind whom; those without a probe only pass the relation on."""

    def __init__(self, lines: Iterable[Line]) -> None:
        lines = tuple(lines)
        self._uplinks = {line.channel: line.uplink for line in lines}
        self.lines = {line.channel: line for line in lines if line.series}
        self.channel = {series: line.channel for line in self.lines.values() for series in line.series}
        self.above = {channel: tuple(self._above(channel)) for channel in self.lines}
        self.below: dict[int, list[int]] = {channel: [] for channel in self.lines}
        for channel, chain in self.above.items():
            for each in chain:
                self.below[each].append(channel)
        self.groups: dict[Group, list[int]] = {}
        for channel, line in self.lines.items():
            for group in line.groups:
                self.groups.setdefault(group, []).append(channel)

    def order(self, channels: Iterable[int]) -> list[int]:
        """Return *channels* with parents before their children."""
        return sorted(channels, key=lambda channel: (len(self.above[channel]), channel))

    def _above(self, channel: int) -> Iterator[int]:
        """Yield the probed channels it hangs behind, the nearest first."""
        seen = {channel}
        above = self._uplinks[channel]
        while above is not None and above not in seen:
            if above in self.lines:
                yield above
            seen.add(above)
            above = self._uplinks.get(above)
