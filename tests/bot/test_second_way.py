"""Calls by the second way, made for real: a child process, apprise, and a mail server on the loopback."""

import re
from dataclasses import replace

import pytest

from bot import ring
from bot.cards.second_way import call
from bot.doctor.finding import Level
from bot.doctor.second_way import judge
from bot.logs import redactor
from bot.second_way import send
from bot.settings import Settings, SettingsError
from bot.targets import secrets
from incidents.actions import Acknowledge
from incidents.model import Incident
from locales.voice import Voice
from operations.desk import Desk
from operations.look import incident_view
from operations.respond import begin, respond
from storage import incidents
from tests.mailbox import mailbox
from tests.storage.rows import HA, THAN_XA

SECRET = "mailto://ops:very-secret%21@mail.example/very-secret-path?to=a@b.example&key=very-secret-key"


async def test_a_call_arrives_as_a_letter():
    async with mailbox() as box:
        assert await send([box.url], "Trực Mạng", "SC-0001: chưa ai tiếp nhận.") == ring.SENT
        letter = await box.next()
    assert letter["Subject"] == "Trực Mạng"
    assert letter["To"] == "duty@desk.example"
    assert letter.get_content().strip() == "SC-0001: chưa ai tiếp nhận."


async def test_one_way_that_is_unknown_keeps_no_other_from_being_gone():
    async with mailbox() as box:
        assert await send(["nonsense://x", box.url], "a", "b") == ring.SENT
        assert (await box.next()).get_content().strip() == "b"


async def test_a_refusal_is_a_failure_and_nonsense_is_told_apart():
    async with mailbox(refusing=True) as box:
        assert await send([box.url], "a", "b") == ring.FAILED
    assert await send(["nonsense://x"], "a", "b") == ring.UNKNOWN


async def test_a_far_end_that_hangs_is_given_up():
    async with mailbox(hanging=True) as box:
        assert await send([box.url], "a", "b", patience=4) == ring.FAILED


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ONCALL", "duty@office.example", "apprise URLs"),
        ("ONCALL", " ".join(["json://a"] * 9), "1 to 8"),
        ("DUTY", "json://a.example", "ONCALL, SECOND, LEADERS or a Telegram number"),
    ],
)
def test_a_wrong_target_is_said_and_not_repeated(monkeypatch, tmp_path, name, value, expected):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"TRUCMANG_SECOND_WAY_{name}", value)
    with pytest.raises(SettingsError, match=expected) as caught:
        Settings.load()
    assert value not in str(caught.value)


def test_targets_are_by_step_or_person(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUCMANG_SECOND_WAY_ONCALL", "json://a.example  xml://b.example")
    monkeypatch.setenv("TRUCMANG_SECOND_WAY_1001", SECRET)
    settings = Settings.load()
    assert settings.targets == {"ONCALL": ("json://a.example", "xml://b.example"), "1001": (SECRET,)}
    assert Settings.unknown() == []
    assert "very-secret" not in f"{settings!r} {settings.model_dump_json()}"


def test_no_part_of_a_target_is_in_a_log():
    clean = redactor(secrets((SECRET,)))
    said = clean(f"{SECRET} very-secret! very-secret%21 very-secret-path very-secret-key")
    assert "very-secret" not in said


def test_the_doctor_tells_what_is_no_target_and_nobody_s_without_the_url():
    found = judge({"ONCALL": (SECRET,), "1001": (SECRET,), "77": (SECRET,)}, [("ONCALL", 1)], {"1001"})
    assert [(each.level, each.what) for each in found] == [
        (Level.FAIL, "TRUCMANG_SECOND_WAY_ONCALL: URL 1 is none that apprise knows"),
        (Level.WARN, "TRUCMANG_SECOND_WAY_77: nobody has this number"),
    ]


@pytest.fixture
def desk(province, clock):
    return Desk(province, clock, Voice.of("vi", "Asia/Ho_Chi_Minh"))


async def said(desk):
    async with desk.look() as act:
        view = await incident_view(act, await incidents.find(act.session, 1))
        return call(view, desk.voice, act.at), call(
            replace(view, incident=replace(view.incident, security=True)), desk.voice, act.at
        )


async def test_what_is_said_is_short_and_has_nothing_of_the_network_in_it(desk):
    async with desk.act() as act:
        await begin(act, Incident(unit=THAN_XA, opened=act.at), "report")
    untaken, suspected = await said(desk)
    assert untaken == "SC-0001, Xã Thần Xa (Huyện Võ Nhai), từ 10:00: chưa ai tiếp nhận. Đề nghị kiểm tra."
    assert suspected == "SC-0001: phiếu chưa được xử lý. Đề nghị xem Telegram hoặc gọi trực ban."
    await respond(desk, 1, Acknowledge(HA))
    neglected, _ = await said(desk)
    assert (
        neglected
        == "SC-0001, Xã Thần Xa (Huyện Võ Nhai), từ 10:00: đồng chí Hà đã nhận, chưa xử lý. Đề nghị kiểm tra."
    )
    assert not re.search(r"\d+\.\d+\.\d+|K\d", untaken + neglected)
