import json
from dataclasses import replace
from datetime import timedelta

from incidents.model import Cause
from incidents.objection import Objection, Proposal
from incidents.owed import Breach, Owed
from incidents.pause import Hindrance, Obstacle
from storage.ticket_clock import read, written
from tests.incidents.cases import incident, minutes

BARE = incident()
FULL = replace(
    BARE,
    spent=((1, timedelta(minutes=9)), (12, timedelta(hours=1))),
    warned=minutes(3),
    breaches=(Breach(Owed.ASSIGN, minutes(4)), Breach(Owed.RESTORE, minutes(5), 12)),
    hindrance=Hindrance(1, Obstacle.STORM, "bão", minutes(6), timedelta(minutes=2), 3, minutes(7)),
    objection=Objection(2, 12, "sai giờ", minutes(8), Proposal(1, 30, Cause.POWER)),
)


def test_what_a_ticket_keeps_of_its_clock_comes_back():
    for known in (BARE, FULL, replace(FULL, objection=replace(FULL.objection, proposal=None))):
        assert replace(BARE, **read(json.loads(json.dumps(written(known))))) == known


def test_of_what_there_is_not_nothing_is_kept():
    assert written(BARE) == {}
