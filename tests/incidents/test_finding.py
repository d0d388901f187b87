import pytest

from incidents.finding import LOSSY, Finding, find, lately
from incidents.outcome import Outcome, Reason

YES, NO, OURS = Outcome(Reason.REPLY, 0.02), Outcome(Reason.TIMEOUT), Outcome(Reason.SEND_FAILED)


@pytest.mark.parametrize(
    ("own", "uplink", "finding"),
    [
        ([[YES, YES, YES]], [], Finding.LINE_GOOD),
        ([[YES, NO, YES]], [], Finding.LINE_BAD),
        ([[NO, NO, NO]], [], Finding.LINE_DOWN),
        ([[NO, NO, NO]], [[YES, NO, NO]], Finding.LINE_DOWN),
        ([[NO, NO, NO]], [[NO, NO, NO]], Finding.UPLINK_DOWN),
        ([[NO, NO, NO]], [[NO, NO], [YES]], Finding.LINE_DOWN),  # one of two uplinks lives
        ([[NO, NO, NO], [YES, YES]], [], Finding.LINE_GOOD),  # another series answers for it
        ([[YES, OURS, OURS]], [], Finding.LINE_GOOD),
        ([[NO, OURS]], [[OURS]], Finding.LINE_DOWN),
        ([[OURS, OURS]], [[NO]], Finding.UNSEEN),
        ([[]], [], Finding.UNSEEN),
        ([], [], Finding.UNSEEN),
    ],
)
def test_the_probes_of_that_moment_say_where_to_look(own, uplink, finding):
    assert find([dict(enumerate(own))], dict(enumerate(uplink))) is finding


@pytest.mark.parametrize(
    ("channels", "finding"),
    [
        ([[YES, YES], [YES, YES]], Finding.LINE_GOOD),
        ([[NO, NO], [YES, YES]], Finding.CARRIED),
        ([[NO, NO], [YES, NO]], Finding.LINE_BAD),
        ([[YES, NO], [YES, YES]], Finding.LINE_BAD),
        ([[NO, NO], [NO, NO]], Finding.LINE_DOWN),
        ([[OURS], [YES]], Finding.LINE_GOOD),
    ],
)
def test_a_unit_of_several_channels_is_carried_by_the_one_that_lives(channels, finding):
    assert find([{index: outcomes} for index, outcomes in enumerate(channels)], {}) is finding


@pytest.mark.parametrize(
    ("found", "loss", "troubled", "finding"),
    [
        (Finding.LINE_GOOD, 0.0, False, Finding.LINE_GOOD),
        (Finding.LINE_GOOD, LOSSY, False, Finding.LINE_BAD),
        (Finding.LINE_GOOD, 0.0, True, Finding.LINE_BAD),
        (Finding.LINE_DOWN, 1.0, True, Finding.LINE_DOWN),
        (Finding.UNSEEN, 1.0, False, Finding.UNSEEN),
    ],
)
def test_a_line_that_answers_now_but_was_bad_of_late_is_not_good(found, loss, troubled, finding):
    assert lately(found, loss, troubled=troubled) is finding
