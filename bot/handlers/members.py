"""Members: an administrator reads who is in our groups and does not belong there; never said in a group."""

from bot.answer import Answer
from bot.cards import members as card
from bot.cards.members import Group
from bot.gate import Visitor
from bot.orders import Order
from bot.reception import Reception
from incidents.presence import Standing
from operations import attend
from operations.desk import Act
from storage import people
from storage.tables import Chat


async def listing(reception: Reception, visitor: Visitor, order: Order) -> Answer:
    """/thanhvien: every group with whom we do not know in it."""
    if not order.private:
        return Answer(
            reception.voice.say("Who is in the groups is not shown in a group: please write to me.")
        )
    async with reception.desk.look() as act:
        chats = [chat for chat in await people.chats(act.session) if chat.chat < 0 and chat.topic == 0]
        groups = [await _group(act, chat) for chat in chats]
    groups.sort(key=lambda group: -len(group.others))
    return Answer(message=card.members(groups, reception.voice))


async def _group(act: Act, chat: Chat) -> Group:
    seen = [(row, await attend.of(act, chat, row)) for row in await attend.present(act, chat.chat)]
    others = tuple(
        (row.name, row.account, standing) for row, standing in seen if standing is not Standing.KNOWN
    )
    return Group(attend.name_of(act, chat), len(seen) - len(others), others)
