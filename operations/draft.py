"""Draft: a window that is wanted is weighed and waits for a press, which makes it one or lets it go."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidents import draft as drafts_of
from incidents.amendment import Refusal
from incidents.draft import Draft, Hand, Outcome, Undecided, drafted, hand
from incidents.maintenance import Window
from incidents.proposal import Warned, during
from incidents.vigil import Vigil
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.inform import concerned
from operations.maintain import Planned, weigh, write
from operations.scope import channels_in, desks, entrusted
from operations.vigil import over
from operations.window_view import WindowView, to_json, window_view
from storage import drafts, vigils
from storage.letters import Address
from storage.tables import Person


@dataclass(frozen=True, slots=True)
class Clash:
    """What a team's work would get in the way of: vigils with the names of their units, and other windows."""

    vigils: tuple[tuple[Vigil, str | None], ...]
    windows: tuple[WindowView, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.vigils or self.windows)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A window that is wanted: what it covers, what is said of it, and how many officers would be told.

    *draft* waits for a press; None where the window needed none and is written.
    """

    draft: Draft | None
    window: WindowView
    warned: frozenset[Warned]
    clash: Clash
    officers: int


@dataclass(frozen=True, slots=True)
class Settled:
    """A draft that a press has settled; *window* is what it wanted, with a number if it was agreed to."""

    draft: Draft
    outcome: Outcome
    window: WindowView
    officers: int = 0


async def propose(desk: Desk, wanted: Window, but: Address | None = None) -> Weighed | Refusal | Clash:
    """Weigh what is wanted and keep it for a press, or write it at once; ``wanted.by`` is who wants it.

    Whose press it needs reads of it in the on-call groups, *but* where it is shown already.
    """
    async with desk.act() as act:
        person = await act.session.get_one(Person, wanted.by)
        planned = await weigh(act, wanted)
        if isinstance(planned, Refusal):
            return planned
        if wanted.team is None and not entrusted(act, person, planned.channels):
            return Refusal.NOT_YOURS
        clash = await _clash(act, planned)
        if wanted.team is not None:
            if Warned.SHORT in planned.warned:
                return Refusal.SHORT
            if clash:
                return clash
        return await _keep(act, planned, clash, but)


async def _keep(act: Act, planned: Planned, clash: Clash, but: Address | None) -> Weighed | Refusal:
    needs = hand(planned.window, len(planned.channels), act.policies)
    officers = len(await concerned(act, planned.window))
    if needs is None:
        written = await write(act, planned.window)
        if isinstance(written, Refusal):
            return written
        view = await window_view(act, written.window)
        await _tell_desks(act, planned, view, view.by, but)
        return Weighed(None, view, planned.warned, clash, officers)
    draft = await drafts.add(act.session, drafted(planned.window, needs, act.at, act.policies))
    weighed = Weighed(draft, await window_view(act, draft.wanted), planned.warned, clash, officers)
    if needs is not Hand.AGAIN:
        wheres = [each for each in await desks(act, planned.channels) if each != but]
        await tell(act, wheres, Notice("window_asked", as_json(weighed)))
    return weighed


async def settle(
    desk: Desk, draft_id: int, by: int, *, agrees: bool, but: Address | None = None
) -> Settled | Undecided | Refusal | Clash:
    """Make the draft a window, or let it go, as the person *by* wishes; a team hears what became of it.

    What has come in a team's way since is refused by name, and the draft goes on waiting. The on-call groups
    are told of a window, *but* where it is shown already.
    """
    async with desk.act() as act:
        draft = await drafts.find(act.session, draft_id)
        if draft is None:
            return Undecided.UNKNOWN
        person = await act.session.get_one(Person, by)
        if not entrusted(act, person, channels_in(act, draft.wanted.scope)):
            return Refusal.NOT_YOURS
        if (why := drafts_of.refusal(draft, by, act.at, agrees=agrees)) is not None:
            return why
        return await (_agree(act, draft, person, but) if agrees else _refuse(act, draft, by))


async def _agree(act: Act, draft: Draft, person: Person, but: Address | None) -> Settled | Refusal | Clash:
    planned = await weigh(act, draft.wanted)
    if isinstance(planned, Refusal):
        return planned
    if draft.hand is Hand.DESK and (clash := await _clash(act, planned)):
        return clash
    officers = len(await concerned(act, planned.window))
    written = await write(act, draft.wanted)
    assert not isinstance(written, Refusal)
    await drafts.settle(act.session, draft, Outcome.AGREED, act.at, person.id, written.window.id)
    view = await window_view(act, written.window)
    await _tell_desks(act, planned, view, person.name, but)
    await _answer(act, draft, view, Outcome.AGREED)
    return Settled(draft, Outcome.AGREED, view, officers)


async def _refuse(act: Act, draft: Draft, by: int) -> Settled:
    await drafts.settle(act.session, draft, Outcome.REFUSED, act.at, by)
    view = await window_view(act, draft.wanted)
    if draft.by != by:
        await _answer(act, draft, view, Outcome.REFUSED)
    return Settled(draft, Outcome.REFUSED, view)


async def _tell_desks(
    act: Act, planned: Planned, view: WindowView, by: str | None, but: Address | None
) -> None:
    """Tell the on-call groups, without a bell, of what is no alarm from now on."""
    wheres = [each for each in await desks(act, planned.channels) if each != but]
    await tell(act, wheres, Notice("window_made", {"window": to_json(view), "by": by, "quiet": True}))


async def lapse(act: Act) -> None:
    """Within an open act, let go of what nobody settled in time; a team hears that nobody decided."""
    for draft in await drafts.lapsed(act.session, act.at):
        await drafts.settle(act.session, draft, Outcome.LAPSED, act.at)
        await _answer(act, draft, await window_view(act, draft.wanted), Outcome.LAPSED)


async def _answer(act: Act, draft: Draft, view: WindowView, outcome: Outcome) -> None:
    """Tell who asked, where it was somebody else's to decide."""
    if draft.hand is Hand.AGAIN:
        return
    notice = Notice("window_answered", {"outcome": outcome, "window": to_json(view)})
    await tell(act, await wants(act, draft.wanted), notice, key=f"draft:{draft.id}:{outcome}")


async def wants(act: Act, window: Window) -> list[Address]:
    """Return where who wants the window is told of it: their private chat, or their team's."""
    team = act.directory.teams.get(window.team) if window.team else None
    if team is not None and team.chat_id is not None:
        return [Address(team.chat_id)]
    person = None if window.by is None else await act.session.get(Person, window.by)
    return [] if person is None or person.locked_at is not None else [Address(person.telegram_id)]


async def _clash(act: Act, planned: Planned) -> Clash:
    to_come = await vigils.to_come(act.session, act.at)
    met = [each for each in to_come if during(planned.window, each.span)]
    met = _over_any(act, met, planned.channels)
    named = tuple((each, None if each.unit is None else act.directory.units[each.unit].name) for each in met)
    return Clash(named, tuple([await window_view(act, each) for each in planned.overlaps]))


def _over_any(act: Act, kept: Sequence[Vigil], channels: frozenset[int]) -> list[Vigil]:
    over_any = {each.id for channel in channels for each in over(act, kept, channel)}
    return [each for each in kept if each.id in over_any]


def as_json(weighed: Weighed) -> dict[str, object]:
    """Return what a letter to whose press it needs tells of it."""
    assert weighed.draft is not None
    return {
        "draft": weighed.draft.id,
        "hand": weighed.draft.hand,
        "window": to_json(weighed.window),
        "warned": sorted(weighed.warned),
        "until": weighed.draft.expires.isoformat(),
    }
