import subprocess
import sys

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.schema import MIGRATIONS, SchemaTooNewError, differences, upgrade, versions


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


def test_the_files_are_named_by_their_versions_in_the_order_of_the_migrations():
    newest_first = [each.revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert sorted(versions(), reverse=True) == newest_first


START = """
import asyncio, sys
import bot.app
from storage.schema import upgrade
asyncio.run(upgrade(sys.argv[1]))
print(*sys.modules)
"""


def test_a_bot_that_starts_on_the_newest_schema_carries_nothing_it_has_no_use_for(url):
    told = subprocess.run([sys.executable, "-c", START, url], capture_output=True, text=True, check=True)
    idle = {"alembic", "mako", "openpyxl", "segno", "sqlalchemy.dialects.postgresql"}
    assert idle.isdisjoint(told.stdout.split())
