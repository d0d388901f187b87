"""Handover: a shift is handed over with its open tickets, confirmed by whoever takes it, or told of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from incidents.actions import HandOver
from incidents.model import Incident
from incidents.roles import Role, Room
from operations.announce import Notice, rooms_of, tell
from operations.desk import Act, Desk
from operations.respond import take
from storage import handovers, incidents, people
from storage.letters import Address
from storage.tables import Handover, Person

DESK = frozenset({Role.ONCALL, Role.ADMIN})
LIVES = timedelta(hours=12)  # a hand-over that nobody confirmed is none any more


class NotHandedOver(StrEnum):
    """Why a shift is not handed over."""

    UNKNOWN = "unknown"  # no such hand-over, or nobody of the desk
    ONESELF = "oneself"
    NOT_YOURS = "not_yours"  # another one is to confirm it
    TAKEN = "taken"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Relief:
    """A hand-over with the names of both, and how many tickets went with it once it was confirmed."""

    id: int
    giver: str | None
    taker: str
    at: datetime
    tickets: int = 0


async def hand_over(desk: Desk, giver: int, taker: int) -> Relief | NotHandedOver:
    """Offer the shift of *giver* to *taker*, who is called to confirm it."""
    if giver == taker:
        return NotHandedOver.ONESELF
    async with desk.act() as act:
        person = await act.session.get(Person, taker)
        if person is None or not _of_the_desk(person):
            return NotHandedOver.UNKNOWN
        asked = await handovers.ask(act.session, giver, taker, act.at, giver)
        relief = await _relief(act, asked)
        wheres = [*await rooms_of(act, Room.ONCALL, None), Address(person.telegram_id)]
        await tell(
            act, wheres, Notice("handover", await _told(act, asked, relief)), key=f"handover:{relief.id}"
        )
        return relief


async def ask_for(desk: Desk, giver: int | None, taker: int) -> Relief:
    """Note that *taker* wants the shift of *giver*, and is yet to confirm it."""
    async with desk.act() as act:
        return await _relief(act, await handovers.ask(act.session, giver, taker, act.at, taker))


async def confirm(desk: Desk, number: int, by: int) -> Relief | tuple[NotHandedOver, Relief | None]:
    """Take the shift over with every ticket that the giver still has; doing it twice is doing it once."""
    async with desk.act() as act:
        asked = await act.session.get(Handover, number)
        if asked is None:
            return NotHandedOver.UNKNOWN, None
        relief = await _relief(act, asked)
        if asked.settled is not None:
            taken = asked.outcome == handovers.CONFIRMED
            if taken and asked.taker_id == by:
                return relief
            return (NotHandedOver.TAKEN if taken else NotHandedOver.OVER), relief
        if asked.taker_id != by:
            return NotHandedOver.NOT_YOURS, relief
        return await _take_over(act, asked)


async def withdraw(desk: Desk, number: int, by: int) -> Relief | tuple[NotHandedOver, Relief | None]:
    """Take a hand-over back that nobody has confirmed yet: whoever offers it, or asked for it, may."""
    async with desk.act() as act:
        asked = await act.session.get(Handover, number)
        if asked is None:
            return NotHandedOver.UNKNOWN, None
        relief = await _relief(act, asked)
        if asked.outcome == handovers.CONFIRMED:
            return NotHandedOver.TAKEN, relief
        if by not in (asked.giver_id, asked.asked_by):
            return NotHandedOver.NOT_YOURS, relief
        if asked.settled is None:
            await handovers.settle(act.session, asked, act.at, handovers.WITHDRAWN)
        return relief


async def chase(desk: Desk, at: datetime) -> None:
    """Tell both and the leaders of each hand-over that nobody has confirmed in time; let go of old ones."""
    async with desk.look(at) as act:
        if not any(_late(act, each) for each in await handovers.open_(act.session)):
            return
    async with desk.act(at) as act:
        for each in await handovers.open_(act.session):
            if each.asked <= act.at - LIVES:
                await handovers.settle(act.session, each, act.at, handovers.EXPIRED)
            elif _late(act, each):
                await _ring(act, each)


def handed(live: list[Incident], giver: int | None) -> list[Incident]:
    """Return which of the *live* tickets a hand-over is about: the giver's, then those that nobody took."""
    own = [each for each in live if giver is not None and each.owner == giver]
    return [*own, *(each for each in live if each.owner is None)]


async def wheres_of_leaders(act: Act) -> list[Address]:
    """Return where the leaders are told what concerns the desk itself."""
    leaders = await people.with_role(act.session, Role.LEADER)
    rooms = await rooms_of(act, Room.LEADERS, None)
    return [*rooms, *(Address(each.telegram_id) for each in leaders)]


def _late(act: Act, asked: Handover) -> bool:
    return asked.asked <= act.at - (act.policies.handover if asked.rung is None else LIVES)


async def _take_over(act: Act, asked: Handover) -> Relief:
    await handovers.settle(act.session, asked, act.at, handovers.CONFIRMED)
    moved = 0
    for incident in await incidents.live(act.session):
        if asked.giver_id is not None and incident.owner == asked.giver_id:
            await take(act, incident, HandOver(asked.taker_id, asked.giver_id))
            moved += 1
    relief = await _relief(act, asked, moved)
    names = await people.by_ids(act.session, [each for each in (asked.giver_id,) if each is not None])
    wheres = [
        *await rooms_of(act, Room.ONCALL, None),
        *(Address(each.telegram_id) for each in names.values()),
    ]
    data = {"giver": relief.giver, "taker": relief.taker, "tickets": moved}
    await tell(act, wheres, Notice("taken_over", data), key=f"taken_over:{relief.id}")
    return relief


async def _ring(act: Act, asked: Handover) -> None:
    await handovers.ring(act.session, asked, act.at)
    both = [each for each in (asked.giver_id, asked.taker_id) if each is not None]
    names = await people.by_ids(act.session, both)
    wheres = [Address(each.telegram_id) for each in names.values()] + await wheres_of_leaders(act)
    relief = await _relief(act, asked)
    notice = Notice("unconfirmed", await _told(act, asked, relief))
    await tell(act, wheres, notice, key=f"unconfirmed:{relief.id}")


async def _relief(act: Act, asked: Handover, tickets: int = 0) -> Relief:
    both = [each for each in (asked.giver_id, asked.taker_id) if each is not None]
    names = await people.by_ids(act.session, both)
    giver = names[asked.giver_id].name if asked.giver_id is not None else None
    assert asked.id is not None
    return Relief(asked.id, giver, names[asked.taker_id].name, asked.settled or asked.asked, tickets)


async def _told(act: Act, asked: Handover, relief: Relief) -> dict[str, object]:
    about = handed(await incidents.live(act.session), asked.giver_id)
    return {
        "id": relief.id,
        "giver": relief.giver,
        "taker": relief.taker,
        "giver_id": asked.giver_id,
        "at": asked.asked.isoformat(),
        "incidents": [each.id for each in about],
    }


def _of_the_desk(person: Person) -> bool:
    return person.locked_at is None and person.role in DESK
