"""What a cause is called in a report: a confirmed one, announced work, or that nobody has confirmed any."""

from bot.cards import words
from locales.marker import N_
from operations.without import PLANNED

CAUSE: dict[str | None, str] = dict[str | None, str](words.CAUSE.items()) | {
    PLANNED: N_("planned work"),
    None: N_("the cause not yet known"),
}
