"""Preferences: a leader chooses what comes and when; each press changes one thing and shows the whole."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answer import Answer
from bot.cards import preferences as card
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from incidents.preferences import Preferences, toggled
from storage import preferences

DAY = 24 * 60  # minutes
_HOUR = re.compile(r"([01]?\d|2[0-3])\s?[:hg]\s?([0-5]\d)?")


async def show(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/tuychon [giờ]: what is chosen, or the hour of the daily summary."""
    found = _HOUR.fullmatch(order.words.strip().lower())
    if order.words and found is None:
        return Answer(reception.voice.say("At which hour? Write for example: /tuychon 06:45"))
    if found is None:
        return await _shown(reception, visitor, lambda chosen: chosen)
    hour = f"{int(found[1]):02}:{int(found[2] or 0):02}"
    return await _shown(reception, visitor, lambda chosen: replace(chosen, summary=True, summary_at=hour))


async def toggle(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on one of the choices."""
    (index,) = order.numbers
    if index >= len(card.CHOICES):
        return Answer(reception.voice.say("That button is no longer in use."))
    name = card.CHOICES[index][0]
    changed = await _shown(reception, visitor, lambda chosen: toggled(chosen, name))
    return replace(changed, replace=True)


async def at_hour(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on an hour."""
    (minutes,) = order.numbers
    if minutes >= DAY:
        return Answer(reception.voice.say("That button is no longer in use."))
    hour = f"{minutes // 60:02}:{minutes % 60:02}"
    changed = await _shown(reception, visitor, lambda chosen: replace(chosen, summary=True, summary_at=hour))
    return replace(changed, replace=True)


async def _shown(
    reception: Reception, visitor: Visitor, change: Callable[[Preferences], Preferences]
) -> Answer:
    """Keep what *change* makes of the visitor's choices, and show it."""
    assert visitor.person.id is not None
    async with reception.desk.act() as act:
        before = await preferences.of(act.session, visitor.person.id)
        after = change(before)
        if after != before:
            await preferences.keep(act.session, visitor.person.id, after)
        return Answer(message=card.preferences(after, act.policies.summary_at, reception.voice))
