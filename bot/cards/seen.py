"""What the probes say of a line, and what is out around it, each in one line of the card."""

from markupsafe import Markup

from incidents.quality import Figures
from locales.voice import Voice
from operations.seen import Seen


def now(seen: Seen | None, voice: Voice) -> Markup | None:
    """Return the figures of the last minutes, or that nothing came back; None where nothing was sent."""
    if seen is None or not seen.now.sent:
        return None
    since, until = voice.hour(seen.since), voice.hour(seen.until)
    if not seen.now.answered:
        return voice.say(
            "Probes {since}–{until}: none of {sent} answered", since=since, until=until, sent=seen.now.sent
        )
    return voice.say(
        "Probes {since}–{until}: {figures}", since=since, until=until, figures=figures(seen.now, voice)
    )


def before(seen: Seen | None, voice: Voice) -> Markup | None:
    """Return what the line was like before it fell silent."""
    if seen is None or seen.before is None or not seen.before.answered:
        return None
    return voice.say("Before the outage: {figures}", figures=figures(seen.before, voice))


def around(seen: Seen | None, voice: Voice, *, even_none: bool = False) -> Markup | None:
    """Return how many others of the area and of the carrier are out; of none only if *even_none*."""
    if seen is None or not seen.around or not (even_none or any(each.out for each in seen.around)):
        return None
    said = (
        voice.say("{name} {out}/{total}", name=each.name, out=each.out, total=each.total)
        for each in seen.around
        if even_none or each.out
    )
    return voice.say("Others out: {areas}", areas=Markup(", ").join(said))


def figures(found: Figures, voice: Voice) -> Markup:
    """Return loss, delay, jitter and rating, as far as each is known."""
    said = [voice.say("loss {loss}", loss=voice.percent(found.loss, decimals=1))]
    if found.delay is not None:
        said.append(voice.say("delay {delay}", delay=voice.milliseconds(found.delay)))
    if found.jitter is not None:
        said.append(voice.say("jitter {jitter}", jitter=voice.milliseconds(found.jitter)))
    if found.rating is not None:
        said.append(voice.say("rating R {r}", r=voice.number(round(found.rating.r))))
    return Markup(", ").join(said)
