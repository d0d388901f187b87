"""The parameters of one request, decoded from a form, a multipart body or JSON."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.telegram.refusals import bad_request

# These are words; everything else in a form is a number, a truth or JSON.
TEXTUAL = frozenset(
    [
        "text",
        "caption",
        "title",
        "description",
        "short_description",
        "name",
        "address",
        "phone_number",
        "first_name",
        "last_name",
        "vcard",
        "url",
        "callback_query_id",
        "file_id",
        "parse_mode",
        "action",
        "language_code",
        "secret_token",
        "photo",
        "document",
        "voice",
        "inline_message_id",
        "business_connection_id",
        "message_effect_id",
        "foursquare_id",
        "foursquare_type",
        "google_place_id",
        "google_place_type",
        "performer",
    ]
)


@dataclass(frozen=True)
class Upload:
    """One file that came with the request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Params:
    """What a method was called with."""

    values: dict[str, Any]
    uploads: dict[str, Upload] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """Return the raw value or None."""
        return self.values.get(name)

    def text(self, name: str) -> str:
        """Return a string; absent is empty."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a number, or refuse."""
        value = self.values.get(name, default)
        try:
            return int(value)  # type: ignore[arg-type]  # None is refused below
        except (TypeError, ValueError):
            raise bad_request(f"invalid parameter {name} specified") from None

    def flag(self, name: str) -> bool:
        """Return a truth; absent is false."""
        return self.values.get(name) in (True, 1, "true", "True", "1")

    def mapping(self, name: str) -> dict[str, Any]:
        """Return a JSON object; absent is empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {name}: expected an Object")
        return value

    def array(self, name: str) -> list[Any]:
        """Return a JSON array; absent is empty."""
        value = self.values.get(name)
        if value is None or value == "":
            return []
        if not isinstance(value, list):
            raise bad_request(f"can't parse {name}: expected an Array")
        return value


async def read(request: web.Request) -> Params:
    """Decode the parameters of *request*."""
    values: dict[str, Any] = {name: _decode(name, value) for name, value in request.query.items()}
    if request.content_type == "application/json":
        return Params(values | await _object(request))
    if request.content_type == "multipart/form-data":
        more, uploads = await _multipart(request)
        return Params(values | more, uploads)
    form = await request.post()
    return Params(values | {name: _decode(name, str(value)) for name, value in form.items()})


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


async def _multipart(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        if part.filename is None:
            values[part.name] = _decode(part.name, await part.text())
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, bytes(await part.read()))
    return values, uploads


def _decode(name: str, value: str) -> Any:
    if name in TEXTUAL:
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value
