"""What an officer's message means: one intent, how sure that is, and what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intents.details import cause_of, service_of
from intents.features import features
from intents.mention import Mention
from intents.mentions import Mentions
from intents.model import judge
from intents.moments import NO_MOMENTS, Moments, moments_in
from intents.names import Gazetteer, Place
from intents.plain import marked, plain
from intents.tokens import AREA, UNIT, Word, words_in

SURE = 0.93  # of the confidence: what is as sure is right 98 times of 100 or more (bench/intents.py)
MOST_UNITS = 8


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message means.

    *confidence* is the chance, 0 to 1, that *intent* is right. *sure* says that it may be acted on; what is
    not sure is asked about, by what is *likely*: intents with their chances, the best first. One unit was
    named for certain if *sure*; several, or one not *sure*, are to be offered. No unit: none was named, the
    sender's own is meant. *passed* are those that bear the name of the sender's own, which was taken.
    """

    intent: str
    confidence: float
    sure: bool
    units: tuple[Place, ...] = ()
    districts: tuple[str, ...] = ()
    moments: Moments = NO_MOMENTS
    service: str | None = None
    cause: str | None = None
    likely: tuple[tuple[str, float], ...] = ()
    passed: tuple[Place, ...] = ()


def understand(
    text: str, gazetteer: Gazetteer, home: int | None = None, at: datetime | None = None
) -> Understanding:
    """Return what *text* means to somebody of the unit *home* who wrote it *at* (civil time)."""
    words = words_in(text)
    mentions = tuple(Mentions(gazetteer, words).found())
    said = _without_names(words, mentions)
    wording = plain(word.plain for word in said)
    likely = judge(features(wording, marked(said)))
    intent, confidence = likely[0]
    units, certain = _units(mentions, gazetteer, home)
    districts = _districts(mentions, units)
    return Understanding(
        intent,
        confidence,
        bool(words) and confidence >= SURE and certain and (bool(units) or len(districts) < 2),
        units,
        districts,
        moments_in(words, at),
        service_of(wording),
        cause_of(wording),
        likely,
        _passed(mentions, home),
    )


def as_example(text: str, gazetteer: Gazetteer) -> str:
    """Return *text* as a line of the knowledge: on one line, its names replaced by what they are."""
    words = words_in(text)
    return " ".join(word.text for word in _without_names(words, tuple(Mentions(gazetteer, words).found())))


def _without_names(words: Sequence[Word], mentions: Sequence[Mention]) -> list[Word]:
    """Return the words with each name replaced by what it is: which one says nothing of the intent."""
    out: list[Word] = []
    at = 0
    for mention in mentions:
        out += words[at : mention.start]
        out.append(Word(AREA if mention.is_area else UNIT))
        at = mention.end
    return [*out, *words[at:]]


def _units(
    mentions: Sequence[Mention], gazetteer: Gazetteer, home: int | None
) -> tuple[tuple[Place, ...], bool]:
    """Return the units that are meant, and whether that is certain."""
    areas = {place.name for mention in mentions if mention.is_area for place in mention.places}
    named: list[Place] = []
    certain = True
    for mention in mentions:
        if not mention.is_area:
            places = _narrowed(mention.places, areas, home)
            certain = certain and len(places) == 1 and not mention.near
            named += (place for place in places if place not in named)
    return gazetteer.ordered(named, home)[:MOST_UNITS], certain and len(named) < 2


def _passed(mentions: Sequence[Mention], home: int | None) -> tuple[Place, ...]:
    """Return the units of other districts that have the name by which the sender's own was meant."""
    areas = {place.name for mention in mentions if mention.is_area for place in mention.places}
    meant = (_within(mention.places, areas) for mention in mentions if not mention.is_area)
    own = (places for places in meant if any(place.id == home for place in places))
    return tuple(place for places in own for place in places if place.id != home)


def _narrowed(places: Sequence[Place], areas: set[str], home: int | None) -> Sequence[Place]:
    """Return those in the districts named, if any are; of a double name the sender's own unit is meant."""
    within = _within(places, areas)
    return [place for place in within if place.id == home] or within


def _within(places: Sequence[Place], areas: set[str]) -> Sequence[Place]:
    return [place for place in places if place.area in areas] or places


def _districts(mentions: Sequence[Mention], units: Sequence[Place]) -> tuple[str, ...]:
    if units:
        return tuple(dict.fromkeys(place.area for place in units if place.area))
    named = (place.name for mention in mentions if mention.is_area for place in mention.places)
    return tuple(dict.fromkeys(named))
