"""What one probe of one series told: an answer, a silence, or nothing at all because the fault was ours."""

from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """Why an outcome is what it is."""

    REPLY = "reply"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"  # a router or the host said so
    BAD_STATUS = "bad_status"  # HTTP answered with a status of 500 or more
    BAD_NAME = "bad_name"  # the name did not resolve
    TLS = "tls"
    SEND_FAILED = "send_failed"  # our own kernel, route or permission: says nothing of the channel
    STALLED = "stalled"  # our own loop was late: says nothing of the channel
    BAD_ANSWER = "bad_answer"  # DNS answered that it failed, refuses, or knows no such record


OURS = frozenset({Reason.SEND_FAILED, Reason.STALLED})


class Outcome(
    NamedTuple
):  # as frozen as a dataclass, and made in a third of the time: thousands a second are
    """The result of one probe; *latency* is the round trip in seconds, None unless it was answered."""

    reason: Reason
    latency: float | None = None

    @property
    def answered(self) -> bool:
        """Whether the far end replied in time."""
        return self.reason is Reason.REPLY

    @property
    def known(self) -> bool:
        """Whether it tells anything of the channel; a fault of our own does not."""
        return self.reason not in OURS


class Observation(NamedTuple):
    """An outcome of one series; *sent* and *heard* are seconds of the monotonic clock.

    *heard* is when the reply came, or when the silence became an outcome.
    """

    series: int
    outcome: Outcome
    sent: float
    heard: float


# Makes either of them of a bare tuple, as its constructor does, in half the time.
make = tuple.__new__
