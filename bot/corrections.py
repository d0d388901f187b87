"""Officers' corrections at the command line: what they chose that their words mean, as examples."""

from itertools import groupby

from bot.settings import Settings
from intents.knowledge import FOLDER
from storage import questions, schema
from storage.engine import Storage


async def lines(settings: Settings) -> list[str]:
    """Return the words by the intent that was chosen, each headed by the file that they belong in.

    The heads are remarks there. Words that were said alike stand once; they name no unit and no address.
    """
    await schema.upgrade(settings.database_url)
    async with Storage(settings.database_url) as storage, storage.read() as session:
        found = await questions.corrections(session)
    out: list[str] = []
    for chosen, rows in groupby(found, key=lambda each: each.chosen):
        out.append(f"# {FOLDER.name}/examples/{chosen}.txt")
        out += dict.fromkeys(each.words for each in rows)
    return out
