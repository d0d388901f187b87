"""The journal: who did what, by person, ticket and day, a page at a time."""

import re
from collections.abc import Sequence
from datetime import date

from bot.answer import Answer
from bot.cards import journal as card
from bot.gate import Visitor
from bot.handlers.named import named
from bot.orders import Order
from bot.reception import Reception
from incidents.model import code
from locales.folding import fold
from operations.desk import Act
from operations.journal import Entry, Filter, entries
from storage import people
from storage.tables import Person

PAGE = 12
DAYS = range(date(2000, 1, 1).toordinal(), date(2100, 1, 1).toordinal())
_TICKET = re.compile(r"\bsc-?(\d{1,9})\b")
_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?\b")


async def command(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/nhatky [người] [SC-0001] [24/11]: what was done last, the newest first."""
    async with reception.desk.look() as act:
        wanted = _filter(await people.all_(act.session), order.words, act.at.astimezone(act.zone).date())
        if wanted is None:
            return Answer(reception.voice.say("Nobody is called “{name}” here.", name=order.words))
        if order.about is not None and wanted == Filter():
            wanted = Filter(incident=order.about)
        return await _page(reception, act, wanted, 0)


async def turn(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """A tap on «Cũ hơn» or «Mới hơn»."""
    page, person, incident, day = order.numbers
    if day and day not in DAYS:
        return Answer(reception.voice.say("That button is no longer in use."))
    wanted = Filter(person or None, incident or None, date.fromordinal(day) if day else None)
    async with reception.desk.look() as act:
        shown = await _page(reception, act, wanted, page)
        return Answer(message=shown.message, replace=True)


async def _page(reception: Reception, act: Act, wanted: Filter, page: int) -> Answer:
    found, more = await entries(act, wanted, page, PAGE)
    names = await people.by_ids(act.session, {each for row in found for each in (row.by, row.about) if each})
    if wanted.person is not None and wanted.person not in names:
        names |= await people.by_ids(act.session, [wanted.person])
    query = (wanted.person or 0, wanted.incident or 0, wanted.day.toordinal() if wanted.day else 0)
    message = card.journal(
        [_named(act, names, each) for each in found],
        _heading(reception, names, wanted),
        page,
        more=more,
        query=query,
        voice=reception.voice,
        now=act.at,
    )
    return Answer(message=message)


def _named(act: Act, names: dict[int, Person], entry: Entry) -> card.Line:
    by, about = names.get(entry.by or 0), names.get(entry.about or 0)
    unit = act.directory.units.get(entry.unit or 0)
    return card.Line(
        entry, by.name if by else None, about.name if about else None, unit.name if unit else None
    )


def _heading(reception: Reception, names: dict[int, Person], wanted: Filter) -> str:
    person = names.get(wanted.person or 0)
    parts = [
        person.name if person else None,
        code(wanted.incident) if wanted.incident else None,
        f"{wanted.day:%d/%m/%Y}" if wanted.day else None,
    ]
    return ", ".join(each for each in parts if each) or reception.voice.plain("everybody")


def _filter(known: Sequence[Person], words: str, today: date) -> Filter | None:
    """Return what is asked for; None where a name is nobody's."""
    plain = fold(words)
    ticket, day = _TICKET.search(plain), _DAY.search(plain)
    name = _DAY.sub(" ", _TICKET.sub(" ", plain)).replace("hom nay", " ").strip()
    person: int | None = None
    if name:
        _, found = named(name, [(each.name, each) for each in known])
        if not found:
            return None
        person = found[0].id
    on = today if "hom nay" in plain else None
    if day is not None:
        try:
            on = date(int(day[3] or today.year), int(day[2]), int(day[1]))
        except ValueError:
            return None
        if on.toordinal() not in DAYS:
            return None
    return Filter(person, int(ticket[1]) if ticket else None, on)
