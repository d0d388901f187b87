from storage import people
from storage.tables import Chat, Person
from tests.storage.rows import BINH, HA, LEADER, NAM, ONCALL_CHAT


async def test_people_are_found_by_account_id_and_role(province):
    async with province.read() as session:
        assert (await people.by_telegram(session, 1000 + NAM)).name == "Nam"
        assert await people.by_telegram(session, 77) is None
        assert set(await people.by_ids(session, [HA, LEADER, 77])) == {HA, LEADER}
        assert [each.id for each in await people.with_role(session, "truc_ban")] == [HA, BINH]


async def test_who_is_locked_has_no_role_any_more(province, clock):
    async with province.begin() as session:
        (await session.get(Person, HA)).locked_at = clock.at
    async with province.read() as session:
        assert [each.id for each in await people.with_role(session, "truc_ban")] == [BINH]
        assert HA not in {each.id for each in await people.everyone(session)}


async def test_seeding_changes_nobody_who_is_known(province):
    async with province.begin() as session:
        for account in (1000 + HA, 555, 555):
            await people.seed_administrator(session, account)
            await session.flush()
        await people.seed_chat(session, ONCALL_CHAT, "lanh_dao")
        await people.seed_chat(session, -555, "truc_ban")
    async with province.read() as session:
        assert (await people.by_telegram(session, 1000 + HA)).role == "truc_ban"
        assert (await people.by_telegram(session, 555)).role == "quan_tri"
        assert [(each.chat, each.role) for each in await people.chats(session)] == [
            (ONCALL_CHAT, "truc_ban"),
            (-555, "truc_ban"),
        ]


async def test_a_chat_that_cannot_be_written_to_is_left_out_until_it_can(province, clock):
    async with province.begin() as session:
        await people.mark_blocked(session, ONCALL_CHAT, clock.at, "kicked")
    async with province.begin() as session:
        assert await people.chats(session, "truc_ban") == []
        await people.unblock(session, ONCALL_CHAT)
    async with province.read() as session:
        assert len(await people.chats(session, "truc_ban")) == 1


async def test_a_topic_has_its_own_role_before_that_of_its_chat(province):
    async with province.begin() as session:
        session.add(Chat(chat=ONCALL_CHAT, topic=5, role="doi"))
    async with province.read() as session:
        roles = [(await people.chat(session, ONCALL_CHAT, topic)).role for topic in (0, 5, 6)]
        assert await people.chat(session, 77) is None
    assert roles == ["truc_ban", "doi", "truc_ban"]
