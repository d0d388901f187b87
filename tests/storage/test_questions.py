from datetime import timedelta

import pytest

from storage import questions
from storage.tables import Correction, Question


@pytest.fixture
async def asked(province, clock):
    question = Question(
        source="1?",
        person_id=1,
        words="mạng",
        offers=[["intent", "mat_ket_noi"]],
        expires=clock.at + timedelta(hours=2),
    )
    async with province.begin() as session:
        return await questions.keep(session, question)


async def test_what_was_asked_about_is_not_asked_about_again(province, clock, asked):
    async with province.begin() as session:
        again = Question(source="1?", person_id=1, words="mạng", expires=clock.at)
        assert await questions.keep(session, again) is None


async def test_a_question_is_answered_once(province, clock, asked):
    async with province.begin() as session:
        assert await questions.claim(session, asked, clock.at)
        assert not await questions.claim(session, asked, clock.at)
        await questions.release(session, asked)
        assert await questions.claim(session, asked, clock.at)


async def test_a_question_that_expired_is_not_answered(province, clock, asked):
    async with province.begin() as session:
        assert not await questions.claim(session, asked, clock.on(hours=3))


async def test_questions_go_when_nobody_can_answer_them_any_more(province, clock, asked):
    async with province.begin() as session:
        await questions.forget(session, clock.on(days=1))
        assert await session.get(Question, asked) is not None
        await questions.forget(session, clock.on(days=2))
        assert await session.get(Question, asked, populate_existing=True) is None


async def test_corrections_are_told_by_what_was_chosen_and_kept_for_a_year(province, clock):
    async with province.begin() as session:
        for words, chosen in (("b", "mat_ket_noi"), ("a", "mat_ket_noi"), ("c", "chap_chon")):
            session.add(Correction(at=clock.at, words=words, guessed="xa_giao", chosen=chosen))
        await session.flush()
        assert [each.words for each in await questions.corrections(session)] == ["c", "b", "a"]
        await questions.forget(session, clock.on(days=366))
        assert await questions.corrections(session) == []
