"""Tell back: whoever was told of an act hears that it was taken back."""

from incidents.lifecycle import Step
from incidents.roles import Room
from incidents.undoing import Past
from operations.announce import Notice, handed, reporters_of, rooms_of, service_owner, team_of, tell
from operations.desk import Act
from operations.refer import leaders
from storage.letters import Address

Told = list[tuple[str, list[Address]]]


async def tell_back(act: Act, past: Past, step: Step) -> None:
    """Post what *step* is to be known by, which took *past* back."""
    for name, wheres in await _told(act, past, step):
        await tell(act, wheres, Notice(name, {}), step.after.id)


async def _told(act: Act, past: Past, step: Step) -> Told:
    reporters = await reporters_of(act, step.after)
    oncall = await rooms_of(act, Room.ONCALL, step.after.unit)
    match past.kind:
        case "acknowledge":
            return [("progress", reporters)]
        case "assign":
            return [*await handed(act, step), ("progress", reporters)]
        case "close":
            owner = service_owner(act, step.after)
            return [("unclosed", [*oncall, *reporters, *team_of(act, step.after), *owner])]
        case "reopen":
            return [("closed", [*oncall, *reporters, *team_of(act, step.after)])]
        case "refer":
            return [("unreferred", await leaders(act, step.after))]
        case "merge":
            return [("parted", [*team_of(act, step.after), *reporters])]
    return []
