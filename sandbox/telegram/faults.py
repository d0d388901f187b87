"""Faults by script: which requests go wrong, how, and how often."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from sandbox.telegram.refusals import Refusal, bad_request, conflict, forbidden, too_many_requests, upgraded


@dataclass(frozen=True)
class Refused:
    """Telegram answers, with an error; nothing is delivered."""

    refusal: Refusal


@dataclass(frozen=True)
class Dropped:
    """The connection breaks without an answer, before or after delivery."""

    delivered: bool


@dataclass(frozen=True)
class Hung:
    """No answer comes, until the client gives up or the fault is healed."""

    delivered: bool


@dataclass(frozen=True)
class Gate:
    """The request stands still, before or after delivery, until somebody opens the gate."""

    delivered: bool = False
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    def open(self) -> None:
        """Let the request go on."""
        self.opened.set()


AnyFault = Refused | Dropped | Hung | Gate


class Fault:
    """The vocabulary: what can go wrong with one request."""

    CONFLICT = Refused(
        conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
    )
    BLOCKED = Refused(forbidden("bot was blocked by the user"))
    KICKED = Refused(forbidden("bot was kicked from the supergroup chat"))
    CHAT_NOT_FOUND = Refused(bad_request("chat not found"))
    SERVER_ERROR = Refused(Refusal(500, "Internal Server Error"))
    BAD_GATEWAY = Refused(Refusal(502, "Bad Gateway"))
    DROP_BEFORE = Dropped(delivered=False)
    DROP_AFTER = Dropped(delivered=True)
    HANG_BEFORE = Hung(delivered=False)
    HANG_AFTER = Hung(delivered=True)
    STALL = HANG_BEFORE

    @staticmethod
    def RATE_LIMIT(retry_after: int = 3) -> Refused:  # noqa: N802 - one vocabulary, one spelling
        """Return a 429."""
        return Refused(too_many_requests(retry_after))

    @staticmethod
    def MIGRATED(to: int) -> Refused:  # noqa: N802 - one vocabulary, one spelling
        """Return the 400 of a group that became *to*."""
        return Refused(upgraded(to))


@dataclass
class Rule:
    """One line of the script; *times* counts down, None is for ever."""

    fault: AnyFault
    method: str | None = None
    chat: int | None = None
    times: int | None = 1

    def matches(self, method: str, chat: int | None) -> bool:
        """Tell whether this request is meant."""
        return self.times != 0 and self.method in {None, method} and self.chat in {None, chat}


@dataclass
class _Loss:
    before: float
    after: float
    seed: int
    randoms: dict[str, Random] = field(default_factory=dict)

    def strike(self, method: str) -> Dropped | None:
        # Each method has its own dice, so that the rhythm of polling does not change what else is lost.
        dice = self.randoms.setdefault(method, Random(f"{self.seed}:{method}"))  # noqa: S311 - no secret
        throw = dice.random()
        if throw < self.before:
            return Fault.DROP_BEFORE
        return Fault.DROP_AFTER if throw < self.before + self.after else None


class Faults:
    """The script of one server."""

    def __init__(self, close: Callable[[], Awaitable[None]], open: Callable[[], Awaitable[None]]) -> None:  # noqa: A002
        self.rules: list[Rule] = []
        self.healed = asyncio.Event()
        self._loss: _Loss | None = None
        self._close = close
        self._open = open

    def add(
        self, fault: AnyFault, *, method: str | None = None, chat: int | None = None, times: int | None = 1
    ) -> Rule:
        """Let the next *times* requests that match go wrong."""
        rule = Rule(fault, method, chat, times)
        self.rules.append(rule)
        return rule

    def gate(
        self, *, method: str | None = None, chat: int | None = None, delivered: bool = False, times: int = 1
    ) -> Gate:
        """Stop the next matching request at a gate: await its `reached`, then call `open()`."""
        gate = Gate(delivered)
        self.add(gate, method=method, chat=chat, times=times)
        return gate

    def loss(self, *, before: float = 0.0, after: float = 0.0, seed: int = 0) -> None:
        """Lose that share of all requests before delivery, and of all answers after it."""
        self._loss = _Loss(before, after, seed)

    async def away(self) -> None:
        """Refuse every connection, until healed."""
        await self._close()

    async def heal(self) -> None:
        """Forget the script, drop what hangs, and listen again."""
        self.rules.clear()
        self._loss = None
        self.healed.set()
        self.healed = asyncio.Event()
        await self._open()

    def strike(self, method: str, chat: int | None) -> AnyFault | None:
        """Return what goes wrong with this request, if anything."""
        for rule in self.rules:
            if rule.matches(method, chat):
                if rule.times is not None:
                    rule.times -= 1
                return rule.fault
        return self._loss.strike(method) if self._loss else None
