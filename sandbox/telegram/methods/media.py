"""Methods that post files, and the one that finds them again."""

from typing import Any

from sandbox.telegram import attachments
from sandbox.telegram.api import Api, caption
from sandbox.telegram.files import DOWNLOAD_LIMIT, StoredFile
from sandbox.telegram.params import Params, Upload
from sandbox.telegram.posting import post, post_all
from sandbox.telegram.refusals import Refusal, bad_request
from sandbox.telegram.wire import message_json

_PHOTO_LIMIT, _FILE_LIMIT = 10 * 1024 * 1024, 50 * 1024 * 1024


def send_photo(api: Api, params: Params) -> dict[str, Any]:
    """sendPhoto."""
    return _send(api, params, "photo")


def send_document(api: Api, params: Params) -> dict[str, Any]:
    """sendDocument."""
    return _send(api, params, "document")


def send_voice(api: Api, params: Params) -> dict[str, Any]:
    """sendVoice."""
    return _send(api, params, "voice")


def send_video(api: Api, params: Params) -> dict[str, Any]:
    """sendVideo."""
    return _send(api, params, "video")


def send_media_group(api: Api, params: Params) -> list[dict[str, Any]]:
    """sendMediaGroup."""
    media = params.array("media")
    if not 2 <= len(media) <= 10:
        raise bad_request("group of media must include 2-10 items")
    if params.get("reply_markup"):
        raise bad_request("reply markup is not allowed in albums")
    contents = [media_fields(api, params, item) for item in media]
    if len({fields["kind"] == "document" for fields in contents}) > 1:
        raise bad_request("can't mix photos and documents in one album")
    album = {"media_group_id": str(13_000_000_000_000_000 + api.world.now())}
    for fields in contents:
        fields["content"] |= album
    return [message_json(message) for message in post_all(api, params, contents)]


def get_file(api: Api, params: Params) -> dict[str, Any]:
    """getFile."""
    stored = api.world.files.find(params.text("file_id"))
    if len(stored.data) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.as_json() | {"file_path": stored.path}


def media_fields(api: Api, params: Params, item: dict[str, Any]) -> dict[str, Any]:
    """Return the message fields of one InputMedia."""
    kind = str(item.get("type"))
    if kind not in {"photo", "document", "video"}:
        raise bad_request(f"sandbox: media of type {kind!r} is not supported here")
    words = Params({name: value for name, value in item.items() if name in {"caption", "parse_mode"}})
    text, entities = caption(Params(words.values | {"caption_entities": item.get("caption_entities")}))
    stored = _stored(api, kind, str(item.get("media", "")), params.uploads)
    return attachments.of_file(stored) | {"text": text, "entities": entities}


def _send(api: Api, params: Params, kind: str) -> dict[str, Any]:
    text, entities = caption(params)
    reference = f"attach://{kind}" if kind in params.uploads else params.text(kind)
    stored = _stored(api, kind, reference, params.uploads)
    seconds = params.integer("duration", 0) if kind in {"voice", "video"} else 0
    return post(api, params, text=text, entities=entities, **attachments.of_file(stored, seconds))


def _stored(api: Api, kind: str, reference: str, uploads: dict[str, Upload]) -> StoredFile:
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith("attach://"):
        upload = uploads.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return _keep(api, kind, upload)
    stored = api.world.files.find(reference)
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.title()} as {kind.title()}")
    return stored


def _keep(api: Api, kind: str, upload: Upload) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > (_PHOTO_LIMIT if kind == "photo" else _FILE_LIMIT):
        raise Refusal(413, "Request Entity Too Large")
    make = {"photo": _photo, "document": _document, "voice": _voice, "video": _video}[kind]
    return make(api, upload)


def _photo(api: Api, upload: Upload) -> StoredFile:
    fields = attachments.photo(api.world.files, upload.data)
    return _file(fields)


def _document(api: Api, upload: Upload) -> StoredFile:
    return _file(attachments.document(api.world.files, upload.data, upload.name))


def _voice(api: Api, upload: Upload) -> StoredFile:
    return _file(attachments.voice(api.world.files, upload.data))


def _video(api: Api, upload: Upload) -> StoredFile:
    return _file(attachments.video(api.world.files, upload.data))


def _file(fields: dict[str, Any]) -> StoredFile:
    stored: StoredFile = fields["file"]
    return stored
