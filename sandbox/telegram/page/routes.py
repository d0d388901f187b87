"""The routes of the demo page: what it reads, and what a person does through it."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from sandbox.telegram.api import Api
from sandbox.telegram.chats import Chat
from sandbox.telegram.entities import units
from sandbox.telegram.lines import Lines
from sandbox.telegram.page import view
from sandbox.telegram.people import Person
from sandbox.telegram.refusals import Refusal

HERE = Path(__file__).parent
_TYPES = {"index.html": "text/html", "page.css": "text/css", "page.js": "text/javascript"}
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}
_TEXT_LIMIT, _BODY_LIMIT = 4096, 64 * 1024
_ANSWER_SECONDS = 15.0
_HEARTBEAT_SECONDS = 20.0


def add_page(app: web.Application, api: Api, lines: Lines | None) -> None:
    """Serve the page and what it asks for."""
    page = Page(api, lines)
    app.router.add_get("/", page.static)
    app.router.add_get("/{name:page\\.(?:css|js)}", page.static)
    app.router.add_get("/world/overview", page.overview)
    app.router.add_get("/world/chat", page.conversation)
    app.router.add_get("/world/changes", page.changes)
    app.router.add_get("/world/file/{file_id}", page.file)
    app.router.add_post("/world/say", page.say)
    app.router.add_post("/world/press", page.press)
    app.router.add_post("/world/tap", page.tap)
    app.router.add_post("/world/unblock", page.unblock)
    app.router.add_get("/world/lines", page.lines)
    app.router.add_post("/world/lines/{verb:cut|heal}", page.switch)


class Page:
    """The handlers; every act names the person who acts."""

    def __init__(self, api: Api, lines: Lines | None) -> None:
        self.api = api
        self.world = api.world
        self.network = lines

    async def static(self, request: web.Request) -> web.Response:
        """Serve one of the page's three files."""
        name = request.match_info.get("name", "index.html")
        body = (HERE / name).read_text(encoding="utf-8")
        return web.Response(text=body, content_type=_TYPES[name], headers=_HEADERS)

    async def overview(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's signature
        """Tell who is there."""
        shown = view.overview(self.world) | {"lines": self.network is not None}
        return web.json_response(shown)

    async def conversation(self, request: web.Request) -> web.Response:
        """Tell what one person sees in one chat."""
        person, chat = self._place(dict(request.query))
        return web.json_response(view.conversation(self.api, person, chat))

    async def changes(self, request: web.Request) -> web.StreamResponse:
        """Send an event at every change, as long as the page listens."""
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        await stream.prepare(request)
        while True:
            seen = self.world.changes.count
            await stream.write(f"data: {seen}\n\n".encode())
            await self._news(seen)

    async def file(self, request: web.Request) -> web.Response:
        """Serve a photo, or any other file as a download."""
        try:
            stored = self.world.files.find(request.match_info["file_id"])
        except Refusal:
            raise web.HTTPNotFound from None
        if stored.kind == "photo":
            kind = "image/png" if stored.data.startswith(b"\x89PNG") else "image/jpeg"
            return web.Response(body=stored.data, content_type=kind, headers=_HEADERS)
        # The page's link names the file; the header only keeps the browser from opening it here.
        headers = _HEADERS | {"Content-Disposition": "attachment"}
        return web.Response(body=stored.data, content_type="application/octet-stream", headers=headers)

    async def say(self, request: web.Request) -> web.Response:
        """Write a message."""
        body, person, chat = await self._act(request)
        text = str(body.get("text", "")).strip()
        if not text or units(text) > _TEXT_LIMIT:
            raise web.HTTPBadRequest(text="Tin nhắn phải có từ 1 đến 4096 ký tự.")
        reply = chat.find(_number(body, "reply_to")) if body.get("reply_to") else None
        thread = _number(body, "thread") if body.get("thread") else None
        message = await person.says(text, chat, reply_to=reply, thread=thread)
        return web.json_response({"id": message.id})

    async def press(self, request: web.Request) -> web.Response:
        """Press a key of the reply keyboard."""
        body, person, chat = await self._act(request)
        try:
            message = await person.presses(str(body.get("text")), chat)
        except AssertionError:
            raise web.HTTPConflict(text="Phím này không còn nữa.") from None
        return web.json_response({"id": message.id})

    async def tap(self, request: web.Request) -> web.Response:
        """Tap an inline button, and tell what the bot answers."""
        body, person, chat = await self._act(request)
        message = chat.find(_number(body, "message"))
        try:
            button = message.buttons[_number(body, "row")][_number(body, "column")] if message else None
        except IndexError:
            button = None
        if message is None or button is None or button.data is None:
            raise web.HTTPConflict(text="Nút này không còn nữa.")
        try:
            answer = await person.taps_data(message, button.data, timeout=_ANSWER_SECONDS)
        except AssertionError:
            raise web.HTTPGatewayTimeout(text="Bot chưa trả lời.") from None
        return web.json_response({"text": answer.text, "alert": answer.show_alert})

    async def unblock(self, request: web.Request) -> web.Response:
        """Unblock the bot."""
        _, person, _ = await self._act(request)
        await person.unblocks()
        return web.json_response({})

    async def lines(self, request: web.Request) -> web.Response:  # noqa: ARG002 - aiohttp's signature
        """Tell the lines of the network."""
        found = self.network.lines() if self.network else []
        return web.json_response(
            [{"code": line.code, "name": line.name, "group": line.group, "up": line.up} for line in found]
        )

    async def switch(self, request: web.Request) -> web.Response:
        """Cut a line, or connect it again."""
        code = str((await _body(request)).get("code"))
        if self.network is None or code not in {line.code for line in self.network.lines()}:
            raise web.HTTPNotFound(text="Không có đường truyền này.")
        act = self.network.cut if request.match_info["verb"] == "cut" else self.network.heal
        await act(code)
        self.world.changes.notify()
        return web.json_response({})

    async def _news(self, seen: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_HEARTBEAT_SECONDS):
                while self.world.changes.count == seen:
                    await self.world.changes.next()

    async def _act(self, request: web.Request) -> tuple[dict[str, Any], Person, Chat]:
        body = await _body(request)
        return body, *self._place(body)

    def _place(self, body: dict[str, Any]) -> tuple[Person, Chat]:
        person = self.world.people.get(_number(body, "person"))
        chat = self.world.chats.get(_number(body, "chat"))
        if person is None or chat is None or chat not in view.chats_of(person):
            raise web.HTTPNotFound(text="Không có cuộc trò chuyện này.")
        return person, chat


async def _body(request: web.Request) -> dict[str, Any]:
    # A foreign page can't send this content type without asking first, and we never say yes.
    if request.content_type != "application/json" or (request.content_length or 0) > _BODY_LIMIT:
        raise web.HTTPUnsupportedMediaType
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


def _number(body: dict[str, Any], name: str) -> int:
    try:
        return int(body[name])
    except (KeyError, TypeError, ValueError):
        raise web.HTTPBadRequest(text=f"thiếu {name}") from None
