import pytest

from sandbox.telegram.detection import detect
from sandbox.telegram.entities import Entity, cut


def found(text: str, marked: list[Entity] | None = None) -> list[tuple[str, str]]:
    return [(entity.type, cut(text, entity)) for entity in detect(text, marked or [])]


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("/baosuco", ["/baosuco"]),
        ("/start payload_1", ["/start"]),
        ("/ack@trucmang_bot 5", ["/ack@trucmang_bot"]),
        ("/báo", []),
        ("/báocáo /tinhhinh", ["/tinhhinh"]),
        ("/baosựcố", []),
        ("/tình", []),
        ("a/b", []),
        ("//x", []),
        ("(/trogiup)", ["/trogiup"]),
        ("/x/y", []),
        ("😀 /x, /y.", ["/x", "/y"]),
        ("/" + "a" * 64, ["/" + "a" * 64]),
        ("/" + "a" * 65, []),
        ("/ack@ab", []),
        ("/ BAO", []),
    ],
)
def test_a_command_is_ascii_and_stands_alone(text, commands):
    assert [part for kind, part in found(text) if kind == "bot_command"] == commands


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("gọi @trucmang_bot nhé", [("mention", "@trucmang_bot")]),
        ("a@b", []),
        ("xem https://x.vn/a?b=1.", [("url", "https://x.vn/a?b=1")]),
        ("thư an@tinh.gov.vn", [("email", "an@tinh.gov.vn")]),
        ("số 0912345678", [("phone_number", "0912345678")]),
        ("+84912345678", [("phone_number", "+84912345678")]),
        ("#sự_cố #123", [("hashtag", "#sự_cố")]),
        ("https://x.vn/start", [("url", "https://x.vn/start")]),
    ],
)
def test_other_entities(text, entities):
    assert found(text) == entities


def test_nothing_is_found_inside_code():
    assert found("/x /y", [Entity("code", 0, 2)]) == [("bot_command", "/y")]
