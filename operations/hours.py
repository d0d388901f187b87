"""Hours: what a line's own past tells of when its office switches it off and on; nothing is written."""

from datetime import timedelta

from sqlmodel import col, or_, select

from incidents.afterhours import LONGEST, Excuse, expected_off, learn
from incidents.model import Cause, LineState
from incidents.nights import nights
from incidents.span import Span, merged
from incidents.summary import Turn
from operations.desk import Act
from operations.officedays import calendar_over
from operations.vigil import over
from storage import intervals, maintenance, vigils
from storage.tables import Member, Ticket

BY_THE_UNIT = (Cause.POWER, Cause.SWITCHED_OFF)  # silences of these causes tell of the unit's hours


async def habitual(act: Act, channel: int, silence: Span) -> Excuse | None:
    """Return the channel's excuse for a *silence* that lasts up to now; None if it is no habit."""
    routine = act.policies.routine
    asked = Span(silence.start - timedelta(weeks=routine.weeks), silence.start)
    rows = await intervals.of_channel(act.session, channel, asked.start)
    turns = [Turn(channel, row.since, LineState(row.state)) for row in rows if row.since < asked.end]
    if not turns or asked.end - turns[0].since < timedelta(days=routine.least):
        return None
    calendar = await calendar_over(act, Span(asked.start, asked.end + timedelta(days=LONGEST)))
    past = nights(turns, asked, calendar, await _apart(act, channel, asked))
    return expected_off(learn(past, calendar, routine), silence.start, silence.end, calendar)


async def _apart(act: Act, channel: int, asked: Span) -> tuple[Span, ...]:
    """Return the times of *asked* that tell nothing of the office's hours: something else explains them."""
    plan = await maintenance.history(act.session, act.directory, asked)
    kept = over(act, await vigils.within(act.session, asked), channel)
    explained = await _explained(act, channel, asked)
    return merged((*plan.covered(channel, asked), *(vigil.span for vigil in kept), *explained))


async def _explained(act: Act, channel: int, asked: Span) -> list[Span]:
    """Return when tickets held the channel that were of many lines, or not of the unit's own making."""
    left, cause = col(Member.left), col(Ticket.cause)
    elsewhere = cause.is_not(None) & cause.not_in(BY_THE_UNIT)
    rows = await act.session.exec(
        select(Member.joined, Member.left)
        .join(Ticket, col(Ticket.id) == col(Member.incident_id))
        .where(
            Member.channel_id == channel,
            Member.joined < asked.end,
            or_(left.is_(None), left > asked.start),
            or_(col(Ticket.scope).is_not(None), elsewhere),
        )
    )
    return [Span(joined, left or asked.end) for joined, left in rows]
