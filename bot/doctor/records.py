"""What the database holds that the checks ask about, read once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from storage import directory
from storage.directory import Directory
from storage.engine import Storage
from storage.tables import Chat, Person, Run


@dataclass(frozen=True, slots=True)
class Records:
    """The inventory, the people who are not locked, every chat, and when the bot last ran."""

    directory: Directory
    people: Sequence[Person]
    chats: Sequence[Chat]
    seen: datetime | None


async def read(url: str) -> Records | None:
    """Return what the database at *url* holds, or None where it cannot be read; why is another check's."""
    try:
        async with Storage(url) as storage, storage.read() as session:
            return Records(
                await directory.read(session),
                (await session.exec(select(Person).where(col(Person.locked_at).is_(None)))).all(),
                (await session.exec(select(Chat).order_by(col(Chat.id)))).all(),
                (await session.exec(select(Run.seen).order_by(col(Run.seen).desc()))).first(),
            )
    except (SQLAlchemyError, OSError):
        return None
