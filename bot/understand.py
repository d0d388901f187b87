"""The understanding at the command line: a message, or a file of them, with what each is taken to mean."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.settings import Settings
from intents.names import Gazetteer, Place
from intents.understanding import Understanding, understand
from storage import directory, schema
from storage.engine import Storage
from storage.inventory.sample import load_sample

BETWEEN = "|"  # names of which one is to be chosen
ONE_LINE = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]")  # what would break a row of the table
MOST = 100_000  # messages of a file


async def names(settings: Settings) -> Gazetteer:
    """Return the names of the inventory; of the sample where no database or nothing in it is there."""
    if settings.database_file.is_file():
        await schema.upgrade(settings.database_url)
        async with Storage(settings.database_url) as storage, storage.read() as session:
            found = (await directory.read(session)).gazetteer
        if found.places:
            return found
    return sample_names()


def read(path: Path) -> list[str]:
    """Return the messages in the file at *path*, one a line."""
    return path.read_text("utf-8", errors="replace").removesuffix("\n").split("\n")[:MOST]


def lines(messages: Iterable[str], names: Gazetteer) -> Iterator[str]:
    """Yield for each message its text, intent, unit, district and confidence, apart by tabs."""
    for message in messages:
        found = understand(message, names)
        yield "\t".join([ONE_LINE.sub(" ", message), *_fields(found)])


def _fields(found: Understanding) -> Iterator[str]:
    yield found.intent
    yield BETWEEN.join(place.name for place in found.units)
    yield BETWEEN.join(found.districts)
    yield f"{found.confidence:.2f}"


def sample_names() -> Gazetteer:
    """Return the names of the shipped sample."""
    sample = load_sample()
    areas = {row.key: row.name for row in sample.units if row.parent}  # the province is nobody's area
    return Gazetteer(
        Place(number, row.name, row.kind, areas.get(row.parent, "") if row.parent else "", (row.key.code,))
        for number, row in enumerate(sample.units, 1)
    )
