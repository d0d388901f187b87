"""The understanding at the command line: a message, or a file of them, with what each is taken to mean."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.settings import Settings
from intents.names import Gazetteer, Place
from intents.understanding import Understanding, understand
from storage import directory, schema
from storage.engine import Storage
from storage.inventory.sample import load_sample

BETWEEN = "|"  # names of which one is to be chosen
# What would break a row of the table, or cannot be written.
BREAKING = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")
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
    """Return the messages in the file at *path*, one for each line; ValueError where they are too many."""
    messages = path.read_bytes().removeprefix(BOM_UTF8).split(b"\n")
    if not messages[-1]:  # after the last line's end, or in an empty file, there is no line
        del messages[-1]
    if len(messages) > MOST:
        raise ValueError(f"{path} has more than {MOST} lines: split it")
    return [message.removesuffix(b"\r").decode("utf-8", "replace") for message in messages]


def lines(messages: Iterable[str], names: Gazetteer) -> Iterator[str]:
    """Yield for each message its text, intent, unit, district and confidence, apart by tabs."""
    for message in messages:
        found = understand(message, names)
        yield "\t".join([BREAKING.sub(" ", message), *_fields(found)])


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
