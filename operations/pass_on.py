"""Pass on: what an officer says beside reports is told to the desk, in the officer's words."""

from incidents.roles import Room
from intents.masking import mask_addresses
from intents.moments import NO_MOMENTS, Moments
from operations.announce import Notice, rooms_of, tell
from operations.desk import Desk
from storage.tables import Person

SHOWN = 500  # characters


async def pass_on(
    desk: Desk,
    name: str,
    person: Person,
    unit: int,
    words: str,
    source: str,
    moments: Moments = NO_MOMENTS,
) -> None:
    """Post the notice *name* about *unit* to the desk; what came by one *source* is told once."""
    async with desk.act() as act:
        data = {
            "unit": act.directory.units[unit].name,
            "person": person.name,
            "words": mask_addresses(words)[:SHOWN],
            "begins": moments.begins.isoformat() if moments.begins else None,
            "ends": moments.ends.isoformat() if moments.ends else None,
        }
        rooms = await rooms_of(act, Room.ONCALL, unit)
        await tell(act, rooms, Notice(name, data), key=f"{name}:{source}")
