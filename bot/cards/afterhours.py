"""A line that is switched off after hours, in words: as usual, until when, and by what habit."""

from datetime import datetime

from markupsafe import Markup

from locales.voice import Voice
from operations.excuse import Excused


def excused(unit: str, excused: Excused, voice: Voice, now: datetime) -> list[Markup]:
    """Return that the unit is off as usual, when it is looked at again, and the habit."""
    return [
        voice.say(
            "{unit} is switched off after hours as usual ({when}). It is looked at again at {until}.",
            unit=unit,
            when=voice.when(excused.since, now),
            until=voice.when(excused.until, now),
        ),
        habit(excused, voice),
    ]


def habit(excused: Excused, voice: Voice) -> Markup:
    """Return on how many evenings of late it was switched off, and between which hours."""
    return voice.say(
        "Switched off on {happened} of the last {of} such evenings, usually from {earliest} to {latest}.",
        happened=excused.happened,
        of=excused.of,
        earliest=excused.earliest,
        latest=excused.latest,
    )


def overslept(excused: Excused, began: datetime, voice: Voice, now: datetime) -> Markup:
    """Return since when a line that was excused until its outage *began* has really been silent."""
    since, until = voice.when(excused.since, now), voice.when(began, now)
    if began >= excused.until:
        return voice.say("Silent since {since}, past its usual hour of {until}", since=since, until=until)
    return voice.say(
        "Silent since {since}, taken for switched off after hours until {until}", since=since, until=until
    )
