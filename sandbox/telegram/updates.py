"""The queue of updates: what waits for the bot, until it confirms by a higher offset."""

from typing import Any

from sandbox.telegram.waiting import Changes

# Telegram sends these only to a bot that asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class Updates:
    """Pending updates, in order."""

    def __init__(self, first_id: int = 500_001) -> None:
        self.pending: list[dict[str, Any]] = []
        self.allowed: frozenset[str] = frozenset()
        self.changes = Changes()
        self._next_id = first_id

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue one update, unless the bot did not ask for its kind."""
        wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
        if not wanted:
            return
        self.pending.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self.changes.notify()

    def confirm(self, offset: int) -> None:
        """Forget what lies before *offset*; a negative one keeps that many of the newest."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def batch(self, limit: int) -> list[dict[str, Any]]:
        """Return the oldest *limit* updates without forgetting them."""
        return self.pending[:limit]
