"""What a ticket keeps of its clock beside how long it stood still, as one JSON object of its row."""

from datetime import datetime, timedelta
from typing import Any

from incidents.model import Incident
from incidents.objection import Objection, Proposal
from incidents.owed import Breach, Owed
from incidents.pause import Hindrance, Obstacle

MILLISECOND = timedelta(milliseconds=1)


def written(incident: Incident) -> dict[str, Any]:
    """Return what is kept; what there is not has no entry."""
    kept = {
        "spent": {str(team): took // MILLISECOND for team, took in incident.spent},
        "warned": incident.warned and incident.warned.isoformat(),
        "breaches": [[each.owed, each.by.isoformat(), each.team] for each in incident.breaches],
        "hindrance": incident.hindrance and _hindrance(incident.hindrance),
        "objection": incident.objection and _objection(incident.objection),
    }
    return {name: value for name, value in kept.items() if value}


def read(kept: dict[str, Any]) -> dict[str, Any]:
    """Return the same as the fields of an Incident."""
    return {
        "spent": tuple(
            sorted((int(team), took * MILLISECOND) for team, took in kept.get("spent", {}).items())
        ),
        "warned": _time(kept.get("warned")),
        "breaches": tuple(
            Breach(Owed(owed), datetime.fromisoformat(by), team)
            for owed, by, team in kept.get("breaches", ())
        ),
        "hindrance": _hindered(kept["hindrance"]) if "hindrance" in kept else None,
        "objection": _objected(kept["objection"]) if "objection" in kept else None,
    }


def _hindrance(of: Hindrance) -> dict[str, Any]:
    return {
        "by": of.by,
        "why": of.why,
        "words": of.words,
        "at": of.at.isoformat(),
        "idle": of.idle // MILLISECOND,
        "approver": of.approver,
        "until": of.until and of.until.isoformat(),
    }


def _hindered(kept: dict[str, Any]) -> Hindrance:
    return Hindrance(
        by=kept["by"],
        why=Obstacle(kept["why"]),
        words=kept["words"],
        at=datetime.fromisoformat(kept["at"]),
        idle=kept["idle"] * MILLISECOND,
        approver=kept["approver"],
        until=_time(kept["until"]),
    )


def _objection(of: Objection) -> dict[str, Any]:
    proposal = of.proposal and [of.proposal.by, of.proposal.minutes, of.proposal.cause]
    return {"by": of.by, "team": of.team, "words": of.words, "at": of.at.isoformat(), "proposal": proposal}


def _objected(kept: dict[str, Any]) -> Objection:
    proposal = Proposal(*kept["proposal"]) if kept["proposal"] else None
    at = datetime.fromisoformat(kept["at"])
    return Objection(kept["by"], kept["team"], kept["words"], at, proposal)


def _time(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)
