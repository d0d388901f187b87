from dataclasses import replace
from datetime import timedelta

import pytest

from incidents.actions import Dispute, Reopen
from incidents.hearing import heard
from incidents.model import Status
from incidents.wide import Scope, Wide
from tests.incidents.cases import incident, minutes

UNIT, LINES, WINDOW, AT = 7, (1,), timedelta(minutes=30), minutes(40)
WIDE = Wide(Scope.AREA, 3, 9)
OPEN = incident((1, 0))
BACK = incident((1, 0, 4), recovered=minutes(4))
CLOSED = replace(BACK, status=Status.CLOSED, closed=minutes(10))


@pytest.mark.parametrize(
    ("known", "word"),
    [
        (OPEN, Dispute),
        (BACK, Dispute),
        (incident(), Dispute),
        (replace(OPEN, unit=8), Dispute),  # an uplink's, which holds the unit's line
        (replace(BACK, unit=8), None),  # the line is back: what is missed is the unit's own
        (replace(OPEN, wide=WIDE), Dispute),
        (incident((1, 0, 4), (2, 0), wide=WIDE), None),
        (CLOSED, Reopen),
        (replace(CLOSED, closed=minutes(9)), None),  # longer ago than the window
        (replace(CLOSED, unit=8), None),
        (replace(CLOSED, wide=WIDE), None),
        (replace(CLOSED, recovered=None, parent=9), None),  # a part of another
    ],
)
def test_what_still_does_not_work_goes_to_its_own_ticket_or_is_a_report(known, word):
    assert heard(known, UNIT, LINES, AT, WINDOW) is word
