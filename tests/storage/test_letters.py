from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from incidents.model import Incident
from storage import incidents, letters, people
from storage.letters import Address
from storage.tables import Chat, Letter, Team
from tests.storage.rows import DISTRICT, ONCALL_CHAT, TEAM, TEAM_CHAT, UPLINK

HERE, THERE = Address(ONCALL_CHAT), Address(TEAM_CHAT)


@pytest.fixture
async def ticket(province, clock):
    async with province.begin() as session:
        return await incidents.add(session, Incident(unit=DISTRICT, opened=clock.at, root=UPLINK), "silent")


@pytest.fixture
def post(province, clock):
    async def post_one(kind="notice", where=HERE, **values):
        async with province.begin() as session:
            await letters.post(
                session,
                Letter(
                    chat=where.chat,
                    topic=where.topic,
                    kind=kind,
                    created=clock.at,
                    not_before=clock.at,
                    **values,
                ),
            )

    return post_one


async def waiting(storage):
    async with storage.read() as session:
        return [letter for letter, _ in await letters.pending(session)]


async def settle(storage, letter, clock, outcome="sent", **values):
    async with storage.begin() as session:
        await letters.settle(session, letter, clock.at, outcome, **values)


async def test_letters_wait_in_the_order_they_were_posted(province, post):
    for name in "abc":
        await post(content={"name": name})
    assert [each.content["name"] for each in await waiting(province)] == ["a", "b", "c"]


async def test_a_key_is_posted_once_for_ever(province, post, clock):
    await post(key="summary:1")
    (letter,) = await waiting(province)
    await settle(province, letter, clock)
    await post(key="summary:1")
    assert await waiting(province) == []


async def test_one_redraw_of_a_card_is_enough_in_each_chat(province, post, ticket):
    for where in (HERE, THERE, HERE, Address(ONCALL_CHAT, 5)):
        await post("card", where, incident_id=ticket.id)
    found = [(each.chat, each.topic, each.revision) for each in await waiting(province)]
    assert found == [(ONCALL_CHAT, 0, 1), (TEAM_CHAT, 0, 0), (ONCALL_CHAT, 5, 0)]


async def test_a_card_that_was_sent_is_drawn_again_by_a_new_letter(province, post, ticket, clock):
    await post("card", incident_id=ticket.id)
    (first,) = await waiting(province)
    await settle(province, first, clock, message_id=7)
    await post("card", incident_id=ticket.id)
    (second,) = await waiting(province)
    assert second.id != first.id


async def test_a_card_asked_for_again_on_its_way_goes_again(province, post, ticket, clock):
    await post("card", incident_id=ticket.id)
    (read,) = await waiting(province)
    await post("card", incident_id=ticket.id)
    await settle(province, read, clock)
    (again,) = await waiting(province)
    assert (again.id, again.revision) == (read.id, 1)
    await settle(province, again, clock)
    assert await waiting(province) == []


async def test_a_card_that_cannot_be_sent_is_dead_even_if_asked_for_again(province, post, ticket, clock):
    await post("card", incident_id=ticket.id)
    (read,) = await waiting(province)
    await post("card", incident_id=ticket.id)
    await settle(province, read, clock, "dead", error="blocked")
    assert await waiting(province) == []


async def test_a_letter_for_later_waits_and_counts_the_attempt(province, post, clock):
    await post()
    (letter,) = await waiting(province)
    async with province.begin() as session:
        await letters.postpone(session, letter, clock.on(minutes=1), in_doubt=True)
    (later,) = await waiting(province)
    assert (later.not_before, later.attempts, later.in_doubt) == (clock.at, 1, True)


async def test_a_card_in_chat_makes_the_next_letter_a_redraw(province, post, ticket):
    async with province.begin() as session:
        await letters.keep_card(session, ticket.id, HERE, 7, "digest")
    await post("card", HERE, incident_id=ticket.id)
    await post("card", THERE, incident_id=ticket.id)
    await post("notice", HERE, incident_id=ticket.id)
    async with province.read() as session:
        assert [redraws for _, redraws in await letters.pending(session)] == [True, False, False]


