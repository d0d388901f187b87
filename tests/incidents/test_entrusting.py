import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.entrusting import Charge, Unfit, entrust
from incidents.roles import Role

charges = st.builds(
    Charge,
    role=st.sampled_from(Role),
    units=st.frozensets(st.integers(1, 3), max_size=2),
    team=st.none() | st.integers(1, 2),
)
OFFICER = Charge(Role.OFFICER, frozenset({1}))


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (Charge(Role.OFFICER), Unfit.NO_UNIT),
        (Charge(Role.TEAM), Unfit.NO_TEAM),
        (OFFICER, Unfit.SAME),
    ],
)
def test_a_charge_without_its_place_or_without_news_is_not_given(after, why):
    assert entrust(OFFICER, after) is why


@given(charges, charges)
def test_what_is_given_is_what_was_asked_and_has_its_place(before, after):
    given_ = entrust(before, after)
    if isinstance(given_, Charge):
        assert given_ == after != before
        assert given_.units or given_.role is not Role.OFFICER
        assert given_.team is not None or given_.role is not Role.TEAM


@given(charges, charges)
def test_nobody_gives_oneself_a_charge_and_who_is_locked_is_given_none(before, after):
    assert entrust(before, after, oneself=True) is Unfit.ONESELF
    assert entrust(before, after, locked=True) is Unfit.LOCKED
