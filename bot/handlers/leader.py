"""Leaders: the report of now, of a week, of a month, and who fails again and again."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answer import Answer
from bot.cards import period as card
from bot.cards import picture
from bot.cards.message import Message
from bot.cards.summary import summary
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from incidents.figures.periods import Period, around, before
from incidents.span import Span
from operations import period as figures
from operations.daily import daily, written
from operations.picture import Wanted

OFTEN_DAYS = 30
_DATE = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")


async def report(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/baocao: the morning's letter as it would be now, with what one may ask for from there."""
    async with reception.desk.look() as act:
        scope = visitor.person.unit_id
        told = summary({"daily": written(await daily(act, scope))}, reception.voice, act.at)
        buttons = picture.buttons(Wanted("telephone", scope, act.at), reception.voice, drawn=False)
        return Answer(message=Message(told.text, buttons))


async def week(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/baocaotuan [ngày/tháng/năm]: the last week that is over, or the one with that day in it."""
    return await _period(reception, visitor, order, Period.WEEK)


async def month(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/baocaothang [tháng/năm]: the last month that is over, or that one."""
    return await _period(reception, visitor, order, Period.MONTH)


async def often(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/hayloi: who failed again and again in the last 30 days."""
    async with reception.desk.look() as act:
        span = Span(act.at - timedelta(days=OFTEN_DAYS), act.at)
        found = await figures.often(act, span, visitor.person.unit_id)
        return Answer(message=card.often(found, OFTEN_DAYS, reception.voice))


async def _period(reception: Reception, visitor: Visitor, order: Order, kind: Period) -> Answer:
    async with reception.desk.look() as act:
        span = meant(order.words, kind, act.at, act.zone)
        if span is None:
            said = reception.voice.say("That is no day or month that has begun: write it like 11/2025.")
            return Answer(said)
        told = await figures.period(act, span, visitor.person.unit_id)
        return Answer(message=card.period(told, kind, reception.voice))


def meant(words: str, kind: Period, at: datetime, zone: ZoneInfo) -> Span | None:
    """Return the period that *words* name, the last whole one where there are none; None for no such day."""
    if not words.strip():
        return before(kind, at, zone)
    found = _DATE.fullmatch(words.strip())
    if found is None:
        return None
    try:
        day, number, year = (int(each or 1) for each in found.groups())
        span = around(kind, date(year, number, day), zone)
    except (ValueError, OverflowError):
        return None
    return span if span.start < at else None
