"""The files of the world: what a bot or a person uploaded, by file_id."""

import struct
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha512
from typing import Any

from sandbox.telegram.refusals import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
_FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos"}
_SUFFIXES = {"photo": ".jpg", "voice": ".oga", "document": "", "video": ".mp4"}
_PREFIXES = {
    "photo": "AgACAgUAAxkBAAI",
    "document": "BQACAgUAAxkBAAI",
    "voice": "AwACAgUAAxkBAAI",
    "video": "BAACAgUAAxkBAAI",
}

# The smallest valid picture: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)


@dataclass(frozen=True)
class StoredFile:
    """One file as Telegram keeps it."""

    file_id: str
    kind: str
    data: bytes
    name: str
    mime: str

    @property
    def path(self) -> str:
        """Return the path that getFile tells."""
        suffix = _SUFFIXES[self.kind]
        name = self.name if self.kind == "document" else f"file{suffix}"
        return f"{_FOLDERS[self.kind]}/{self.file_id}/{name}"

    def as_json(self) -> dict[str, Any]:
        """Return the fields every Bot API file object has."""
        unique = f"AQAD{_letters(self.file_id)[:12]}"
        return {"file_id": self.file_id, "file_unique_id": unique, "file_size": len(self.data)}


class Files:
    """All files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, data: bytes, name: str, mime: str) -> StoredFile:
        """Store *data* and return it under a new id."""
        safe = name.replace("/", "_").replace("\\", "_") or "file"
        file_id = _PREFIXES[kind] + _letters(f"{kind}{len(self._by_id) + 1}")
        stored = StoredFile(file_id, kind, data, safe, mime)
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile:
        """Return the file *file_id*, or raise Telegram's refusal."""
        try:
            return self._by_id[file_id]
        except KeyError:
            raise bad_request("wrong file identifier/HTTP URL specified") from None

    def at(self, path: str) -> StoredFile | None:
        """Return the file that lies at *path*."""
        return self._by_path.get(path)


def _letters(of: str) -> str:
    """Return letters that tell nothing, as many as Telegram's ids have, always the same of the same."""
    return urlsafe_b64encode(sha512(of.encode()).digest()).decode().rstrip("=")[:72]


def picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a PNG or JPEG, or refuse as Telegram does."""
    size = _png_size(data) if data.startswith(b"\x89PNG\r\n\x1a\n") else _jpeg_size(data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return size


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 24:
        return None
    width, height = struct.unpack(">II", data[16:24])
    return (width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
