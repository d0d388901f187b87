"""The field team in chat: each step by command, by a reply to the card, or by button; or the desk for it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from bot.ahead import ahead
from bot.answer import Answer
from bot.cards import job as job_card
from bot.cards import jobs as card
from bot.cards.field_words import refused, said
from bot.cards.message import Message
from bot.causes import cause_in
from bot.gate import DESK, Visitor, may_touch
from bot.handlers.incident import sees, unknown
from bot.orders import Order
from bot.reception import Reception
from incidents.actions import Accept, Action, Arrive, AskHelp, Decline, Depart, Expect, Fix, NameCause
from incidents.actions.field import Ground, Need
from incidents.lifecycle import Refused
from incidents.model import Cause, Incident
from incidents.roles import Role
from operations.contacts import contacts
from operations.desk import Act
from operations.look import incident_view
from operations.respond import respond
from storage import incidents

T = TypeVar("T")
ETAS = (30, 60, 120)  # minutes, of the buttons that accept
_CODED = re.compile(r"\s*#?sc-?(\d{1,9})\b\s*", re.IGNORECASE)
_BARE = re.compile(r"\s*#?(\d{1,9})(?=\s|$)\s*")


@dataclass(frozen=True, slots=True)
class Job:
    """A ticket as the team's that has it: who acts, for which team, whether in its place, saying what."""

    incident: Incident
    by: int
    team: int
    on_behalf: bool
    words: str
    chosen: int | None  # what a button says beside the ticket and the team


