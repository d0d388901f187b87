"""The catalogues: English message ids and, in vi.po, their Vietnamese."""

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "en"  # the language of the message ids needs no catalogue


def read(language: str) -> Catalog:
    """Read the readable catalogue of *language*."""
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


def languages() -> tuple[str, ...]:
    """Return what can be spoken."""
    return (SOURCE, *sorted(path.stem for path in Path(__file__).parent.glob("*.po")))


@lru_cache
def translations(language: str) -> NullTranslations:
    """Return the messages of *language*, compiled in memory: a stale .mo file cannot exist."""
    if language == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _path(language: str) -> Path:
    return Path(__file__).with_name(f"{language}.po")
