"""What a confirmed cause is called in a sentence; None is one of them: nobody has confirmed any."""

from incidents.model import Cause
from locales.marker import N_
from operations.without import PLANNED

CAUSE: dict[str | None, str] = {
    Cause.POWER: N_("a power cut"),
    Cause.SWITCHED_OFF: N_("the unit switched it off"),
    Cause.FIBRE_CUT: N_("a cut fibre"),
    Cause.WORKS: N_("construction work"),
    Cause.DEVICE: N_("a broken device"),
    Cause.LIGHTNING: N_("lightning"),
    Cause.CONFIGURATION: N_("a wrong configuration"),
    Cause.CORE: N_("a fault in the carrier's core network"),
    Cause.MOVE: N_("an office that moved"),
    Cause.CONTRACT: N_("an expired contract"),
    Cause.OTHER: N_("another cause"),
    PLANNED: N_("planned work"),
    None: N_("the cause not yet known"),
}
