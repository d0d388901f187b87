"""The server: a Telegram in a box, on the loopback."""

import socket
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from aiohttp import web

from sandbox.telegram.api import Api
from sandbox.telegram.endpoint import Checker, Endpoint, Request
from sandbox.telegram.faults import Faults
from sandbox.telegram.limits import Limits
from sandbox.telegram.lines import Lines
from sandbox.telegram.page.routes import add_page
from sandbox.telegram.polling import Poller
from sandbox.telegram.users import Bot
from sandbox.telegram.world import World, wall_clock

TOKEN = "700000001:AAF-sandbox-token-for-the-box-only"  # noqa: S105 - it opens nothing outside
_BODY_LIMIT = 64 * 1024 * 1024


class TelegramServer:
    """One Telegram with one bot; enter it to listen, and restart bots against it at will."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        host: str = "127.0.0.1",
        checker: Checker | None = None,
        minute_limit: int | None = 20,
        second_limit: int | None = 30,
        lines: Lines | None = None,
        username: str = "trucmang_bot",
        name: str = "Trực Mạng",
        clock: Callable[[], datetime] = wall_clock,
        limit_clock: Callable[[], float] = time.monotonic,
        remember: int = 20_000,
    ) -> None:
        self.token = token
        self.host = host
        self.port = port
        self.world = World(Bot(int(token.partition(":")[0]), name, username), clock)
        self.api = Api(
            self.world, Limits(minute_limit, second_limit, limit_clock), Poller(self.world.updates)
        )
        self.faults = Faults(self._stop_listening, self._listen)
        self._endpoint = Endpoint(self.api, token, self.faults, checker, remember)
        self._lines = lines
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._reserved: socket.socket | None = None

    @property
    def base_url(self) -> str:
        """Return the base URL that a bot library asks for."""
        return f"http://{self.host}:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """Return the base URL of downloads that a bot library asks for."""
        return f"http://{self.host}:{self.port}/file/bot"

    @property
    def page_url(self) -> str:
        """Return the address of the demo page."""
        return f"http://{self.host}:{self.port}/"

    @property
    def requests(self) -> deque[Request]:
        """Return the requests that arrived, newest last."""
        return self._endpoint.requests

    async def request(self, method: str, timeout: float = 5.0) -> Request:  # noqa: ASYNC109 - a bound is the point
        """Return the newest request of *method*, once there is one."""

        def newest() -> Request | None:
            return next((request for request in reversed(self.requests) if request.method == method), None)

        try:
            found = await self._endpoint.arrivals.until(newest, timeout)
        except TimeoutError:
            raise AssertionError(f"no {method} arrived in {timeout} s") from None
        assert found
        return found

    @property
    def violations(self) -> list[str]:
        """Return every complaint about the bot's requests."""
        return self._endpoint.violations

    async def __aenter__(self) -> Self:
        self._reserve_port()
        self._runner = web.AppRunner(
            self._app(), handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        await self._runner.cleanup()
        self._site = None
        if self._reserved:
            self._reserved.close()

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=_BODY_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._endpoint.handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._endpoint.download)
        add_page(app, self.api, self._lines)
        return app

    def _reserve_port(self) -> None:
        # Bound but not listening: the port stays ours, and refuses connections, while the server is away.
        self._reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._reserved.bind((self.host, self.port))
        self.port = self._reserved.getsockname()[1]

    async def _listen(self) -> None:
        if self._site is None and self._runner is not None:
            self._site = web.TCPSite(self._runner, self.host, self.port, reuse_port=True)
            await self._site.start()

    async def _stop_listening(self) -> None:
        if self._site is None or self._runner is None or self._runner.server is None:
            return
        await self._site.stop()
        self._site = None
        for connection in list(self._runner.server.connections):
            if connection.transport:
                connection.transport.abort()
