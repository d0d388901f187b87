"""Telegram's flood limits: so many messages a minute in a group, so many a second in all."""

from collections import defaultdict, deque
from collections.abc import Callable
from math import ceil

from sandbox.telegram.refusals import too_many_requests


class Limits:
    """Sliding windows over what the bot posted; edits count as well."""

    def __init__(
        self, minute_limit: int | None, second_limit: int | None, clock: Callable[[], float]
    ) -> None:
        self.minute_limit = minute_limit
        self.second_limit = second_limit
        self.clock = clock
        self._all: deque[float] = deque()
        self._by_group: defaultdict[int, deque[float]] = defaultdict(deque)

    def spend(self, chat_id: int, messages: int = 1) -> None:
        """Count *messages* to a chat, or refuse all of them with a 429."""
        now = self.clock()
        _check(self._all, self.second_limit, 1.0, now, messages)
        if chat_id < 0:
            _check(self._by_group[chat_id], self.minute_limit, 60.0, now, messages)
            self._by_group[chat_id].extend([now] * messages)
        self._all.extend([now] * messages)


def _check(window: deque[float], limit: int | None, span: float, now: float, messages: int) -> None:
    while window and window[0] <= now - span:
        window.popleft()
    if limit is not None and window and len(window) + messages > limit:
        raise too_many_requests(max(1, ceil(window[0] + span - now)))
