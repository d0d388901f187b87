"""What is believed of every line, read from the beliefs of its series, any of which may answer for it."""

from collections.abc import Iterable, Iterator
from math import inf

from incidents.lines import Tree
from incidents.sight import lived_until
from incidents.verdict import Belief, Standing

_BEST_FIRST = (Standing.UP, Standing.RETURNING, Standing.SUSPECT, Standing.DOWN)


class Beliefs:
    """The belief of each series, and how the lines stand by them."""

    def __init__(self, tree: Tree, anchors: tuple[int, ...], series: dict[int, Belief]) -> None:
        self._tree = tree
        self._anchors = anchors
        self.of_series = series
        self._standing = {channel: self._best(channel) for channel in tree.lines}

    def hold(self, series: int, belief: Belief) -> None:
        """Believe this of *series* from now on."""
        before, self.of_series[series] = self.of_series[series], belief
        channel = self._tree.channel.get(series)
        if channel is not None and belief.standing is not before.standing:
            self._standing[channel] = self._best(channel)

    def anchors(self) -> list[Belief]:
        """Return what is believed of the anchors."""
        return [self.of_series[anchor] for anchor in self._anchors]

    def of(self, channel: int) -> list[Belief]:
        """Return what is believed of the channel's series."""
        return [self.of_series[series] for series in self._tree.lines[channel].series]

    def every(self, channels: Iterable[int]) -> Iterator[list[Belief]]:
        """Yield what is believed of each of the *channels*."""
        return (self.of(channel) for channel in channels)

    def above(self, channel: int) -> Iterator[list[Belief]]:
        """Yield what is believed of each line that the channel hangs behind, the nearest first."""
        return self.every(self._tree.above[channel])

    def up(self, channel: int) -> list[int]:
        """Return the series of the channel that are up."""
        series = self._tree.lines[channel].series
        return [each for each in series if self.of_series[each].standing is Standing.UP]

    def standing(self, channel: int) -> Standing:
        """Return how the channel stands: as the best of its series."""
        return self._standing[channel]

    def silent_since(self, channel: int) -> float:
        """Return since when nothing of the channel answers."""
        return max(belief.silent_since for belief in self.of(channel))

    def answered_since(self, channel: int) -> float:
        """Return since when something of the channel answers again."""
        return min(belief.returned for belief in self.of(channel) if belief.standing is Standing.UP)

    def behind_doubt(self, channel: int) -> bool:
        """Whether a channel it hangs behind is in doubt or down itself, which would explain its silence."""
        above = (self.standing(each) for each in self._tree.above[channel])
        return any(standing in (Standing.SUSPECT, Standing.DOWN) for standing in above)

    def witnessed(self, channel: int, since: float) -> bool:
        """Whether the channel lives by a probe sent after *since*; one never heard of has no say."""
        return lived_until(self.of(channel)) > since

    def witness(self, channel: int, since: float) -> int | None:
        """Return the series that bears witness to a silence from *since* on, an anchor before an uplink."""
        above = (series for each in self._tree.above[channel] for series in self._tree.lines[each].series)
        return next(
            (s for s in (*self._anchors, *above) if inf > lived_until([self.of_series[s]]) > since), None
        )

    def _best(self, channel: int) -> Standing:
        standings = {belief.standing for belief in self.of(channel)}
        return next((each for each in _BEST_FIRST if each in standings), Standing.NEW)
