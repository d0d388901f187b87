import pytest
from sqlalchemy import text

from storage.schema import SchemaTooNewError, differences, upgrade


async def test_the_migrations_make_the_declared_tables(url):
    assert await differences(url) == []


async def test_the_newest_schema_is_left_alone(url):
    before, after = await upgrade(url)
    assert before == after is not None


async def test_a_difference_is_told(url, store):
    async with store.sampling() as connection:
        await connection.execute(text("ALTER TABLE units ADD COLUMN colour TEXT"))
    assert "colour" in str(await differences(url))


async def test_a_database_of_a_newer_release_is_refused(url, store):
    async with store.sampling() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNewError, match="9999"):
        await upgrade(url)
