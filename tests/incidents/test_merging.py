"""Which tickets may be made one."""

from dataclasses import replace

import pytest

from incidents.merging import unfit
from incidents.model import Status
from incidents.refusal import Refusal
from tests.incidents.cases import incident, minutes

ONE, TWO, THREE = (replace(incident((each, 0)), id=each) for each in (1, 2, 3))
CLOSED = replace(TWO, status=Status.CLOSED, closed=minutes(4), recovered=minutes(3))


@pytest.mark.parametrize(
    ("target", "parts", "above", "why"),
    [
        (ONE, [TWO, THREE], (), {}),
        (ONE, [CLOSED, THREE], (), {2: Refusal.CLOSED}),
        (CLOSED, [ONE], (), {2: Refusal.CLOSED}),
        (ONE, [replace(TWO, security=True)], (), {2: Refusal.NO_LINE}),
        (replace(ONE, parent=2), [TWO], (2,), {2: Refusal.CYCLE}),
        (TWO, [replace(ONE, parent=2)], (), {}),  # back into what it came out of
        (replace(ONE, parent=3), [CLOSED, THREE], (3,), {2: Refusal.CLOSED, 3: Refusal.CYCLE}),
    ],
)
def test_what_may_not_be_made_one_is_named(target, parts, above, why):
    assert unfit(target, parts, above) == why
