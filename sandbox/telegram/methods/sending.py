"""Methods that post words, places and contacts."""

from typing import Any

from sandbox.telegram import attachments
from sandbox.telegram.api import Api, caption, find_chat, find_message, open_chat, words
from sandbox.telegram.params import Params
from sandbox.telegram.posting import post
from sandbox.telegram.refusals import bad_request

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(api: Api, params: Params) -> dict[str, Any]:
    """sendMessage."""
    text, entities = words(params)
    return post(api, params, text=text, entities=entities)


def send_location(api: Api, params: Params) -> dict[str, Any]:
    """sendLocation."""
    return post(api, params, kind="location", content={"location": _place(params)})


def send_venue(api: Api, params: Params) -> dict[str, Any]:
    """sendVenue."""
    place = _place(params)
    venue = {"location": place, "title": params.text("title"), "address": params.text("address")}
    if not venue["title"] or not venue["address"]:
        raise bad_request("VENUE_TITLE_OR_ADDRESS_EMPTY")
    return post(api, params, kind="venue", content={"venue": venue, "location": place})


def send_contact(api: Api, params: Params) -> dict[str, Any]:
    """sendContact."""
    contact = {
        name: params.text(name) for name in ("phone_number", "first_name", "last_name") if params.get(name)
    }
    if "phone_number" not in contact:
        raise bad_request("contact phone number is empty")
    if "first_name" not in contact:
        raise bad_request("contact first name is empty")
    return post(api, params, kind="contact", content={"contact": contact})


def send_chat_action(api: Api, params: Params) -> bool:
    """sendChatAction."""
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = open_chat(api, params)
    chat.action = params.text("action")
    chat.changed()
    return True


def copy_message(api: Api, params: Params) -> dict[str, Any]:
    """copyMessage."""
    source = find_chat(api, params, "from_chat_id")
    message = find_message(source, params.integer("message_id"), "message to copy not found")
    if message.kind == "service":
        raise bad_request("message can't be copied")
    text, entities = message.text, message.entities
    if params.get("caption") is not None and message.kind != "text":
        text, entities = caption(params)
    content = {name: value for name, value in message.content.items() if name != "forward_origin"}
    copied = {"text": text, "entities": entities, "content": content}
    posted = post(api, params, kind=message.kind, file=message.file, **copied)
    return {"message_id": posted["message_id"]}


def forward_message(api: Api, params: Params) -> dict[str, Any]:
    """forwardMessage."""
    source = find_chat(api, params, "from_chat_id")
    message = find_message(source, params.integer("message_id"), "message to forward not found")
    if message.kind == "service":
        raise bad_request("message can't be forwarded")
    content = message.content | attachments.forwarded_from(message)
    same = {"kind": message.kind, "file": message.file, "text": message.text, "entities": message.entities}
    return post(api, params, content=content, **same)


def _place(params: Params) -> dict[str, float]:
    try:
        latitude, longitude = float(params.get("latitude")), float(params.get("longitude"))
    except (TypeError, ValueError):
        raise bad_request("latitude is empty") from None
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong location specified")
    return {"latitude": latitude, "longitude": longitude}
