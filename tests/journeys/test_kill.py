"""Kill −9 in a storm: nothing is lost, and every card shows the present."""

from pathlib import Path
from random import Random

from tests.journeys.audit import audit, settled
from tests.journeys.process import Nursery
from tests.journeys.storm import Storm
from tests.journeys.town import open_town

SEED = 7


async def test_a_storm_with_kills_and_lost_words_loses_nothing(tmp_path: Path) -> None:
    async with open_town(tmp_path, areas=3, lines=4) as town:
        async with Storm(town, Random(SEED)) as storm, Nursery(tmp_path, town.env) as bot:
            await bot.start()
            await storm.rage(bot, outages=10, kills=4, seed=SEED)
            await settled(town, storm.down, set(storm.healed), 30)
            await bot.kill()
        found = await audit(town, storm.cut, storm.down, storm.first)
        assert found.lost == ()
        assert found.tickets == 10
        assert found.copies <= found.marked
