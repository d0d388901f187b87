"""The flood gate: how much one account may send in a minute, held before anything else is done about it."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import StrEnum

MINUTE = 60.0
MOST_SENDERS = 5000  # remembered at a time; who was not heard for longest is forgotten first


class Passage(StrEnum):
    """What becomes of one more message."""

    FREE = "free"
    TOLD = "told"  # too many: the sender is told so, once
    SHUT = "shut"  # and is not answered until it calms


@dataclass(slots=True)
class _Sender:
    times: deque[float] = field(default_factory=deque)
    told: bool = False


@dataclass(slots=True)
class Flood:
    """The times of what each account sent lately, in seconds of the monotonic clock."""

    most: int  # a minute, of one account
    _senders: OrderedDict[int, _Sender] = field(default_factory=OrderedDict)

    def passes(self, sender: int, now: float) -> Passage:
        """Count one more message of *sender* and return what becomes of it.

        What is shut out counts as well: it has calmed once fewer than *most* came in a minute.
        """
        known = self._senders.setdefault(sender, _Sender())
        self._senders.move_to_end(sender)
        if len(self._senders) > MOST_SENDERS:
            self._senders.popitem(last=False)
        return _passage(known, now, self.most)


def _passage(sender: _Sender, now: float, most: int) -> Passage:
    while sender.times and (sender.times[0] <= now - MINUTE or len(sender.times) > most):
        sender.times.popleft()
    sender.times.append(now)
    if len(sender.times) <= most:
        sender.told = False
        return Passage.FREE
    if sender.told:
        return Passage.SHUT
    sender.told = True
    return Passage.TOLD
