"""What the engine has done and met since it started, for the health page and for tests."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counters:
    """Totals of one engine; they only grow."""

    sent: int = 0
    replies: int = 0
    late: int = 0  # replies past the timeout
    duplicates: int = 0
    foreign: int = 0  # packets that answer nothing of ours, or come from the wrong host
    unreachable: int = 0  # probes that a router refused to carry
    send_failed: int = 0
    stalled: int = 0  # silences that are not held against the channel
    dropped: int = 0  # packets that our own receive buffer had no room for
    held: int = 0  # probes left out because the reader of the stream, or the series itself, is behind
