"""Reword: a message that was corrected where it was written is kept as it reads now."""

from datetime import timedelta

from sqlmodel import select

from locales.folding import tidy
from operations.announce import redraw
from operations.desk import Desk
from operations.report import LONGEST
from storage import incidents
from storage.tables import Person, Report

WITHIN = timedelta(minutes=10)  # after which what was reported stands


async def reword(desk: Desk, author: Person, source: str, words: str) -> bool:
    """Keep *words* in the place of those of *author*'s report that came by *source*.

    False: there is no such report, or what it says stands by now.
    """
    async with desk.act() as act:
        report = (await act.session.exec(select(Report).where(Report.source == source))).first()
        if report is None or report.person_id != author.id or act.at - report.at > WITHIN or not words:
            return False
        report.words = tidy(words)[:LONGEST]
        act.session.add(report)
        incident = await incidents.find(act.session, report.incident_id)
        assert incident is not None
        await redraw(act, incident)
        return True
