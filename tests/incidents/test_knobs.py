import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.knobs import MEANING
from incidents.knobs import KNOBS, Kind, Knob, is_safe, replaced, shown, typed
from incidents.policy import Policies
from operations.tune import value_of

SPAN = next(knob for knob in KNOBS if knob.kind is Kind.SPAN)
BY_KIND = {kind: next(knob for knob in KNOBS if knob.kind is kind) for kind in Kind}


@pytest.mark.parametrize("knob", KNOBS, ids=lambda knob: knob.name)
def test_every_knob_is_in_the_policies_and_its_default_is_safe(knob: Knob) -> None:
    value = value_of(knob, Policies())
    assert is_safe(knob, value)
    assert typed(knob, shown(knob, value)) == value


def test_names_are_one_knobs_each_and_each_has_a_meaning() -> None:
    names = [knob.name for knob in KNOBS]
    assert len(set(names)) == len(names)
    assert set(MEANING) == set(names)


@given(st.sampled_from(KNOBS), st.data())
def test_what_is_shown_of_a_safe_value_can_be_typed(knob: Knob, data: st.DataObject) -> None:
    value = data.draw(st.integers(knob.least, knob.most))
    assert typed(knob, shown(knob, value)) == value


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        (Kind.SPAN, "15m", 900_000),
        (Kind.SPAN, "1 gio 30 phut", 5_400_000),
        (Kind.SPAN, "5,05s", 5_050),
        (Kind.SPAN, "2 ngay", 172_800_000),
        (Kind.SHARE, "60%", 600),
        (Kind.SHARE, "1,5%", 15),
        (Kind.HOUR, "6h45", 405),
        (Kind.HOUR, "07:30", 450),
        (Kind.COUNT, "12", 12),
    ],
)
def test_a_value_is_read_as_people_write_it(kind: Kind, said: str, value: int) -> None:
    assert typed(BY_KIND[kind], said) == value


@given(st.sampled_from(KNOBS), st.text(max_size=20))
def test_anything_else_is_no_value_and_never_a_fault(knob: Knob, said: str) -> None:
    value = typed(knob, said)
    assert value is None or value >= 0


@pytest.mark.parametrize("said", ["", "15", "m15", "15m!", "-5m", "25:00", "0x5", "1e9%"])
def test_a_span_needs_its_unit(said: str) -> None:
    assert typed(SPAN, said) is None


def test_a_value_is_replaced_where_the_path_leads_and_nowhere_else() -> None:
    before = {"a": [{"b": 1}, {"b": 2}], "c": 3}
    assert replaced(before, ("a", -1, "b"), 9) == {"a": [{"b": 1}, {"b": 9}], "c": 3}
    assert before == {"a": [{"b": 1}, {"b": 2}], "c": 3}
