"""Random lives of channels: turns, excuses and windows, by the minute."""

from datetime import timedelta

from hypothesis import strategies as st

from incidents.figures.parts import Share
from incidents.figures.stretches import Excuse, parts, stretches
from incidents.model import LineState
from incidents.span import Span
from incidents.summary import Turn
from tests.incidents.cases import minutes

ASKED = Span(minutes(0), minutes(120))
EXCUSES = [Share.SWITCHED_OFF, Share.PLANNED, Share.POWER, Share.LAN]  # the first that explains it counts


def span(start, end):
    return Span(minutes(start), minutes(end))


def turns_of(*states):
    return [Turn(1, minutes(at), state) for at, state in states]


def excuse(start, end, share):
    return Excuse(span(start, end), share)


def spent(turns, excuses=(), asked=ASKED):
    return parts(stretches(turns, excuses, asked))


def mins(count):
    return timedelta(minutes=count)


moments = st.integers(-60, 180)
lives = st.lists(st.tuples(moments, st.sampled_from(LineState)), max_size=12).map(
    lambda states: turns_of(*sorted(states, key=lambda each: each[0]))
)
excused = st.lists(
    st.builds(
        lambda start, lasts, share: excuse(start, start + lasts, share),
        moments,
        st.integers(1, 90),
        st.sampled_from(EXCUSES),
    ),
    max_size=6,
)
while_on = excused.map(lambda many: [each for each in many if each.share is not Share.SWITCHED_OFF])
