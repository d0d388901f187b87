"""The reception: what every handler may use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.answer import Answer
from bot.gate import Visitor
from bot.orders import Order
from incidents.roles import Role
from locales.voice import Voice
from operations.desk import Desk
from operations.probing import Probe


@dataclass(frozen=True, slots=True)
class Reception:
    """A desk, and the probes that can be sent at once."""

    desk: Desk
    probe: Probe
    menu: Callable[[Role], list[tuple[str, str]]]  # a role's commands with their descriptions

    @property
    def voice(self) -> Voice:
        """The language the desk speaks."""
        return self.desk.voice


Handler = Callable[[Reception, Visitor, Order], Awaitable[Answer | None]]
Door = Callable[[Reception, Order], Awaitable[Answer | None]]  # for somebody the gate does not know