async def jobs(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/viec: what the team has to do."""
    async with reception.desk.look() as act:
        mine = await _of_team(act, visitor)
        views = [await incident_view(act, each) for each in mine]
        return Answer(message=card.jobs(views, reception.voice, act.at))


async def accept(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Nhận, đến sau 30'», or /nhanviec SC-0001 [30', 1h, 15:30]."""
    job = await _job(reception, visitor, order)
    if isinstance(job, Answer):
        return job
    now = reception.desk.clock()
    eta = ahead(job.words, now.astimezone(reception.voice.zone)) if job.words else None
    if job.chosen is not None:
        if job.chosen not in ETAS:
            return _stale(reception)
        eta = now + timedelta(minutes=job.chosen)
    if job.words and eta is None:
        return _which_time(reception, order)
    return await _do(reception, order, job, Accept(job.by, job.team, eta, job.on_behalf))


async def expect(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/hengio SC-0001 15:30: when the team expects to be done."""
    job = await _job(reception, visitor, order)
    if isinstance(job, Answer):
        return job
    until = ahead(job.words, reception.desk.clock().astimezone(reception.voice.zone))
    if until is None:
        return _which_time(reception, order)
    return await _do(reception, order, job, Expect(job.by, job.team, until, job.on_behalf))


async def decline(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Từ chối» and the ground, or /tuchoi SC-0001 and why."""
    job = await _job(reception, visitor, order)
    if isinstance(job, Answer):
        return job
    ground = _chosen(tuple(Ground), job)
    if ground is None and not job.words:
        return await _asked(reception, job, card.grounds)
    action = Decline(job.by, job.team, ground or Ground.OTHER, job.words, job.on_behalf)
    return await _do(reception, order, job, action)


async def help_(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Cần hỗ trợ» and with what, or /hotro SC-0001 and what is needed."""
    job = await _job(reception, visitor, order)
    if isinstance(job, Answer):
        return job
    need = _chosen(tuple(Need), job)
    if need is None and not job.words:
        return await _asked(reception, job, card.needs)
    action = AskHelp(job.by, job.team, need or Need.OTHER, job.words, job.on_behalf)
    return await _do(reception, order, job, action)


async def depart(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Đang đến», or /dangdi."""
    return await _plain(reception, visitor, order, lambda job: Depart(job.by, job.team, job.on_behalf))


async def arrive(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Đã đến», or /dennoi."""
    return await _plain(reception, visitor, order, lambda job: Arrive(job.by, job.team, job.on_behalf))


async def cause(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/nguyennhan SC-0001 and what it was; the desk names one of its own accord."""
    job = await _job(reception, visitor, order)
    if isinstance(job, Answer):
        return job
    if not job.words:
        return Answer(reception.voice.say("What was it? Write for example: /nguyennhan SC-0001 đứt cáp"))
    named = cause_in(job.words) or Cause.OTHER
    team = None if visitor.role in DESK else job.team
    return await _do(reception, order, job, NameCause(job.by, team, named, job.words))


async def fix(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Xong: đứt cáp», or /khacphuc SC-0001 and what it was: a claim, until the probes bear it out."""
    job = await _job(reception, visitor, order)
    if isinstance(job, Answer):
        return job
    named = _chosen(job_card.FIXES, job)
    if named is None and not job.words:
        return await _asked(reception, job, card.fixes)
    named = named or cause_in(job.words) or Cause.OTHER
    return await _do(reception, order, job, Fix(job.by, job.team, named, job.words, job.on_behalf))


async def contact(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """«Liên hệ» on the card: whom to call, in private alone."""
    async with reception.desk.look() as act:
        incident = await incidents.find(act.session, order.numbers[0])
        if incident is None or not sees(act, visitor, incident):
            return unknown(reception, order)
        message = card.contacts(await contacts(act, incident.unit), reception.voice)
    if order.private:
        return Answer(message=message, once=True)
    sent = reception.voice.say(
        "It comes to you in private. If not: open @{bot}, press Start, then press here again.", bot=order.bot
    )
    return Answer(sent, message, once=True, privately=True)


async def _plain(
    reception: Reception, visitor: Visitor, order: Order, make: Callable[[Job], Action]
) -> Answer:
    job = await _job(reception, visitor, order)
    return job if isinstance(job, Answer) else await _do(reception, order, job, make(job))


async def _job(reception: Reception, visitor: Visitor, order: Order) -> Job | Answer:
    """Return the job that is meant: the button's, the one named, the card replied to, or the only one."""
    assert visitor.person.id is not None
    async with reception.desk.look() as act:
        number, words = (order.numbers[0], "") if order.tap else named(order)
        mine = await _of_team(act, visitor) if number is None else []
        incident = mine[0] if len(mine) == 1 else None
        if number is not None:
            incident = await incidents.find(act.session, number)
        if incident is None or not _may(act, visitor, incident):
            return unknown(reception, order)
    own = visitor.role is Role.TEAM
    team = (visitor.person.team_id or 0) if own else _holder(incident, order)
    chosen = order.numbers[2] if len(order.numbers) > 2 else None
    return Job(incident, visitor.person.id, team, not own, words, chosen)


def named(order: Order) -> tuple[int | None, str]:
    """Return the ticket and the other words; a bare number is one only where no card is replied to."""
    found = _CODED.match(order.words) or (_BARE.match(order.words) if order.about is None else None)
    if found is None:
        return order.about, order.words
    return int(found[1]), order.words[found.end() :]


def _holder(incident: Incident, order: Order) -> int:
    """Return for which team the desk acts: the button's, which may have lost it since, or whoever has it."""
    if order.tap:
        return order.numbers[1]
    return incident.assignment.team if incident.assignment else 0


async def _of_team(act: Act, visitor: Visitor) -> list[Incident]:
    team = visitor.person.team_id
    live = await incidents.live(act.session)
    return [each for each in live if each.assignment and each.assignment.team == team]


def _may(act: Act, visitor: Visitor, incident: Incident) -> bool:
    """A team that lost the job is told so by the lifecycle."""
    return visitor.role is Role.TEAM or may_touch(act, visitor.person, incident.unit)


def _chosen(choices: tuple[T, ...], job: Job) -> T | None:
    return choices[job.chosen] if job.chosen is not None and job.chosen < len(choices) else None


async def _asked(reception: Reception, job: Job, question: Callable[..., Message]) -> Answer:
    async with reception.desk.look() as act:
        view = await incident_view(act, job.incident)
    return Answer(message=question(view, job.team, reception.voice))


async def _do(reception: Reception, order: Order, job: Job, action: Action) -> Answer:
    result = await respond(reception.desk, job.incident.id, action)
    async with reception.desk.look() as act:
        stands = result.incident if isinstance(result, Refused) else result.after
        view = await incident_view(act, stands)
        if isinstance(result, Refused):
            return Answer(refused(result, reception.voice, on_behalf=job.on_behalf))
        in_place_of = act.directory.teams[job.team].name if job.on_behalf and job.team else None
        told = said(view, action, reception.voice, act.at, in_place_of)
    # a choice gives way to what was chosen; a claim that is belied is said for all to read
    chosen = job.chosen is not None and isinstance(action, Decline | AskHelp)
    belied = isinstance(action, Fix) and bool(stands.silent)
    return Answer(told, Message(told) if chosen or belied else None, replace=chosen)


def _which_time(reception: Reception, order: Order) -> Answer:
    return Answer(
        reception.voice.say(
            "When? Write for example: /{command} SC-0001 15:30, or 30', 2h", command=order.verb
        )
    )


def _stale(reception: Reception) -> Answer:
    return Answer(reception.voice.say("That button is no longer in use."))
