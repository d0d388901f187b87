"""The answers with which Telegram refuses a request, in its own words."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is Telegram's answer, not a failure of ours
    """One refused request: the error code, the description and, sometimes, parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """Return the body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class Violation(Refusal):
    """A request that breaks the Bot API's schema, which Telegram itself might swallow in silence."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(400, f"Bad Request: sandbox: {'; '.join(complaints)}")
        self.complaints = complaints


def bad_request(what: str) -> Refusal:
    """Return a 400 with Telegram's prefix."""
    return Refusal(400, f"Bad Request: {what}")


def forbidden(what: str) -> Refusal:
    """Return a 403 with Telegram's prefix."""
    return Refusal(403, f"Forbidden: {what}")


def conflict(what: str) -> Refusal:
    """Return a 409 with Telegram's prefix."""
    return Refusal(409, f"Conflict: {what}")


def too_many_requests(retry_after: int) -> Refusal:
    """Return a 429 that tells how long to wait."""
    return Refusal(
        429, f"Too Many Requests: retry after {retry_after}", parameters={"retry_after": retry_after}
    )


def upgraded(to: int) -> Refusal:
    """Return the 400 of a group that has become the supergroup *to*."""
    return Refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": to},
    )
