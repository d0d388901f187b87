"""Standing: how an incident's return stands up to what the probes have said since."""

from datetime import datetime

from incidents.evidence import Return, Run, Verdict, judge
from incidents.model import Incident
from operations.desk import Act
from storage import samples, spells
from storage.samples import RAW_KEPT
from storage.spells import FLAPPING


async def standing(act: Act, incident: Incident) -> Verdict | None:
    """Return the verdict of the probes, None where they have no say: no line of it was out, or is watched.

    Nor have they while a line is silent: that alone keeps it open.
    """
    lines = {member.channel for member in incident.members if act.directory.watched(member.channel)}
    if incident.recovered is None or not lines:
        return None
    flapping = any([await spells.open_(act.session, each, FLAPPING) for each in sorted(lines)])
    since = max(incident.recovered, act.at - RAW_KEPT)
    runs = [await _run(act, each, since) for each in sorted(lines)]
    back = Return(incident.recovered, incident.relapses, flapping)
    return judge(back, runs, act.policies.evidence, act.at)


async def _run(act: Act, channel: int, since: datetime) -> Run:
    """Return the longest run among the channel's series, any of which may answer for it."""
    runs = [await samples.run(act.session, each, since) for each in act.directory.series_of(channel)]
    return max(runs, key=lambda run: (act.policies.evidence.met_by(run), run.good))
