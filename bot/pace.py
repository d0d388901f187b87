"""How fast Telegram may be written to: per chat and in all, edits included."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

MINUTE = 60.0


@dataclass(slots=True)
class Pace:
    """The times of what was sent; seconds of the monotonic clock. A group has a negative id."""

    spacing: float = 1.0  # between two messages of one chat
    group_minute: int = 20
    reserve: int = 6  # of them, kept from redraws for what rings
    overall_second: int = 25
    _sent: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _held: dict[int, float] = field(default_factory=dict)
    _all: deque[float] = field(default_factory=deque)

    def ready_at(self, chat: int, now: float, *, redraws: bool = False) -> float:
        """Return when *chat* may next be written to, or have a message of it redrawn."""
        sent = self._sent[chat]
        while sent and sent[0] <= now - MINUTE:
            sent.popleft()
        ready = max(now, self._held.get(chat, now))
        if sent:
            ready = max(ready, sent[-1] + self.spacing)
        room = self.group_minute - (self.reserve if redraws else 0)
        if chat < 0 and len(sent) >= room:
            ready = max(ready, sent[-room] + MINUTE)
        if len(self._all) >= self.overall_second:
            ready = max(ready, self._all[-self.overall_second] + 1.0)
        return ready

    def sent(self, chat: int, now: float) -> None:
        """Count a request to *chat*."""
        self._sent[chat].append(now)
        self._all.append(now)
        while len(self._all) > self.overall_second:
            self._all.popleft()

    def hold(self, chat: int, until: float) -> None:
        """Leave *chat* alone until then."""
        self._held[chat] = until

    def release(self, chat: int) -> None:
        """Leave *chat* alone no longer."""
        self._held.pop(chat, None)
