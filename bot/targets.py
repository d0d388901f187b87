"""Targets of the second way: apprise URLs in a setting, and every secret that is in them."""

import re
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from incidents.second_way import NAMES

NAME: Final = re.compile(rf"{'|'.join(NAMES.values())}|[1-9][0-9]{{0,15}}")
URL: Final = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
MOST: Final = 8  # URLs of one name
LEAST: Final = 6  # characters of a part that may be a secret: in a shorter one everything would be hidden


def parse(setting: str) -> tuple[str, ...]:
    """Return the URLs of *setting*, which has blanks between; a ValueError says what is expected."""
    urls = tuple(setting.split())
    if not 1 <= len(urls) <= MOST or not all(map(URL.fullmatch, urls)):
        raise ValueError(f"expected 1 to {MOST} apprise URLs with blanks between, such as mailto://…")
    return urls


def secrets(urls: tuple[str, ...]) -> list[str]:
    """Return the URLs and what in them may be a secret: where it stands differs with each service."""
    return [each for url in urls for each in (url, *_parts(url)) if len(each) >= LEAST]


def _parts(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that is none of an address
        return []
    raw = [*re.split(r"[:@]", parts.netloc)[:-1], *parts.path.split("/")]
    raw += [value for _, value in parse_qsl(parts.query)]
    return [form for each in raw if each for form in {each, unquote(each)}]
