"""Every term of the desk has its word, so that no card can meet one without."""

from enum import StrEnum

import pytest

from bot.cards import words
from bot.dispatch import DENIAL
from bot.gate import HEARD_IN, Denial
from bot.menus import OF_ROOM
from incidents.degradation import Measure
from incidents.finding import Finding
from incidents.model import LineState, Suspension
from incidents.outcome import Reason
from incidents.refusal import Refusal
from incidents.roles import Role, Room
from incidents.sla import Owed
from incidents.wide import Scope
from storage.samples import REASONS


@pytest.mark.parametrize(
    ("table", "terms"),
    [
        (words.STATE, LineState),
        (words.STATE_ICON, LineState),
        (words.ROLE, Role),
        (words.OWED, Owed),
        (words.FINDING, Finding),
        (words.FINDING_BRIEF, Finding),
        (words.REFUSAL, Refusal),
        (words.MEASURE, Measure),
        (words.SUSPENSION, Suspension),
        (words.RULE, Scope),
        (DENIAL, Denial),
        (HEARD_IN, Room),
        (OF_ROOM, Room),
        (REASONS, Reason),
    ],
)
def test_a_table_of_words_is_complete(table: dict[StrEnum, object], terms: type[StrEnum]) -> None:
    assert set(table) == set(terms)


def test_a_reason_keeps_its_number_in_the_database() -> None:
    assert sorted(REASONS.values()) == list(range(len(REASONS)))
