"""The turns of a channel: its states one after another, and which of them are an outage."""

from dataclasses import dataclass
from datetime import datetime

from incidents.model import LineState

OUT = frozenset({LineState.DOWN, LineState.UNREACHABLE})
UNSEEN = frozenset({LineState.BLIND, LineState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Turn:
    """A channel's state from *since* until its next turn."""

    channel: int
    since: datetime
    state: LineState
