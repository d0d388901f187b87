"""The table of what plain words do."""

import pytest

from bot.meanings import FEWEST, MEANINGS, MOST, offered
from bot.routes import command
from bot.said import Command
from incidents.roles import Role
from intents.knowledge import intents
from intents.understanding import Understanding


def test_every_intent_has_a_meaning_and_no_other() -> None:
    assert set(MEANINGS) == set(intents())


@pytest.mark.parametrize("intent", [each for each in MEANINGS if isinstance(MEANINGS[each].deed, Command)])
def test_a_command_that_words_stand_for_is_one_that_an_officer_may_give(intent: str) -> None:
    deed = MEANINGS[intent].deed
    assert isinstance(deed, Command)
    route = command(deed.name)
    assert route is not None
    assert Role.OFFICER in route.roles


def understood(**chances: float) -> Understanding:
    rest = {each: 0.0 for each in intents() if each not in chances}
    likely = sorted((chances | rest).items(), key=lambda each: -each[1])
    return Understanding(*likely[0], sure=False, likely=tuple(likely))


def test_the_likeliest_meanings_are_offered_the_best_first() -> None:
    found = understood(mat_ket_noi=0.5, chap_chon=0.3, hoi_tien_do=0.1, xac_nhan_thong=0.04)
    assert offered(found) == ["mat_ket_noi", "chap_chon", "hoi_tien_do"]


def test_one_meaning_alone_is_no_question_so_the_next_is_offered_too() -> None:
    assert offered(understood(mat_ket_noi=0.84, chap_chon=0.02)) == ["mat_ket_noi", "chap_chon"]


def test_what_no_button_says_is_not_offered() -> None:
    found = offered(understood(ngoai_pham_vi=0.5, xa_giao=0.3, mat_ket_noi=0.1))
    assert found[0] == "mat_ket_noi"
    assert len(found) == FEWEST


def test_no_more_are_offered_than_one_can_take_in() -> None:
    alike = understood(**dict.fromkeys(list(MEANINGS)[:10], 0.1))
    assert len(offered(alike)) == MOST
