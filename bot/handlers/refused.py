"""Why an act changed nothing: its reason, and who was first where somebody was."""

from markupsafe import Markup

from bot.cards import words
from bot.reception import Reception
from incidents.lifecycle import Refused
from incidents.model import code
from locales.marker import N_
from operations.desk import Act
from operations.first import first
from operations.look import incident_view

FIRST = {
    "close": N_("{name} closed {code} first, at {when}."),
    "merge": N_("{code} became a part of {parent} at {when}."),
    "retract": N_("{code} was closed at {when}: the report was taken back."),
    "assign": N_("{name} handed {code} to {team} first, at {when}."),
}
BY_ITSELF = N_("{code} closed by itself at {when}.")


async def refused(reception: Reception, act: Act, result: Refused, by: int | None) -> Markup:
    """Return why *by* could not do it, or who did before."""
    voice, incident = reception.voice, result.incident
    view = await incident_view(act, incident)
    before = await first(act, result)
    if before is not None and (before.person != by or before.person is None):
        return voice.say(
            BY_ITSELF if before.name is None and before.kind == "close" else FIRST[before.kind],
            code=code(incident.id),
            name=before.name or "",
            parent=code(incident.parent or 0),
            team=view.team or "",
            when=voice.when(before.at, act.at),
        )
    return voice.say(
        words.REFUSAL[result.refusal],
        code=code(incident.id),
        owner=view.owner or "",
        when=voice.when(incident.acknowledged or act.at, act.at),
        count=len(incident.silent),
    )
