"""Causes, as a team types them."""

import pytest

from bot.causes import NAMES, cause_in
from incidents.model import Cause


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("đứt cáp do xe kéo", Cause.FIBRE_CUT),
        ("MẤT ĐIỆN cả xã", Cause.POWER),
        ("sét đánh hỏng converter", Cause.LIGHTNING),
        ("thi công đường làm đứt cáp", Cause.WORKS),
        ("hỏng thiết bị", Cause.DEVICE),
        ("đơn vị tắt nguồn", Cause.SWITCHED_OFF),
        ("khác", Cause.OTHER),
        ("xét lại", None),  # no lightning in it
        ("", None),
    ],
)
def test_the_first_cause_of_the_table_that_is_named_counts(words: str, cause: Cause | None) -> None:
    assert cause_in(words) is cause


def test_every_cause_can_be_named() -> None:
    assert set(NAMES) == set(Cause)
    assert all(cause_in(name) is cause for cause, names in NAMES.items() for name in names)
