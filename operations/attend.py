"""Attend: who is seen in our groups is written down, and the administrators are told of whom nobody knows."""

from datetime import timedelta

from sqlmodel import col, func, select

from incidents.presence import Standing, standing
from incidents.roles import Role, Room
from operations.announce import Notice, tell
from operations.desk import Act, Desk
from storage import people
from storage.letters import Address
from storage.tables import Chat, Person, Presence

TOLD_AN_HOUR = 5  # of one group: what comes in crowds is read in the list


async def come(desk: Desk, chat: int, account: int, name: str, *, bot: bool = False) -> None:
    """Note that *account* is in *chat*; nothing is noted of a group that is none of ours."""
    async with desk.look() as act:
        if await _is_noted(act, chat, account, name):
            return
    async with desk.act() as act:
        group = await people.chat(act.session, chat)
        if group is None:
            return
        row = await act.session.get(Presence, (chat, account))
        if row is None or row.left is not None:
            row = await act.session.merge(
                Presence(chat=chat, account=account, name=name, bot=bot, since=act.at)
            )
        row.name = name
        act.session.add(row)
        if await of(act, group, row) is not Standing.KNOWN and not await _is_too_much(act, chat):
            await _tell(act, group, row)


async def go(desk: Desk, chat: int, account: int) -> None:
    """Note that *account* is in *chat* no longer."""
    async with desk.act() as act:
        row = await act.session.get(Presence, (chat, account))
        if row is not None and row.left is None:
            row.left = act.at
            act.session.add(row)


async def of(act: Act, group: Chat, row: Presence) -> Standing:
    """Return how the account stands in the group, as its role is now."""
    person = await people.by_telegram(act.session, row.account)
    if person is None:
        return Standing.STRANGER
    return standing(
        Room(group.role),
        _team_of(act, group),
        Role(person.role),
        person.team_id,
        locked=person.locked_at is not None or _is_former(act, person),
    )


async def present(act: Act, chat: int) -> list[Presence]:
    """Return who is in the group as far as we have seen, the longest there first."""
    rows = await act.session.exec(
        select(Presence)
        .where(Presence.chat == chat, col(Presence.left).is_(None))
        .order_by(col(Presence.since), col(Presence.account))
    )
    return list(rows.all())


async def _is_noted(act: Act, chat: int, account: int, name: str) -> bool:
    row = await act.session.get(Presence, (chat, account))
    return row is not None and row.left is None and row.name == name


async def _is_too_much(act: Act, chat: int) -> bool:
    lately = col(Presence.told) > act.at - timedelta(hours=1)
    told = select(func.count()).select_from(Presence).where(Presence.chat == chat, lately)
    return (await act.session.exec(told)).one() >= TOLD_AN_HOUR


async def _tell(act: Act, group: Chat, row: Presence) -> None:
    """Tell every administrator in private, once for each time somebody comes."""
    row.told = act.at
    data = {"group": name_of(act, group), "person": row.name, "account": row.account, "bot": row.bot}
    administrators = await people.with_role(act.session, Role.ADMIN)
    wheres = [Address(each.telegram_id) for each in administrators]
    key = f"stranger:{row.chat}:{row.account}:{row.since.isoformat()}"
    await tell(act, wheres, Notice("stranger", data), key=key)


def name_of(act: Act, group: Chat) -> str:
    """Return what the group is called, a team's by the team."""
    team = act.directory.teams.get(_team_of(act, group) or 0)
    return group.title or (team.name if team else str(group.chat))


def _team_of(act: Act, group: Chat) -> int | None:
    return next((id_ for id_, team in act.directory.teams.items() if team.chat_id == group.chat), None)


def _is_former(act: Act, person: Person) -> bool:
    return person.role == Role.OFFICER and not act.directory.units_of(person.id or 0)
