import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.habit import Habit, expect
from incidents.outcome import OURS, Observation, Outcome, Reason
from incidents.policy import Detection
from incidents.verdict import NEVER, Belief, Standing, ended, hear, renew, rest

# Probed by the second and nowhere lossy: a silence is proven as soon as it is long enough.
RULE = Detection(guard=6, replies=3, bad_loss=0.01, bursts=0.1, confidence=0.9)
EXPECTED = expect(RULE, Habit(0.0), Habit(0.0))
LOSSY = Detection(guard=6)


def answer(sent, took=0.02):
    return Observation(1, Outcome(Reason.REPLY, took), sent, sent + took)


def miss(sent, reason=Reason.TIMEOUT):
    return Observation(1, Outcome(reason), sent, sent + 1)


def after(*observations, belief=None, rule=RULE):
    belief = belief or Belief()
    for observation in observations:
        belief = hear(belief, observation, expect(rule, Habit(0.0), Habit(0.0)), rule)
    return belief


DOWN = after(*map(miss, range(8)))


@pytest.mark.parametrize(
    ("observations", "standing"),
    [
        ([], Standing.NEW),
        ([answer(0)], Standing.UP),
        ([miss(0)], Standing.SUSPECT),
        ([answer(0), miss(1)], Standing.SUSPECT),
        ([answer(0), miss(1), answer(2)], Standing.UP),
        ([miss(0), miss(1), miss(2), miss(3), miss(4)], Standing.SUSPECT),  # not long enough
        ([miss(0), miss(5)], Standing.SUSPECT),  # not often enough
        (list(map(miss, range(6))), Standing.DOWN),
    ],
)
def test_a_silence_is_an_outage_when_it_is_long_and_sure(observations, standing):
    assert after(*observations).standing is standing


def test_the_more_a_line_is_known_to_lose_the_more_losses_it_takes():
    def losses(bad_loss):
        rule = Detection(guard=0, bad_loss=bad_loss)
        belief, count = after(answer(0), rule=rule), 0
        while belief.standing is not Standing.DOWN:
            count += 1
            belief = after(miss(count * 0.2), belief=belief, rule=rule)
        return count

    assert losses(0.2) < losses(0.45) < losses(0.8)


def test_a_bad_spell_of_just_before_makes_an_outage_less_sure():
    lossy = after(*(each(t) for t in range(0, 20, 2) for each in (answer, lambda t: miss(t + 1))), rule=LOSSY)
    calm = after(*map(answer, range(20)), rule=LOSSY)
    misses = [miss(20 + k * 0.2) for k in range(15)]
    assert after(*misses, belief=lossy, rule=LOSSY).sure < after(*misses, belief=calm, rule=LOSSY).sure


@pytest.mark.parametrize(
    ("observations", "standing"),
    [
        ([answer(10)], Standing.RETURNING),
        ([answer(10), answer(11)], Standing.RETURNING),
        ([answer(10), answer(11), answer(12)], Standing.UP),
        ([answer(10), answer(11), miss(12)], Standing.DOWN),
        ([answer(10), miss(11), answer(12), answer(13)], Standing.RETURNING),
    ],
)
def test_an_outage_ends_by_answers_in_a_row(observations, standing):
    assert after(*observations, belief=DOWN).standing is standing


@pytest.mark.parametrize("reason", sorted(set(Reason) - OURS - {Reason.REPLY}))
def test_every_named_silence_counts_as_one(reason):
    assert after(miss(0, reason)).standing is Standing.SUSPECT


def test_the_silence_began_with_the_first_probe_that_was_lost():
    assert DOWN.silent_since == 0


def test_the_return_began_with_the_first_probe_that_was_answered():
    assert after(answer(10), answer(11), answer(12), belief=DOWN).returned == 10


def test_a_silence_that_ended_is_told_with_its_length():
    before = after(answer(0), miss(5), miss(6))
    silence = ended(before, after(answer(7), belief=before))
    assert (silence.at, silence.seconds, silence.misses) == (7, 2, 2)


