"""The fields that make a message a photo, a document, a voice or a video."""

import mimetypes
from typing import TYPE_CHECKING, Any

from sandbox.telegram.files import PIXEL, Files, StoredFile, picture_size

if TYPE_CHECKING:
    from sandbox.telegram.messages import Message

__all__ = ["PIXEL", "STICKER", "document", "forwarded_from", "of_file", "photo", "video", "voice"]


STICKER = {
    "file_id": "CAACAgUAAxkBAAI" + "s" * 57,
    "file_unique_id": "AgADsticker",
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "emoji": "👍",
}


def photo(files: Files, data: bytes) -> dict[str, Any]:
    """Keep *data* as a photo."""
    picture_size(data)
    return of_file(files.keep("photo", data, "photo.jpg", "image/jpeg"))


def document(files: Files, data: bytes, name: str) -> dict[str, Any]:
    """Keep *data* as a file called *name*."""
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return of_file(files.keep("document", data, name, mime))


def voice(files: Files, data: bytes, seconds: int = 0) -> dict[str, Any]:
    """Keep *data* as a voice message."""
    return of_file(files.keep("voice", data, "voice.oga", "audio/ogg"), seconds)


def video(files: Files, data: bytes, seconds: int = 0) -> dict[str, Any]:
    """Keep *data* as a video."""
    return of_file(files.keep("video", data, "video.mp4", "video/mp4"), seconds)


def of_file(stored: StoredFile, seconds: int = 0) -> dict[str, Any]:
    """Return the message fields that show *stored*."""
    body = stored.as_json()
    if stored.kind == "photo":
        width, height = picture_size(stored.data)
        content: Any = [body | {"width": width, "height": height}]
    elif stored.kind == "video":
        content = body | {"width": 640, "height": 480, "duration": seconds, "mime_type": stored.mime}
    elif stored.kind == "voice":
        content = body | {"duration": seconds, "mime_type": stored.mime}
    else:
        content = body | {"file_name": stored.name, "mime_type": stored.mime}
    return {"kind": stored.kind, "content": {stored.kind: content}, "file": stored}


def forwarded_from(message: "Message") -> dict[str, Any]:
    """Return the forward_origin of a copy of *message*."""
    at = int(message.at.timestamp())
    if origin := message.content.get("forward_origin"):
        return {"forward_origin": origin}
    return {"forward_origin": {"type": "user", "date": at, "sender_user": message.sender.as_json()}}
