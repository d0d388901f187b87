"""The buttons under the answer to a report: what power there is, and which line is meant."""

from markupsafe import Markup

from bot.answer import Answer
from bot.cards import words
from bot.cards.reply import CHOICES
from bot.envelope import seal
from bot.gate import Visitor, may_touch
from bot.orders import Order
from bot.reception import Reception
from incidents.lifecycle import Refused
from incidents.model import code
from incidents.refusal import Refusal
from incidents.said import Power
from operations.pinpoint import pinpoint
from operations.power import say_power
from storage import incidents, letters


async def power(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Điện lưới», «Máy nổ/UPS», «Mất điện»: a later answer of the unit takes the place of an earlier one."""
    number, unit, choice = order.numbers
    async with reception.desk.look() as act:
        known = await incidents.find(act.session, number) is not None and choice < len(CHOICES)
        if not known or unit not in act.directory.units or not may_touch(act, visitor.person, unit):
            return _foreign(reception)
    result = await say_power(reception.desk, visitor.person, number, unit, CHOICES[choice])
    if isinstance(result, Refused) and result.refusal is not Refusal.NOTHING_NEW:
        return Answer(reception.voice.say(words.REFUSAL[result.refusal], code=code(result.incident.id)))
    return await _redrawn(reception, order, _thanks(reception, CHOICES[choice]))


async def line(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """One of the unit's channels: the report is of that one."""
    (channel,) = order.numbers
    async with reception.desk.look() as act:
        known = act.directory.channels.get(channel)
        if known is None or not may_touch(act, visitor.person, known.unit_id):
            return _foreign(reception)
    if not await pinpoint(reception.desk, order.where, order.message or 0, channel):
        return _foreign(reception)
    said = reception.voice.say("Recorded: channel {channel}.", channel=known.code)
    return await _redrawn(reception, order, said)


def _thanks(reception: Reception, power: Power) -> Markup:
    voice = reception.voice
    if power is not Power.OUT:
        return voice.say("Recorded: {power}.", power=voice.say(words.POWER[power]))
    grid = voice.plain(words.POWER_BUTTON[Power.GRID])
    return voice.say("Recorded: no power. Once it is back, please press “{button}”.", button=grid)


async def _redrawn(reception: Reception, order: Order, said: Markup) -> Answer:
    """Answer the finger, and show the answer with what was chosen."""
    async with reception.desk.look() as act:
        asked = await letters.message(act.session, order.where, order.message or 0)
        if asked is None or asked.kind != "notice":
            return Answer(said)
        return Answer(said, (await seal(act, reception.voice, asked)).message, replace=True)


def _foreign(reception: Reception) -> Answer:
    return Answer(reception.voice.say("There is no such ticket among yours."))
