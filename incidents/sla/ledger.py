"""The ledger of a ticket: whose time runs, what stops it, and what was entered so far."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from incidents.owed import Breach
from incidents.sla.clock import Clock, Decision, Part, Pause, Stretch
from incidents.sla.events import Event
from incidents.span import Span

Owner = tuple[Part, int | None, int, int]  # the stretch that runs: its part, team, outage and turn


@dataclass(slots=True)
class Turn:
    """A team's turn, from the assignment or a relapse on."""

    team: int
    accepted: datetime | None = None
    arrived: datetime | None = None


@dataclass(slots=True)
class Ledger:
    """What is known after the events read so far."""

    opened: datetime
    own: int | None = None  # the unit whose word is the word on all of it
    silent: dict[int, datetime] = field(default_factory=dict)
    back: datetime | None = None  # when the last line to answer did
    acknowledged: datetime | None = None
    turns: list[Turn] = field(default_factory=list)
    turn: Turn | None = None
    handed: int = 0  # how often
    arrivals: set[tuple[int | None, int]] = field(default_factory=set)  # (team, outage)
    restored: datetime | None = None
    live: bool = True
    contested: bool = False
    outage: int = 0
    asked: Event | None = None
    objection: Event | None = None
    proposal: Event | None = None
    since: datetime | None = None
    owner: Owner | None = None
    stretches: list[Stretch] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)

    def turn_over(self, at: datetime) -> None:
        """End the stretch that runs, and begin the one that the state calls for."""
        owner = self._owner()
        if owner == self.owner:
            return
        end = at if self.since is None else max(at, self.since)
        self._cut(end)
        self.since, self.owner = end, owner

    def set_anew(self) -> None:
        """Set the desk's clock anew, as a relapse or a contrary word does."""
        self.outage += 1

    def pause(self, pause: Pause) -> None:
        """Have a clock stand still from now on, unless it does for that reason."""
        if all(each.until is not None or each.why != pause.why for each in self.pauses):
            self.pauses.append(pause)

    def resume(self, at: datetime, why: str | None = None) -> None:
        """End the pause for *why*, or every pause."""
        self.pauses = [
            replace(each, until=max(at, each.since))
            if each.until is None and why in (None, each.why)
            else each
            for each in self.pauses
        ]

    def accept(self, at: datetime) -> None:
        """Note that the team has taken it."""
        if self.turn is not None and self.turn.accepted is None:
            self.turn.accepted = at
            self.turn_over(at)

    def arrive(self, at: datetime) -> None:
        """Note that the team is on site, once for each outage."""
        if self.turn is not None and self.turn.arrived is None:
            self.turn.arrived = at
            self.arrivals.add((self.turn.team, self.outage))
            self.turn_over(at)

    def relapse(self) -> None:
        """Note that a line that was back is out again: who had it has to come again."""
        self.set_anew()
        if self.turn is not None:
            self.take_turn(Turn(self.turn.team, self.turn.accepted))

    def take_turn(self, turn: Turn) -> None:
        """Note whose it is."""
        self.turn = turn
        self.turns.append(turn)

    def over(self, at: datetime) -> None:
        """Note that nobody owes anything any more."""
        self.resume(at)
        self.asked, self.contested = None, False
        self.turn_over(at)

    def clock(self, at: datetime) -> Clock:
        """Return it all as the clock."""
        if self.owner is not None and self.since is not None and at > self.since:
            self._cut(at)
        first = next(iter(self.turns), None)
        assigned = next((each.span.start for each in self.stretches if each.team is not None), None)
        return Clock(
            at=at,
            detected=self.opened,
            acknowledged=self.acknowledged,
            assigned=assigned,
            accepted=first.accepted if first else None,
            arrived=next((each.arrived for each in self.turns if each.arrived), None),
            restored=self.restored,
            stretches=self._told(),
            pauses=tuple(self.pauses),
            decisions=tuple(self.decisions),
            breaches=tuple(self.breaches),
        )

    def _owner(self) -> Owner | None:
        if not self.live or (self.restored is not None and not self.contested):
            return None
        if self.turn is None or self.contested:
            part = Part.ACKNOWLEDGE if self.acknowledged is None else Part.ASSIGN
            return part, None, self.outage, self.handed
        if self.turn.accepted is None:
            return Part.ACCEPT, self.turn.team, self.outage, self.handed
        part = Part.RESTORE if self.turn.arrived else Part.ARRIVE
        return part, self.turn.team, self.outage, self.handed

    def _cut(self, end: datetime) -> None:
        if self.owner is not None and self.since is not None and end > self.since:
            part, team, outage, turn = self.owner
            self.stretches.append(Stretch(part, Span(self.since, end), team, outage, turn))

    def _told(self) -> tuple[Stretch, ...]:
        """Return the stretches; where a team never told of its arrival, what it had is RESTORE."""
        return tuple(
            replace(each, part=Part.RESTORE)
            if each.part is Part.ARRIVE and (each.team, each.outage) not in self.arrivals
            else each
            for each in self.stretches
        )
