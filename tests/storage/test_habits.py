from storage import habits

FIRST, SECOND = (1.5, 0.25, 7.0, 3.0, 0.0), (2.0, 0.0, 0.0, 0.0, 0.125)


async def test_habits_come_back_as_they_were_written(province):
    async with province.begin() as session:
        await habits.write(session, {1: FIRST, 90: SECOND})
    async with province.read() as session:
        assert await habits.read(session) == {1: FIRST, 90: SECOND}


async def test_habits_that_are_written_take_the_place_of_all_before(province):
    for written in ({1: FIRST, 2: SECOND}, {1: SECOND}):
        async with province.begin() as session:
            await habits.write(session, written)
    async with province.read() as session:
        assert await habits.read(session) == {1: SECOND}


async def test_without_any_there_are_none(province):
    async with province.begin() as session:
        await habits.write(session, {})
    async with province.read() as session:
        assert await habits.read(session) == {}
