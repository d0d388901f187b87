"""What a message carries besides words: a file that can be kept, or something that cannot."""

from telegram import Document, Message, Video, Voice

from incidents.supplement import Medium
from storage.attachments import File


def enclosed(message: Message) -> File | None:
    """Return the photo, voice note, video or picture file of *message*, as Telegram names it, or None."""
    if message.photo:
        photo = message.photo[-1]  # the largest of its sizes
        return _file(Medium.PHOTO, photo.file_id, photo.file_unique_id, photo.file_size, message)
    match message.effective_attachment:
        case Voice() as voice:
            return _file(Medium.VOICE, voice.file_id, voice.file_unique_id, voice.file_size, message)
        case Video() as video:
            return _file(Medium.VIDEO, video.file_id, video.file_unique_id, video.file_size, message)
        case Document() as file if (file.mime_type or "").startswith("image/"):
            return _file(Medium.DOCUMENT, file.file_id, file.file_unique_id, file.file_size, message)
    return None


def is_strange(message: Message) -> bool:
    """Return whether *message* is something of which nothing is kept: a sticker, a place, a contact…"""
    return bool(message.effective_attachment) and enclosed(message) is None


def _file(kind: Medium, id_: str, unique: str, size: int | None, message: Message) -> File:
    return File(kind, id_, unique, size, message.media_group_id)
