"""Foretell: who wanted a window, and the desk, hear that it ends; what nobody settled in time is let go."""

from incidents.ending import reminds
from incidents.maintenance import Window, running
from incidents.span import Span
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from operations.draft import lapse, wants
from operations.scope import channels_in, desks
from operations.window_view import to_json, window_view
from storage import drafts, letters, maintenance


async def foretell(desk: Desk) -> None:
    """Tell of each window that is about to end, once for each end it is given."""
    async with desk.look() as act:
        if not (await _ending(act) or await drafts.lapsed(act.session, act.at)):
            return
    async with desk.act() as act:
        for window, span in await _ending(act):
            await _tell(act, window, span)
        await lapse(act)


async def _ending(act: Act) -> list[tuple[Window, Span]]:
    plan = await maintenance.planned(act.session, act.directory, act.at)
    found = [(each, span) for each in plan.windows if (span := running(each, act.at)) is not None]
    before = act.policies.maintenance_reminder
    due = [(each, span) for each, span in found if reminds(span, before) <= act.at]
    return [(each, span) for each, span in due if not await letters.begun(act.session, _key(each, span))]


async def _tell(act: Act, window: Window, span: Span) -> None:
    data = {"window": to_json(await window_view(act, window))}
    ringing, told = await desks(act, channels_in(act, window.scope)), await wants(act, window)
    await tell(act, ringing, Notice("window_ends", data | {"desk": True}), key=_key(window, span))
    team = window.team is not None  # which may not extend it
    await tell(act, told, Notice("window_ends", data | {"desk": not team}), key=_key(window, span))


def _key(window: Window, span: Span) -> str:
    return f"ends:{window.id}:{span.end.isoformat()}"
