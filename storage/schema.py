"""The schema's version: bring a database to the newest, or say which it has."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from storage.files import database_file, make_private

T = TypeVar("T")
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNewError(Exception):
    """The database was written by a newer release; an older one must not touch it."""


def versions() -> frozenset[str]:
    """Return every version of the schema that this release knows."""
    return frozenset(each.revision for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


async def upgrade(url: str) -> tuple[str | None, str]:
    """Bring the database at *url* to the newest schema; return the version before and after.

    A new one is for its owner alone: it holds telephone numbers and the addresses of the network.
    """
    if (file := database_file(url)).parent.is_dir() and not file.exists():
        make_private(file)
    return await _with_connection(url, _upgrade)


async def differences(url: str) -> list[str]:
    """Return what the declared tables and the database at *url* disagree about."""
    return await _with_connection(url, _differences)


async def _with_connection(url: str, act: Callable[[Connection], T]) -> T:
    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(act)
    finally:
        await engine.dispose()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> tuple[str | None, str]:
    config = _config(connection)
    newest = ScriptDirectory.from_config(config).get_current_head()
    assert newest is not None
    before = MigrationContext.configure(connection).get_current_revision()
    if before is not None and before not in versions():
        raise SchemaTooNewError(
            f"the database has schema {before}, which this release ({newest}) does not know: "
            "run the newer release, or restore a backup made by this one"
        )
    if before != newest:
        command.upgrade(config, "head")
    return before, newest


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(each) for each in compare_metadata(context, SQLModel.metadata)]
