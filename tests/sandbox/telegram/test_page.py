"""The demo page in a real browser, and what its endpoints refuse."""

import shutil
from collections.abc import AsyncIterator, Sequence

import aiohttp
import pytest
from playwright.async_api import Page, async_playwright, expect

from sandbox.telegram import Line, TelegramServer

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no chromium: the page was not tried in a browser")

CARD = "🔴 <b>Sự cố #1</b> <i>Mỹ Đức</i> &lt;img src=x&gt;"
KEYS = {"inline_keyboard": [[{"text": "Tiếp nhận", "callback_data": "ack"}]]}


class TwoLines:
    """A network of two lines."""

    def __init__(self) -> None:
        self.up = {"XA-01": True, "SO-02": True}

    def lines(self) -> Sequence[Line]:
        names = {"XA-01": ("Phường Mỹ Đức", "Xã, phường"), "SO-02": ("Sở Y tế", "Sở ngành")}
        return [Line(code, *names[code], up) for code, up in self.up.items()]

    async def cut(self, code: str) -> None:
        self.up[code] = False

    async def heal(self, code: str) -> None:
        self.up[code] = True


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(lines=TwoLines()) as server:
        yield server


@pytest.fixture
async def page(server, an, group) -> AsyncIterator[Page]:
    server.world.person(12, "Trần Thị Bình")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        page = await browser.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        await page.goto(server.page_url)
        await expect(page.locator("#title")).to_have_text("Trực Mạng")
        yield page
        await browser.close()
        assert errors == []


def newest(server):
    return server.world.updates.pending[-1]


@in_a_browser
async def test_a_person_types_and_reads_and_taps(page, server, call, an):
    await page.get_by_label("Tin nhắn").last.fill("/tinhhinh")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine").last).to_contain_text("/tinhhinh")
    assert newest(server)["message"]["from"]["id"] == an.id

    await call("sendMessage", chat_id=11, text=CARD, parse_mode="HTML", reply_markup=KEYS)
    bubble = page.locator(".message").last
    await expect(bubble.locator("b")).to_have_text("Sự cố #1")
    await expect(bubble.locator(".text")).to_contain_text("<img src=x>")
    assert await bubble.locator("img").count() == 0

    await page.get_by_role("button", name="Tiếp nhận").click()
    await server.world.chat(11).wait(lambda chat: "callback_query" in newest(server))
    query = newest(server)["callback_query"]
    await call("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi nhận")
    await expect(page.locator("#toasts")).to_contain_text("Đã ghi nhận")
    message_id = query["message"]["message_id"]
    await call("editMessageText", chat_id=11, message_id=message_id, text="xong")
    await expect(bubble).to_contain_text("đã sửa")


@in_a_browser
async def test_what_waits_in_other_chats_is_marked(page, call, group):
    await call("sendMessage", chat_id=group.id, text="ở nhóm")
    row = page.locator(".chats li", has_text=group.title)
    await expect(row.locator(".badge")).to_have_text("1")
    await row.get_by_role("button").click()
    await expect(page.locator("#messages")).to_contain_text("ở nhóm")
    await expect(row.locator(".badge")).to_be_hidden()


@in_a_browser
async def test_an_unopened_chat_starts_by_a_button_and_its_keyboard_answers(page, server, call):
    await page.get_by_role("button", name="Trần Thị Bình").click()
    await page.get_by_role("button", name="Bắt đầu").click()
    await expect(page.locator(".mine")).to_contain_text("/start")
    await call("sendMessage", chat_id=12, text="Chào", reply_markup={"keyboard": [["Tình hình"]]})
    await page.get_by_role("button", name="Tình hình").click()
    await expect(page.locator(".mine").last).to_contain_text("Tình hình")


@in_a_browser
async def test_a_line_is_found_without_diacritics_and_cut(page):
    await page.get_by_label("Tìm đường truyền").fill("my duc")
    wire = page.locator(".wire")
    await expect(wire).to_have_count(1)
    await page.get_by_role("button", name="Cắt").click()
    await expect(wire).to_contain_text("đứt")
    await page.get_by_role("button", name="Nối lại").click()
    await expect(wire).to_contain_text("thông")


@in_a_browser
async def test_on_a_phone_one_panel_shows_at_a_time(page):
    await page.set_viewport_size({"width": 390, "height": 780})
    await expect(page.locator("#lines-panel")).to_be_hidden()
    await page.get_by_role("button", name="Đường truyền").click()
    await expect(page.locator("#lines-panel")).to_be_visible()
    await expect(page.locator("main")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390


SAY = {"person": 11, "chat": 11, "text": "x"}


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("world/say", SAY, 200),
        ("world/say", SAY | {"text": " "}, 400),
        ("world/say", SAY | {"text": "a" * 4097}, 400),
        ("world/say", SAY | {"text": "a" * 70_000}, 415),
        ("world/say", {"text": "x"}, 400),
        ("world/say", SAY | {"chat": -1001, "person": 12}, 404),
        ("world/say", SAY | {"person": "an"}, 400),
        ("world/say", [], 400),
        ("world/press", SAY, 409),
        ("world/tap", SAY | {"message": 1, "row": 0, "column": 0}, 409),
        ("world/tap", SAY | {"message": 99, "row": 0, "column": 0}, 409),
        ("world/lines/cut", {"code": "XA-01"}, 200),
        ("world/lines/cut", {"code": "XA-99"}, 404),
    ],
)
async def test_the_page_may_do_only_what_a_person_could(server, an, group, path, body, status):
    server.world.person(12, "Bình")
    async with aiohttp.ClientSession() as session:
        response = await session.post(server.page_url + path, json=body)
    assert response.status == status


async def test_a_foreign_page_cannot_post(server, an):
    async with aiohttp.ClientSession() as session:
        response = await session.post(
            f"{server.page_url}world/say", data="{}", headers={"Content-Type": "text/plain"}
        )
    assert response.status == 415


async def test_the_page_needs_nothing_from_outside(server):
    async with aiohttp.ClientSession() as session:
        for name in ("", "page.css", "page.js"):
            response = await session.get(server.page_url + name)
            text = await response.text()
            assert response.status == 200
            assert "http://" not in text
            assert "//cdn" not in text
            assert "innerHTML" not in text


async def test_the_change_feed_speaks_at_every_change(server, an):
    async with aiohttp.ClientSession() as session, session.get(f"{server.page_url}world/changes") as feed:
        first = await feed.content.readline()
        await feed.content.readline()
        await an.says("x")
        assert await feed.content.readline() != first
