"""Lines that fall at the same time: the first to be proven waits a moment for those that fall with it."""

from collections.abc import Iterable, Mapping, Sequence

from incidents.policy import Common
from incidents.wide import Group, needed


class Gathering:
    """Remembers since when each proven silence waits, so that none waits longer than the rule allows."""

    def __init__(self, groups: Mapping[Group, Sequence[int]], rule: Common) -> None:
        self._groups = groups
        self._of: dict[int, list[Group]] = {}
        for group, channels in groups.items():
            for channel in channels:
                self._of.setdefault(channel, []).append(group)
        self._rule = rule
        self._since: dict[int, float] = {}
        self._asked: set[Group] = set()

    def held(
        self, doubted: Iterable[int], proven: Iterable[int], at: float
    ) -> tuple[frozenset[int], frozenset[int]]:
        """Return the channels whose verdict waits, and those to be asked at once.

        *doubted* are silent but not yet proven, *proven* are not yet declared. Where so many of a group are
        silent that it would be one incident, the rest of the group is asked once, and those proven wait.
        """
        doubted, proven = frozenset(doubted), frozenset(proven)
        self._since = {channel: self._since.get(channel, at) for channel in proven}
        many = self._many(doubted | proven)
        asked = {c for group in many - self._asked for c in self._groups[group]} - doubted - proven
        self._asked = many
        open_ = {group for group in many if not doubted.isdisjoint(self._groups[group])}
        held = {
            channel
            for channel, since in self._since.items()
            if at - since < self._rule.gather and not open_.isdisjoint(self._of.get(channel, ()))
        }
        return frozenset(held), frozenset(asked)

    def _many(self, silent: frozenset[int]) -> set[Group]:
        if len(silent) < min(self._rule.least, self._rule.many):
            return set()
        counts: dict[Group, int] = {}
        for channel in silent:
            for group in self._of.get(channel, ()):
                counts[group] = counts.get(group, 0) + 1
        sizes = {group: len(self._groups[group]) for group in counts}
        return {group for group, count in counts.items() if count >= needed(group, sizes[group], self._rule)}
