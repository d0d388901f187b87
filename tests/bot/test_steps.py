"""The steps of a ticket in words."""

from typing import get_args

from bot.cards.steps import STEP
from incidents.actions import Action


def test_whatever_may_happen_to_a_ticket_has_its_words() -> None:
    assert set(STEP) == {"open", *(each.__name__.lower() for each in get_args(Action))}
