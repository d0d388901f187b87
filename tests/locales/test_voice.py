from datetime import UTC, datetime, timedelta

import pytest
from markupsafe import Markup

from locales.voice import Voice

VI = Voice.of("vi", "Asia/Ho_Chi_Minh")
EN = Voice.of("en_US", "Asia/Ho_Chi_Minh")
EVENING = datetime(2025, 11, 24, 17, 42, tzinfo=UTC)  # 00:42 of the 25th there


@pytest.mark.parametrize(
    ("span", "vietnamese", "english"),
    [
        (timedelta(seconds=-5), "dưới 1 phút", "under 1 minute"),
        (timedelta(seconds=59), "dưới 1 phút", "under 1 minute"),
        (timedelta(minutes=1, seconds=59), "1 phút", "1 minute"),
        (timedelta(minutes=85), "1 giờ 25 phút", "1 hour 25 minutes"),
        (timedelta(hours=4), "4 giờ", "4 hours"),
        (timedelta(days=2, hours=3, minutes=5), "2 ngày 3 giờ", "2 days 3 hours"),
        (timedelta(days=1, minutes=5), "1 ngày", "1 day"),
    ],
)
def test_a_duration_is_said_in_its_two_largest_units(span, vietnamese, english):
    assert (VI.duration(span), EN.duration(span)) == (vietnamese, english)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.9995, "99,95%"), (0.995, "99,50%"), (1, "100,00%"), (0.999996, "99,99%"), (0, "0,00%")],
)
def test_a_percentage_keeps_two_decimals_and_is_whole_only_when_it_is(share, said):
    assert VI.percent(share) == said


def test_numbers_are_grouped_as_the_language_does():
    assert (VI.number(1234), EN.number(1234)) == ("1.234", "1,234")


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.0234, "23 ms"), (0.0004, "0,4 ms"), (1.5, "1.500 ms"), (0.0, "0,0 ms")]
)
def test_a_delay_is_said_in_milliseconds(seconds, said):
    assert VI.milliseconds(seconds) == said


def test_times_are_those_of_the_zone():
    assert VI.time(EVENING) == "00:42 25/11/2025"
    assert VI.hour(EVENING) == "00:42"
    assert VI.date(EVENING) == "25/11/2025"


@pytest.mark.parametrize(
    ("later", "said"), [(timedelta(hours=23), "00:42"), (timedelta(hours=24), "00:42 25/11")]
)
def test_the_day_is_said_unless_it_is_todays_there(later, said):
    assert VI.when(EVENING, EVENING + later) == said


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        VI.time(EVENING.replace(tzinfo=None))


def test_a_value_is_escaped_in_html_and_left_alone_in_plain_text():
    assert VI.say("<b>{who}</b>", who="A<B>&") == "<b>A&lt;B&gt;&amp;</b>"
    assert VI.plain("{who}", who="A<B>&") == "A<B>&"


def test_markup_as_a_value_stays_markup():
    assert VI.say("{card}!", card=Markup("<b>x</b>")) == Markup("<b>x</b>!")


def test_a_placeholder_inside_a_value_is_not_filled_in():
    assert VI.plain("{who}", who="{zone}") == "{zone}"


def test_english_is_the_message_itself():
    assert EN.plain("under 1 minute") == "under 1 minute"


@pytest.mark.parametrize(
    ("locale", "zone", "expected"),
    [
        ("fr", "Asia/Ho_Chi_Minh", "expected one of en, vi"),
        ("?", "Asia/Ho_Chi_Minh", "expected one of en, vi"),
        ("vi", "Asia/Nowhere", "Asia/Ho_Chi_Minh"),
        ("vi", "/etc/passwd", "Asia/Ho_Chi_Minh"),
        ("vi", "", "Asia/Ho_Chi_Minh"),
    ],
)
def test_an_unknown_language_or_zone_says_what_is_expected(locale, zone, expected):
    with pytest.raises(ValueError, match=expected):
        Voice.of(locale, zone)
