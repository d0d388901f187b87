"""What the desk goes by: thresholds, promises and the ladder, as one frozen value with its defaults."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from incidents.degradation import Bounds
from incidents.evidence import Evidence
from incidents.flapping import Flapping
from incidents.quiet import Quiet
from incidents.routine import Routine
from incidents.supplement import Bounds as SupplementBounds


class Audience(StrEnum):
    """Who is called."""

    ONCALL = "truc_ban"
    LEADERS = "lanh_dao"


@dataclass(frozen=True, slots=True)
class Detection:
    """A profile: how often a line is probed and when a silence is an outage; times in seconds."""

    period: float = 5.05
    guard: float = 5.8  # no shorter silence is an outage: must exceed the longest blip one tolerates
    patience: float = 15.6  # and on a line whose silences often outlast the guard and end by themselves
    confidence: float = 0.999  # how sure the filter must be
    replies: int = 3  # answers in a row that end an outage
    quick: float = 0.2  # period of the probes that settle a suspicion
    settle: float = 20.0  # after an uplink's return its channels have this long to answer
    # What is expected of a line until its own past tells better.
    bursts: float = 20.0  # bad spells a day
    bad_loss: float = 0.45  # share of probes lost in them
    outages: float = 0.67  # a day

    def __post_init__(self) -> None:
        shares = 0 < self.bad_loss < 1 and 0 < self.confidence < 1
        positive = min(self.period, self.quick, self.bursts, self.outages) > 0
        if not shares or not positive or min(self.guard, self.settle) < 0 or self.replies < 1:
            raise ValueError("expected shares between 0 and 1, times and rates above 0, at least one reply")


def _profiles() -> dict[str, Detection]:
    # The periods divide no minute, so that no probe keeps step with what happens by the clock.
    return {
        "nhanh": Detection(period=2.05),
        "can_bang": Detection(),
        "ben": Detection(guard=15.6, bad_loss=0.7, confidence=0.9999),
    }


@dataclass(frozen=True, slots=True)
class Common:
    """When lines that are lost together are one incident, and when it is over."""

    least: int = 5  # lines of an area or a carrier
    share: float = 0.5  # and this part of all it has
    areas: int = 3  # so many areas at once are one province-wide incident
    many: int = 20  # lines anywhere
    window: timedelta = timedelta(seconds=60)  # lost within this time
    gather: float = 2.5  # seconds that the first waits for those that seem to fall with it
    late: timedelta = timedelta(minutes=10)  # who falls so soon after the last one joins
    over: float = 0.75  # of its lines back mean that the cause is over
    settle: timedelta = timedelta(seconds=60)  # what is then still out, so long after the last return, splits


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the escalation ladder: *after* this long without acknowledgement, *to* is called."""

    after: timedelta
    to: Audience


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon what is owed; the defaults are assumptions named in docs/settings.md."""

    acknowledge: timedelta = timedelta(minutes=10)
    assign: timedelta = timedelta(minutes=20)
    accept: timedelta = timedelta(minutes=15)
    restore: dict[str, timedelta] = field(
        default_factory=lambda: {
            "tinh": timedelta(hours=4),
            "huyen": timedelta(hours=4),
            "thanh_pho": timedelta(hours=8),
            "mien_nui": timedelta(hours=24),
        }
    )
    restore_otherwise: timedelta = timedelta(hours=24)
    lead: dict[str, timedelta] = field(  # warned of so long before, by what is owed; the ladder calls besides
        default_factory=lambda: {
            "assign": timedelta(minutes=5),
            "accept": timedelta(minutes=5),
            "restore": timedelta(hours=1),
        }
    )


@dataclass(frozen=True, slots=True)
class Reporting:
    """When what people write is one report, when it is too much, and when it is of another time."""

    repeat: timedelta = timedelta(minutes=5)  # of one unit on one open ticket: no report of its own
    flood: int = 6  # messages of one account
    flood_within: timedelta = timedelta(minutes=10)
    late: timedelta = timedelta(minutes=2)  # written so long before it came


@dataclass(frozen=True, slots=True)
class Sharing:
    """When what many say of one service is told to its owner, and when it is over."""

    quiet: timedelta = timedelta(minutes=30)  # its probe answers, and nobody complains any more
    told_at: tuple[int, ...] = (3, 10)  # units that complain; beside the first word of it


@dataclass(frozen=True, slots=True)
class Policies:
    """Every policy in force at one act."""

    profiles: dict[str, Detection] = field(default_factory=_profiles)
    profile: str = "can_bang"  # of a channel that names none
    common: Common = Common()
    bounds: Bounds = field(default_factory=Bounds)
    flapping: Flapping = field(default_factory=Flapping)
    promise: Promise = field(default_factory=Promise)
    supplements: SupplementBounds = field(default_factory=SupplementBounds)
    ladder: tuple[Rung, ...] = (
        Rung(timedelta(minutes=10), Audience.ONCALL),
        Rung(timedelta(minutes=20), Audience.LEADERS),
    )
    relapse_window: timedelta = timedelta(minutes=30)
    evidence: Evidence = field(default_factory=Evidence)
    proof: timedelta = timedelta(seconds=60)  # a line must be back for so long before its unit's word closes
    retract_within: timedelta = timedelta(hours=1)  # a report may be taken back for so long
    reporting: Reporting = Reporting()
    quiet: Quiet = field(default_factory=Quiet)  # of officers
    sharing: Sharing = Sharing()
    summary_at: str = "07:30"
    query_lives: timedelta = timedelta(minutes=10)  # an answer to a question is stale after this
    question_lives: timedelta = timedelta(hours=2)  # and the buttons of a question of ours after this
    messages_a_minute: int = 30  # of one account; what is more is not heard
    stale_after: timedelta = timedelta(minutes=5)  # a notice that waited this long becomes part of a digest
    maintenance_notice: timedelta = timedelta(hours=24)  # owed before planned work begins
    maintenance_notice_urgent: timedelta = timedelta(minutes=60)  # and before urgent work
    routine: Routine = field(default_factory=Routine)
    days_off: tuple[date, ...] = ()  # no office works, beside the holidays of every year
    days_on: tuple[date, ...] = ()  # offices work, whatever day of the week it is

    def __post_init__(self) -> None:
        time.fromisoformat(self.summary_at)  # a ValueError says that it is no hour
        if self.profile not in self.profiles:
            raise ValueError(f"there is no profile {self.profile!r}")

    def detection(self, profile: str | None) -> Detection:
        """Return the profile of this name; a channel with none, or an unknown one, has the usual one."""
        return self.profiles.get(profile or self.profile, self.profiles[self.profile])
