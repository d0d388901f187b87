from storage import spells
from tests.storage.rows import LINE_DINH_CA, LINE_THAN_XA


async def test_a_spell_begins_once_and_ends_once(province, clock):
    async with province.begin() as session:
        for minutes in (0, 5):
            await spells.begin(
                session, LINE_THAN_XA, "overloaded", clock.on(minutes=minutes), {"share": 0.93}
            )
        await spells.begin(session, LINE_THAN_XA, "degraded", clock.at, {})
        await spells.begin(session, LINE_DINH_CA, "overloaded", clock.at, {})
    async with province.begin() as session:
        present = await spells.present(session)
        kinds = {channel: [spell.kind for spell in each] for channel, each in present.items()}
        assert kinds == {LINE_THAN_XA: ["overloaded", "degraded"], LINE_DINH_CA: ["overloaded"]}
        assert present[LINE_THAN_XA][0].data == {"share": 0.93}
        for minutes in (5, 5):
            await spells.end(session, LINE_THAN_XA, "overloaded", clock.on(minutes=minutes))
    async with province.read() as session:
        assert await spells.open_(session, LINE_THAN_XA, "overloaded") is None
        assert await spells.open_(session, LINE_THAN_XA, "degraded") is not None
