"""What is believed of every line, read from the beliefs of its series, any of which may answer for it."""

from collections.abc import Iterable, Iterator

from incidents.lines import Tree
from incidents.sight import DARK, quorum
from incidents.verdict import Belief, Standing

_BEST_FIRST = (Standing.UP, Standing.RETURNING, Standing.SUSPECT, Standing.DOWN)


class Beliefs:
    """The belief of each series, and how the lines stand by them."""

    def __init__(self, tree: Tree, anchors: tuple[int, ...], series: dict[int, Belief]) -> None:
        self._tree = tree
        self._anchors = anchors
        self.of_series = series

    def anchors(self) -> list[Belief]:
        """Return what is believed of the anchors."""
        return [self.of_series[anchor] for anchor in self._anchors]

    def of(self, channel: int) -> list[Belief]:
        """Return what is believed of the channel's series."""
        return [self.of_series[series] for series in self._tree.lines[channel].series]

    def every(self) -> Iterator[list[Belief]]:
        """Yield the beliefs of each line."""
        return (self.of(channel) for channel in self._tree.lines)

    def above(self, channel: int) -> Iterator[Belief]:
        """Yield what is believed of all that the channel hangs behind."""
        for each in self._tree.above[channel]:
            yield from self.of(each)

    def standing(self, channel: int) -> Standing:
        """Return how the channel stands: as the best of its series."""
        standings = {belief.standing for belief in self.of(channel)}
        return next((each for each in _BEST_FIRST if each in standings), Standing.NEW)

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
        """Whether the channel lives by a probe sent after *since*."""
        return _witness(self.of(channel), since)

    def seen(self, since: float) -> bool:
        """Whether we are known to see: an anchor answered after *since*, or many lines if no anchor lives."""
        anchors = self.anchors()
        if anchors and all(belief.standing in DARK for belief in anchors):
            return quorum(self.every(), since)
        return _witness(anchors, since)

    def witness(self, channel: int, since: float) -> int | None:
        """Return the series whose answer after *since* bears witness, an anchor's before an uplink's."""
        above = (series for each in self._tree.above[channel] for series in self._tree.lines[each].series)
        return next((s for s in (*self._anchors, *above) if self.of_series[s].replied > since), None)


def _witness(beliefs: Iterable[Belief], since: float) -> bool:
    """Whether one is up and answered after *since*; those never heard of have no say."""
    heard = [belief for belief in beliefs if belief.standing is not Standing.NEW]
    return not heard or any(each.standing is Standing.UP and each.replied > since for each in heard)
