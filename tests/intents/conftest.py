import pytest

from intents.names import Gazetteer, Place
from storage.inventory.sample import load_sample


@pytest.fixture(scope="session")
def places() -> tuple[Place, ...]:
    """The sample's units, with their codes and those of their channels as aliases."""
    sample = load_sample()
    names = {row.key: row.name for row in sample.units if row.parent}  # the province is nobody's area
    channels = {row.unit: row.code for row in sample.channels}
    return tuple(
        Place(
            number,
            row.name,
            row.kind,
            names.get(row.parent, ""),
            (row.key.code, *([channels[row.key]] if row.key in channels else [])),
        )
        for number, row in enumerate(sample.units, 1)
    )


@pytest.fixture(scope="session")
def gazetteer(places) -> Gazetteer:
    return Gazetteer(places)
