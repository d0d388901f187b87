"""What a step changed, as the row of its history keeps it: enough to take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime
from sqlmodel import SQLModel

from incidents.model import Incident, Member
from storage.tables import Ticket

WAS, IS, MEMBERS = "was", "is", "members"

Columns = Mapping[str, Any]


def changes(was: Columns, is_: Columns, before: Incident, after: Incident) -> dict[str, Columns]:
    """Return each column that a step changed as it was and as it is then, and the members with them."""
    found = {name for name in was if was[name] != is_[name]} - {"version"}
    old, new = ({name: _plain(columns[name]) for name in sorted(found)} for columns in (was, is_))
    if before.members != after.members:
        old[MEMBERS], new[MEMBERS] = _stays(before), _stays(after)
    return {WAS: old, IS: new}


def columns(written: Columns) -> dict[str, Any]:
    """Return what ``changes`` kept of the columns as they are in the table."""
    dates = {each.name for each in SQLModel.metadata.tables[str(Ticket.__tablename__)].c if _dates(each.type)}
    return {
        name: datetime.fromisoformat(value) if name in dates and value is not None else value
        for name, value in written.items()
        if name != MEMBERS
    }


def members(written: Columns) -> tuple[Member, ...] | None:
    """Return the members that ``changes`` kept, or None where they did not change."""
    if MEMBERS not in written:
        return None
    return tuple(
        Member(channel, datetime.fromisoformat(joined), left and datetime.fromisoformat(left))
        for channel, joined, left in written[MEMBERS]
    )


def _stays(incident: Incident) -> list[tuple[int, str, str | None]]:
    return [(each.channel, each.joined.isoformat(), _plain(each.left)) for each in incident.members]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _dates(kind: object) -> bool:
    return isinstance(kind, DateTime) or isinstance(getattr(kind, "impl", None), DateTime)
