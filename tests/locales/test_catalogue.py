"""The catalogue says everything the packages say, and nothing else."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from locales.catalogue import read

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "checks", "incidents", "intents", "locales", "operations", "reports", "storage", "web")
SPEAKING = frozenset({"say", "plain"})
TAG = re.compile(r"</?[a-z][^>]*>")


@dataclass(frozen=True)
class Use:
    """A message as the code says it; *given* is None where the values cannot be read off the call."""

    msgid: str
    place: str
    given: frozenset[str] | None


@dataclass(frozen=True)
class Unreadable:
    """A message that is put together where it is said, so that nobody could translate it."""

    place: str


def uses_in(source: str, place: str) -> Iterator[Use | Unreadable]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        where = f"{place}:{node.lineno}"
        if isinstance(node.func, ast.Attribute) and node.func.attr in SPEAKING:
            yield from _said(node.args[0], where, _given(node))
        elif isinstance(node.func, ast.Name) and node.func.id == "N_":
            marked = list(_said(node.args[0], where, None))
            yield from marked or [Unreadable(where)]


def _said(first: ast.expr, where: str, given: frozenset[str] | None) -> Iterator[Use | Unreadable]:
    match first:
        case ast.Constant(value=str(msgid)):
            yield Use(msgid, where, given)
        case ast.IfExp(body=body, orelse=orelse):
            yield from _said(body, where, given)
            yield from _said(orelse, where, given)
        case ast.JoinedStr() | ast.BinOp():
            yield Unreadable(where)
        case _:
            pass  # a name or an entry of a table, whose literal is marked with N_


def _given(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    return None if None in names else frozenset(name for name in names if name)


@cache
def everything() -> tuple[Use | Unreadable, ...]:
    return tuple(
        found
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        for found in uses_in(path.read_text("utf-8"), str(path.relative_to(ROOT)))
    )


def uses() -> list[Use]:
    return [found for found in everything() if isinstance(found, Use)]


@cache
def entries() -> dict[str, Message]:
    return {message.id: message for message in read("vi") if isinstance(message.id, str) and message.id}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_message_has_its_vietnamese():
    missing = {use.msgid: use.place for use in uses() if use.msgid not in entries()}
    assert not missing, "add to locales/vi.po:\n" + "\n".join(
        f"{each}  ({missing[each]})" for each in missing
    )


def test_no_message_is_put_together_where_it_is_said():
    assert not [found.place for found in everything() if isinstance(found, Unreadable)]


def test_no_entry_is_unused():
    said = {use.msgid for use in uses()}
    assert not [msgid for msgid in entries() if msgid not in said]


def test_no_entry_is_empty_fuzzy_or_kept_from_the_past():
    catalogue = read("vi")
    bad = [msgid for msgid, message in entries().items() if message.fuzzy or not message.string]
    assert not bad
    assert not catalogue.obsolete


def test_no_entry_stands_twice():
    text = (ROOT / "locales" / "vi.po").read_text("utf-8")
    assert text.count("\nmsgid ") - 1 == len(entries())


def test_both_languages_have_the_same_placeholders():
    assert not [
        msgid for msgid, message in entries().items() if placeholders(msgid) != placeholders(message.string)
    ]


def test_both_languages_have_the_same_tags():
    assert not [
        msgid
        for msgid, message in entries().items()
        if sorted(TAG.findall(msgid)) != sorted(TAG.findall(message.string))
    ]


def test_every_call_gives_what_the_message_asks_for():
    wrong = [
        use for use in uses() if use.given is not None and use.given != frozenset(placeholders(use.msgid))
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('voice.say("a {b}", b=1)', [Use("a {b}", "x:1", frozenset({"b"}))]),
        ('voice.plain("a" if c else "d")', [Use("a", "x:1", frozenset()), Use("d", "x:1", frozenset())]),
        ('T = {1: N_("a")}', [Use("a", "x:1", None)]),
        ("voice.say(T[1], **v)", []),
        ('voice.say(f"a {b}")', [Unreadable("x:1")]),
        ('voice.say("a" + b)', [Unreadable("x:1")]),
        ("N_(b)", [Unreadable("x:1")]),
        ('print("a")', []),
    ],
)
def test_messages_are_found_in_the_source(source, expected):
    assert list(uses_in(source, "x")) == expected


@pytest.mark.parametrize("name", PACKAGES)
def test_the_packages_searched_are_there(name):
    assert (ROOT / name / "__init__.py").is_file()
