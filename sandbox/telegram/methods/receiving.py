"""Methods by which updates reach the bot, and by which it answers taps."""

from typing import Any

from sandbox.telegram.api import Api
from sandbox.telegram.callbacks import CallbackAnswer
from sandbox.telegram.entities import units
from sandbox.telegram.params import Params
from sandbox.telegram.refusals import bad_request, conflict

_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(api: Api, params: Params) -> list[dict[str, Any]]:
    """getUpdates."""
    if api.webhook:
        raise conflict(_WEBHOOK_ACTIVE)
    _remember_allowed(api, params)
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout", 0), 0), 50)
    return await api.poller.poll(params.integer("offset", 0), limit, timeout)


def set_webhook(api: Api, params: Params) -> bool:
    """setWebhook; the sandbox remembers the address and never calls it."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    api.webhook = url
    _remember_allowed(api, params)
    if url:
        api.poller.terminate("terminated by setWebhook request")
    if params.flag("drop_pending_updates"):
        api.world.updates.pending.clear()
    return True


def delete_webhook(api: Api, params: Params) -> bool:
    """deleteWebhook."""
    api.webhook = ""
    if params.flag("drop_pending_updates"):
        api.world.updates.pending.clear()
    return True


def get_webhook_info(api: Api, params: Params) -> dict[str, Any]:  # noqa: ARG001 - one signature for all
    """getWebhookInfo."""
    updates = api.world.updates
    info = {
        "url": api.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.pending),
    }
    return info | ({"allowed_updates": sorted(updates.allowed)} if updates.allowed else {})


def answer_callback_query(api: Api, params: Params) -> bool:
    """answerCallbackQuery."""
    if units(params.text("text")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(params.text("text"), params.flag("show_alert"), params.get("url"))
    api.world.callbacks.answer(params.text("callback_query_id"), answer, api.world.clock())
    return True


def _remember_allowed(api: Api, params: Params) -> None:
    if params.get("allowed_updates") is not None:
        api.world.updates.allowed = frozenset(params.array("allowed_updates"))