def test_an_answer_while_all_is_well_ends_no_silence():
    assert ended(after(answer(0)), after(answer(0), answer(1))) is None


def test_a_late_silence_does_not_undo_a_later_answer():
    up = after(answer(0.5))
    assert hear(up, miss(0), EXPECTED, RULE) is up


def test_a_late_silence_does_not_undo_a_return():
    back = after(answer(10.5), miss(10.0), answer(11), answer(11.5), belief=DOWN)
    assert back.standing is Standing.UP


def test_an_answer_that_comes_twice_counts_once():
    assert after(answer(10), answer(10), answer(10), belief=DOWN).standing is Standing.RETURNING


def test_an_answer_from_before_the_silence_ends_nothing():
    assert after(miss(5), answer(4)).standing is Standing.SUSPECT


def test_no_outage_is_declared_before_the_hold():
    held = renew(DOWN, 20, hold=40)
    assert after(*map(miss, range(20, 39)), belief=held).standing is Standing.SUSPECT
    assert after(*map(miss, range(20, 40)), belief=held).standing is Standing.DOWN


def test_silences_from_before_the_renewal_do_not_count():
    held = renew(DOWN, 20, hold=21)
    assert hear(held, miss(19.9), EXPECTED, RULE) is held


def test_a_line_that_answers_is_not_renewed():
    up = after(answer(0))
    assert renew(up, 20, 40) == up


def test_a_line_never_heard_of_is_held_but_not_suspected():
    assert renew(Belief(), 20, 40) == Belief(hold=40)


SENT = st.floats(0, 100)
KNOWN = st.builds(answer, SENT) | st.builds(miss, SENT)
ANY = KNOWN | st.builds(miss, SENT, st.sampled_from(sorted(OURS)))


@given(st.lists(KNOWN, max_size=40), st.sampled_from(sorted(OURS)), SENT)
def test_a_fault_of_our_own_changes_nothing(observations, reason, sent):
    belief = after(*observations)
    assert hear(belief, miss(sent, reason), EXPECTED, RULE) is belief


@given(st.lists(ANY, max_size=60))
def test_silence_is_never_success(observations):
    belief = Belief()
    for observation in observations:
        was, belief = belief, after(observation, belief=belief)
        if belief.standing is Standing.UP and was.standing is not Standing.UP:
            assert observation.outcome.answered


@given(st.lists(ANY, max_size=60))
def test_an_outage_needs_the_guard_and_the_certainty(observations):
    belief = Belief()
    for observation in sorted(observations, key=lambda each: each.heard):
        was, belief = belief, after(observation, belief=belief)
        if belief.standing is Standing.DOWN and was.standing is Standing.SUSPECT:
            assert belief.sure >= RULE.confidence
            assert observation.heard - belief.silent_since >= RULE.guard


@given(st.lists(ANY, max_size=60))
def test_the_last_answer_is_never_forgotten(observations):
    belief, latest = Belief(), NEVER
    for observation in observations:
        belief = after(observation, belief=belief)
        assert belief.replied >= latest
        latest = belief.replied


@given(st.lists(st.booleans(), max_size=15), st.integers(1, 2000), st.floats(0.1, 60))
def test_many_answers_at_once_are_as_many_steps(past, replies, spacing):
    begun = after(answer(0), *((answer if good else miss)(1 + t) for t, good in enumerate(past)), rule=LOSSY)
    begun = after(*map(answer, range(20, 24)), belief=begun, rule=LOSSY)
    at_once = rest(begun, replies, 23 + replies * spacing)
    one_by_one = after(*(answer(23 + (k + 1) * spacing) for k in range(replies)), belief=begun, rule=LOSSY)
    assert at_once._replace(replied=one_by_one.replied) == one_by_one
    assert at_once.replied == pytest.approx(one_by_one.replied)
