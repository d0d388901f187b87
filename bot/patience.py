"""Patience: how long the chat waits for Telegram."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, all of them."""

    poll: int = 10  # Telegram holds a getUpdates open for so long
    connect: float = 5.0
    answer: float = 10.0  # to any request, and to a getUpdates past its own time
    stalled: float = 60.0  # without a good getUpdates: polling begins anew
    late: float = 90.0  # without one: it is said in /healthz
    first_retry: float = 1.0
    last_retry: float = 60.0
    hang_up: float = 1.0  # for the last getUpdates, which confirms what was read
    leave: float = 2.0  # for what is being done when we stop
    last_words: float = 1.0  # for what is on its way then; the three make less than the 5 s we have
