"""The server: /healthz for whoever restarts us, /metrics for whoever watches us."""

import hmac
from typing import Self

from aiohttp import web

from web.health import Examine
from web.metrics import exposition

EXAMINE: web.AppKey[Examine] = web.AppKey("examine")
TOKEN: web.AppKey[str] = web.AppKey("token")


async def healthz(request: web.Request) -> web.Response:
    """Answer 200 or 503; the figures only to whoever has the token."""
    health = await request.app[EXAMINE]()
    troubles = health.troubles
    body: dict[str, object] = {"status": "ok" if not troubles else "trouble"}
    if _trusted(request):
        body |= {"troubles": troubles} | health.to_json()
    return web.json_response(body, status=503 if troubles else 200)


async def metrics(request: web.Request) -> web.Response:
    """Answer with every metric, or 401."""
    if not _trusted(request):
        return web.Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    body = exposition(await request.app[EXAMINE]())
    return web.Response(body=body, headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


def _trusted(request: web.Request) -> bool:
    token = request.app[TOKEN]
    if not token:  # none is set: loopback alone is trusted
        return request.remote in ("127.0.0.1", "::1")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return hmac.compare_digest(given.encode(), token.encode())


class WebServer:
    """The listening server; *port* is the real one once it is open."""

    def __init__(self, host: str, port: int, token: str, examine: Examine) -> None:
        app = web.Application(client_max_size=64 * 1024)
        app[EXAMINE], app[TOKEN] = examine, token
        app.router.add_get("/healthz", healthz)
        app.router.add_get("/metrics", metrics)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        self._host, self.port = host, port

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()
