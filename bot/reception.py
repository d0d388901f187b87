"""The reception: what every handler may use."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.answer import Answer
from bot.gate import Visitor
from bot.lately import Lately
from bot.orders import Order
from incidents.roles import Role
from locales.voice import Voice
from operations.desk import Desk
from operations.probing import Probe

COURTESY = timedelta(minutes=10)  # in which one courtesy is returned


@dataclass(frozen=True, slots=True)
class Reception:
    """A desk, and the probes that can be sent at once."""

    desk: Desk
    probe: Probe
    menu: Callable[[Role], list[tuple[str, str]]]  # a role's commands with their descriptions
    handler: "Callable[[str, Role], Handler | None]"  # what a command does, for a role that may give it
    greeted: Lately = field(default_factory=lambda: Lately(COURTESY))

    @property
    def voice(self) -> Voice:
        """The language the desk speaks."""
        return self.desk.voice


Handler = Callable[[Reception, Visitor, Order], Awaitable[Answer | None]]
Door = Callable[[Reception, Order], Awaitable[Answer | None]]  # for somebody the gate does not know
