"""The HTTP endpoint of the Bot API: one request in, faults and rules applied, one answer out."""

import asyncio
import inspect
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox.telegram import params as parameters
from sandbox.telegram.api import Api
from sandbox.telegram.faults import AnyFault, Dropped, Faults, Gate, Hung, Refused
from sandbox.telegram.methods.table import BY_LOWER_NAME
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import Refusal, Violation
from sandbox.telegram.waiting import Changes

Checker = Callable[[str, dict[str, Any]], list[str]]


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    method: str
    params: dict[str, Any]
    at: datetime


class ConnectionCut(Exception):  # noqa: N818 - an order to the endpoint, not a failure
    """The order to break the connection without an answer."""


class Endpoint:
    """What answers under /bot<token>/<method>."""

    def __init__(self, api: Api, token: str, faults: Faults, checker: Checker | None, remember: int) -> None:
        self.api = api
        self.token = token
        self.faults = faults
        self.checker = checker
        self.requests: deque[Request] = deque(maxlen=remember)
        self.violations: list[str] = []
        self.arrivals = Changes()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one request as Telegram would, or cut the connection as a network would."""
        try:
            return web.json_response({"ok": True, "result": await self._answer(request)})
        except Refusal as refusal:
            return web.json_response(refusal.as_json(), status=refusal.code)
        except ConnectionCut:
            if request.transport:
                request.transport.abort()
            return web.Response()

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Answer under /file/bot<token>/<path>."""
        stored = self.api.world.files.at(request.match_info["path"])
        if request.match_info["token"] != self.token or stored is None:
            return web.json_response(Refusal(404, "Not Found").as_json(), status=404)
        return web.Response(body=stored.data, content_type=stored.mime)

    async def _answer(self, request: web.Request) -> Any:
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        params = await parameters.read(request)
        name, method = BY_LOWER_NAME.get(request.match_info["method"].lower(), ("", None))
        if method is None:
            raise Refusal(404, "Not Found")
        self.requests.append(Request(name, params.values, self.api.world.clock()))
        self.arrivals.notify()
        fault = self.faults.strike(name, _chat_id(params))
        await self._suffer(fault, delivered=False)
        result = await self._call(name, params)
        await self._suffer(fault, delivered=True)
        return result

    async def _call(self, name: str, params: Params) -> Any:
        try:
            self._check(name, params)
            result = BY_LOWER_NAME[name.lower()][1](self.api, params)
        except Violation as violation:
            self.violations += [f"{name}: {complaint}" for complaint in violation.complaints]
            raise
        return await result if inspect.isawaitable(result) else result

    def _check(self, name: str, params: Params) -> None:
        if self.checker is None:
            return
        files = {field: f"attach://{field}" for field in params.uploads if field not in params.values}
        named = {
            field: value for field, value in files.items() if field in {"photo", "document", "voice", "video"}
        }
        if complaints := self.checker(name, params.values | named):
            raise Violation(complaints)

    async def _suffer(self, fault: AnyFault | None, *, delivered: bool) -> None:
        match fault:
            case Refused(refusal) if not delivered:
                raise refusal
            case Dropped(at) if at is delivered:
                raise ConnectionCut
            case Hung(at) if at is delivered:
                await self.faults.healed.wait()
                raise ConnectionCut
            case Gate(at, reached, opened) if at is delivered:
                reached.set()
                await _first(opened, self.faults.healed)


async def _first(*events: asyncio.Event) -> None:
    tasks = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _chat_id(params: Params) -> int | None:
    chat_id = params.get("chat_id")
    return chat_id if isinstance(chat_id, int) else None
