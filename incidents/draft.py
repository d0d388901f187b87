"""A window that somebody wants: whose press it waits for, until when, and why a press is refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from incidents.maintenance import Purpose, Window
from incidents.policy import Policies


class Hand(StrEnum):
    """Whose press makes a draft a window."""

    AGAIN = "again"  # anybody's of the desk: that of who wrote it, once it is read what it covers
    ANOTHER = "another"  # another person's of the desk
    DESK = "desk"  # the desk's, which a team asks


class Undecided(StrEnum):
    """Why a press decides nothing."""

    UNKNOWN = "unknown"
    SETTLED = "settled"  # somebody was first
    LAPSED = "lapsed"
    SAME = "same"  # a second person is needed


class Outcome(StrEnum):
    """What became of a draft."""

    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Draft:
    """A window that is *wanted* by one person, ``wanted.by``, for their own or for a team."""

    wanted: Window
    hand: Hand
    at: datetime
    expires: datetime
    id: int = 0  # 0 until storage numbers it
    outcome: Outcome | None = None

    @property
    def by(self) -> int:
        """Who wants it."""
        assert self.wanted.by is not None
        return self.wanted.by


def hand(wanted: Window, channels: int, policies: Policies) -> Hand | None:
    """Return whose press *wanted*, over so many channels, needs; None where it needs none."""
    if wanted.team is not None:
        return Hand.DESK
    if wanted.purpose is Purpose.WORKS:
        return Hand.AGAIN
    return Hand.ANOTHER if channels > policies.mute_alone else None


def drafted(wanted: Window, needs: Hand, at: datetime, policies: Policies) -> Draft:
    """Return the draft as it is written *at*: what a team asks for waits until the work would be over."""
    expires = at + policies.second_press
    if needs is Hand.DESK:
        expires = max(expires, wanted.over or wanted.rule.opens)
    return Draft(wanted, needs, at, expires)


def refusal(draft: Draft, by: int, at: datetime, *, agrees: bool) -> Undecided | None:
    """Return why the press of person *by* decides nothing, or None; who wants it may still let it go."""
    if draft.outcome is not None:
        return Undecided.SETTLED
    if at >= draft.expires:
        return Undecided.LAPSED
    return Undecided.SAME if agrees and draft.hand is Hand.ANOTHER and by == draft.by else None
