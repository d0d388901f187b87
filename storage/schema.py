"""The schema's version: bring a database to the newest, or say which it has.

Alembic is imported where it is needed: it takes ten megabytes, and a bot whose schema is the newest has no
use for it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from storage.files import database_file, make_private

if TYPE_CHECKING:
    from alembic.config import Config

T = TypeVar("T")
MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNewError(Exception):
    """The database was written by a newer release; an older one must not touch it."""


def versions() -> frozenset[str]:
    """Return every version of the schema that this release knows: the name of its file begins with it."""
    return frozenset(each.name.partition("_")[0] for each in (MIGRATIONS / "versions").glob("*_*.py"))


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


def _upgrade(connection: Connection) -> tuple[str | None, str]:
    known, before = versions(), _version(connection)
    newest = max(known)
    if before is not None and before not in known:
        raise SchemaTooNewError(
            f"the database has schema {before}, which this release ({newest}) does not know: "
            "run the newer release, or restore a backup made by this one"
        )
    if before != newest:
        _migrate(connection)
    return before, newest


def _version(connection: Connection) -> str | None:
    """Return the version that a database has, as Alembic wrote it there; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _differences(connection: Connection) -> list[str]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(each) for each in compare_metadata(context, SQLModel.metadata)]