async def test_a_card_is_kept_found_and_forgotten(province, ticket):
    for digest in ("a", "b"):
        async with province.begin() as session:
            await letters.keep_card(session, ticket.id, HERE, 7, digest)
    async with province.begin() as session:
        card = await letters.card(session, ticket.id, HERE)
        assert (card.digest, card.message_id) == ("b", 7)
        await letters.forget_card(session, card)
    async with province.read() as session:
        assert await letters.cards(session, ticket.id) == []


async def test_what_was_begun_at_any_address_is_known(province, post):
    await post(key=letters.keyed("summary:2025-11-24", THERE))
    async with province.read() as session:
        assert await letters.begun(session, "summary:2025-11-24")
        assert not await letters.begun(session, "summary:2025-11-2")


async def test_the_depth_is_the_number_that_waits(province, post):
    await post()
    await post()
    async with province.read() as session:
        assert await letters.depth(session) == 2


async def test_a_group_that_moved_takes_everything_along(province, post, ticket):
    async with province.begin() as session:
        await letters.keep_card(session, ticket.id, replace(HERE, chat=TEAM_CHAT), 7, "digest")
    await post(where=THERE)
    async with province.begin() as session:
        await letters.move_chat(session, TEAM_CHAT, -999)
        await letters.move_chat(session, ONCALL_CHAT, -998)
    async with province.read() as session:
        assert (await letters.cards(session, ticket.id))[0].chat == -999
        assert (await session.get(Team, TEAM)).chat_id == -999
        assert (await session.exec(select(Chat.chat))).all() == [-998]
    assert [each.chat for each in await waiting(province)] == [-999]


async def test_a_group_that_moved_is_not_made_again_under_its_old_id(province):
    async with province.begin() as session:
        await people.seed_chat(session, -5, "truc_ban")
        await letters.move_chat(session, -5, -1005)
    async with province.begin() as session:
        await people.seed_chat(session, -5, "truc_ban")
        assert await people.chat(session, -5) is None


async def test_a_move_to_a_group_that_is_known_already_leaves_one(province, post, ticket):
    old, new = Address(-5), Address(-1005)
    for where in (old, new):
        await post("card", where, incident_id=ticket.id)
        async with province.begin() as session:
            await people.seed_chat(session, where.chat, "truc_ban")
            await letters.keep_card(session, ticket.id, where, 7, "digest")
    async with province.begin() as session:
        await letters.move_chat(session, -5, -1005)
        assert [letters.address(letter) for letter, _ in await letters.pending(session)] == [new]
        assert [letters.address(card) for card in await letters.cards(session, ticket.id)] == [new]
        assert await people.chat(session, -5) is None


async def test_what_is_put_off_keeps_nothing_else_waiting(province, post, clock):
    for _ in range(30):
        await post(due=clock.at + timedelta(hours=8))
    await post(content={"name": "now"})
    assert "now" in [each.content.get("name") for each in await waiting(province)]


async def test_of_what_is_put_off_for_a_ticket_the_newest_alone_waits(province, post, ticket, clock):
    put_off = {"due": clock.at + timedelta(hours=8), "incident_id": ticket.id}
    await post(content={"name": "progress"}, **put_off)
    await post(content={"name": "progress"}, where=THERE, **put_off)
    await post(content={"name": "answer"}, incident_id=ticket.id)
    await post(content={"name": "back"}, **put_off)
    newest = (await waiting(province))[-1]
    async with province.begin() as session:
        await letters.supersede(session, newest, clock.at)
    said = [(each.content["name"], each.chat) for each in await waiting(province)]
    assert sorted(said) == sorted([("progress", TEAM_CHAT), ("answer", ONCALL_CHAT), ("back", ONCALL_CHAT)])


async def test_what_is_only_shown_keeps_nothing_else_from_its_turn(province, post, ticket):
    for _ in range(3):
        await post(letters.MEDIA, incident_id=ticket.id)
    await post("card", incident_id=ticket.id)
    await post("notice")
    async with province.read() as session:
        found = {letter.kind: may_wait for letter, may_wait in await letters.pending(session, limit=3)}
        kinds = [letter.kind for letter, _ in await letters.pending(session, limit=2)]
    assert found == {"media": True, "card": False, "notice": False}
    assert kinds == ["card", "notice"]
