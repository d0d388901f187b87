"""Lapse: cards lose the button that takes an act back once that can no longer be."""

from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from incidents.undoing import UNDOABLE
from operations.announce import redraw
from operations.desk import Act, Desk
from storage import incidents
from storage.tables import Timeline

LATELY = 1000  # steps; what is older has been drawn without it long ago
AGAIN = timedelta(seconds=90)  # a card is drawn anew for so long, should a run be late


async def lapse(desk: Desk) -> None:
    """Have the cards drawn anew whose last act can no longer be taken back since just now."""
    async with desk.look() as act:
        lapsed = await _lapsed(act)
    if lapsed:
        async with desk.act() as act:
            for number in lapsed:
                incident = await incidents.find(act.session, number)
                assert incident is not None
                await redraw(act, incident)


async def _lapsed(act: Act) -> list[int]:
    until = act.at - act.policies.undo_within
    newest = select(func.max(Timeline.id)).scalar_subquery()
    rows = await act.session.exec(
        select(Timeline.incident_id)
        .where(
            col(Timeline.id) > newest - LATELY,
            col(Timeline.action).in_(UNDOABLE),
            col(Timeline.person_id).is_not(None),
            Timeline.at < until,
            Timeline.at >= until - AGAIN,
        )
        .distinct()
    )
    return sorted(rows.all())
