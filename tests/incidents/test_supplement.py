"""How much of what people add is kept, and what it does to a ticket."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.actions import Supplement
from incidents.lifecycle import Refused, Step, advance
from incidents.model import Incident, Status
from incidents.supplement import Bounds, Excess, Medium

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OPEN = Incident(unit=3, opened=NOW, id=1)
CLOSED = replace(OPEN, status=Status.CLOSED, closed=NOW, recovered=NOW)
ADDED = Supplement(7, Medium.PHOTO, "cháy modem")


@given(st.integers(1, 50), st.integers(1, 50))
def test_no_more_is_kept_than_either_bound_allows(ticket: int, hourly: int) -> None:
    bounds = Bounds(ticket=ticket, hourly=hourly)
    kept = 0
    while bounds.excess(kept, kept) is None:
        kept += 1
    assert kept == min(ticket, hourly)


def test_a_full_ticket_is_named_before_a_flood() -> None:
    assert Bounds(ticket=1, hourly=1).excess(1, 1) is Excess.TICKET
    assert Bounds(ticket=2, hourly=1).excess(1, 1) is Excess.PERSON


def test_a_bound_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Bounds(ticket=0)


@pytest.mark.parametrize("incident", [OPEN, CLOSED])
def test_what_is_added_is_a_step_that_changes_nothing_else(incident: Incident) -> None:
    step = advance(incident, ADDED, NOW + timedelta(minutes=1))
    assert isinstance(step, Step)
    assert step.after == replace(incident, version=incident.version + 1)


def test_nothing_is_added_to_a_ticket_that_became_a_part_of_another() -> None:
    merged = replace(OPEN, status=Status.CLOSED, closed=NOW, parent=2)
    assert isinstance(advance(merged, ADDED, NOW), Refused)
