"""What a handler gives back: a sentence for the finger or the reply, a message, or both."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.cards.message import Message


@dataclass(frozen=True, slots=True)
class Answer:
    """*said* is shown where the finger is, or as the reply to a typed command; *message* is posted.

    *replace*: the message takes the place of the one that was tapped. *once*: it holds a secret, which the
    outbox forgets as soon as it was delivered. *kept*: words that its buttons need. *menu_of*: whose
    commands are others from now on. *privately*: the message goes to whoever asked alone.
    """

    said: Markup | None = None
    message: Message | None = None
    replace: bool = False
    once: bool = False
    kept: str | None = None
    menu_of: int | None = None
    privately: bool = False
