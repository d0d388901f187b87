"""A strict reader of Telegram's HTML parse mode."""

import re
from dataclasses import dataclass

from sandbox.telegram.entities import Entity, units
from sandbox.telegram.refusals import Refusal, bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str | None
    offset: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text of *source* and its entities, or raise Telegram's refusal."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.size = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._character()
        if self.open:
            raise self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.text), sorted(self.entities, key=lambda e: (e.offset, -e.length))

    def _character(self) -> None:
        char, self.at = _decode(self.source, self.at)
        self.text.append(char)
        self.size += units(char)

    def _start_tag(self) -> None:
        begin = self.at
        tag = self._take(_NAME, begin + 1).lower()
        if self._peek() == "":
            raise self._refuse("Unclosed start tag", begin)
        if tag not in _TYPES:
            raise self._refuse(f'Unsupported start tag "{tag}"', begin)
        argument = self._attributes(tag, begin)
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-emoji" and not (argument or "").isdigit():
            raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
        self.open.append(_Open(tag, argument, self.size))

    def _attributes(self, tag: str, begin: int) -> str | None:
        argument = None
        while True:
            self._take(_SPACE, self.at)
            if self._peek() == ">":
                return argument
            if self._peek() == "":
                raise self._refuse("Unclosed start tag", begin)
            name = self._take(_ATTRIBUTE, self.at).lower()
            if not name:
                raise self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
            argument = _argument(tag, name, self._value(tag, begin), argument)

    def _value(self, tag: str, begin: int) -> str:
        self._take(_SPACE, self.at)
        if self._peek() != "=":
            if tag == "blockquote":  # its attribute "expandable" takes no value
                return ""
            raise self._refuse(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
            )
        self._take(_SPACE, self.at + 1)
        quote = self._peek()
        if quote not in {"'", '"'} or not quote:
            return self._token()
        return self._quoted(quote, begin)

    def _token(self) -> str:
        start = self.at
        value = self._take(_TOKEN, start)
        if self._peek() not in {">", ""} and not self._peek().isspace():
            raise self._refuse("Unexpected end of name token", start)
        return value.lower()

    def _quoted(self, quote: str, begin: int) -> str:
        self.at += 1
        pieces = []
        while self._peek() != quote:
            if self._peek() == "":
                raise self._refuse("Unclosed start tag", begin)
            char, self.at = _decode(self.source, self.at)
            pieces.append(char)
        self.at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refuse("Unexpected end tag", begin)
        tag = self._take(_NAME, begin + 2).lower()
        self._take(_SPACE, self.at)
        if self._peek() != ">":
            raise self._refuse("Unclosed end tag", begin)
        self.at += 1
        expected = self.open.pop()
        if tag and tag != expected.tag:
            raise self._refuse(f'Unmatched end tag, expected "</{expected.tag}>", found "</{tag}>"', begin)
        self._close(expected)

    def _close(self, opened: _Open) -> None:
        length = self.size - opened.offset
        if not length:
            return
        kind, extra = _TYPES[opened.tag], opened.argument
        if opened.tag == "a" and not extra:
            return  # an anchor without an address is plain text
        if opened.tag == "blockquote" and extra:
            kind, extra = "expandable_blockquote", None
        if opened.tag == "span":
            extra = None
        if opened.tag == "pre":
            extra = self._language_of_nested_code(opened.offset, length)
        elif opened.tag == "code" and not (self.open and self.open[-1].tag == "pre"):
            extra = None
        self.entities.append(Entity(kind, opened.offset, length, extra))

    def _language_of_nested_code(self, offset: int, length: int) -> str | None:
        for index, inner in enumerate(self.entities):
            if inner.type == "code" and (inner.offset, inner.length) == (offset, length):
                return self.entities.pop(index).extra
        return None

    def _take(self, pattern: re.Pattern[str], start: int) -> str:
        match = pattern.match(self.source, start)
        assert match  # every pattern here accepts the empty string
        self.at = match.end()
        return match.group()

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _refuse(self, what: str, at: int | None = None) -> Refusal:
        if at is None:
            return bad_request(f"can't parse entities: {what}")
        place = f"at byte offset {len(self.source[:at].encode())}"
        what = (
            f"{what} {place}"
            if ", expected" not in what
            else what.replace(", expected", f" {place}, expected")
        )
        return bad_request(f"can't parse entities: {what}")


def _argument(tag: str, name: str, value: str, before: str | None) -> str | None:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "1"
    return before


def _decode(source: str, at: int) -> tuple[str, int]:
    match = _REFERENCE.match(source, at)
    if match is None:
        return source[at], at + 1
    sixteen, ten, name = match.groups()
    if name:
        return _NAMED[name], match.end()
    code = int(sixteen, 16) if sixteen else int(ten)
    if not 0 < code < 0x10FFFF or 0xD800 <= code < 0xE000:
        return source[at], at + 1  # what names no character stays as it was written
    return chr(code), match.end()
