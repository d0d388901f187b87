"""From an Update to an answer: routes, gate, handler, and the letter that carries what is said."""

from functools import partial
from time import monotonic

import structlog
from markupsafe import Markup
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application, ContextTypes, TypeHandler

from bot import routes
from bot.answer import Answer
from bot.cards.message import Message
from bot.flood import Flood, Passage
from bot.gate import Denial, admit, former_unit
from bot.handlers import supplement
from bot.menus import publish_for
from bot.orders import Order, parse
from bot.reception import Reception
from bot.spelling import respelled
from bot.turns import Turns
from incidents.policy import Policies
from locales.marker import N_
from operations.welcome import welcome
from storage import letters, people
from storage.letters import Address
from storage.tables import Letter

log = structlog.get_logger(__name__)

TOAST = 200  # characters Telegram shows
OUTSIDE = (Denial.NOT_ENROLLED, Denial.FORMER)  # for whom there is a door
FLOOD = N_("More messages came from you than can be read: the last ones were not. Please wait a minute.")

DENIAL: dict[Denial, str | None] = {
    Denial.NOT_ENROLLED: N_(
        "You are not enrolled yet. Send /dangky, or give this number to your administrator: {id}"
    ),
    Denial.FOREIGN: None,
    Denial.FORMER: N_("You are no longer an officer of {unit}."),
    Denial.LOCKED: N_("Your account is locked: please speak to the administrator."),
    Denial.ROLE: N_("That is not for your role. Send /trogiup for what you can ask."),
    Denial.CHAT: N_("That is not done in this group: please write to me in private."),
}


class Dispatch:
    """Takes every Update to its handler, and the handler's answer back."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._turns = Turns()
        self._flood = Flood(Policies().messages_a_minute)

    def attach(self, application: Application) -> None:  # type: ignore[type-arg]
        """Have *application* hand over every Update."""
        application.add_handler(TypeHandler(Update, self._handle))
        application.add_error_handler(self._error)

    async def _handle(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None and update.message.migrate_to_chat_id is not None:
            await self._moved(update.message.chat.id, update.message.migrate_to_chat_id)
            return
        if update.my_chat_member is not None:
            await self._welcomed(update)
            return
        order = parse(update, context.bot.username)
        order = None if order is None else respelled(order, routes.NAMES)
        if order is None or order.tap or not order.private:
            await self._heed(update, context, order)
        else:
            await self._turns.take(order.sender, partial(self._heed_or_regret, update, context, order))

    async def _heed_or_regret(self, update: Update, context: ContextTypes.DEFAULT_TYPE, order: Order) -> None:
        """Deal with *order*; a failure is this update's, though another one may have brought us here."""
        try:
            await self._heed(update, context, order)
        except Exception as failure:  # noqa: BLE001  (told and logged)
            await self._regret(update, context.bot.username, failure)

    async def _heed(self, update: Update, context: ContextTypes.DEFAULT_TYPE, order: Order | None) -> None:
        answer = None if order is None else await self._hear(order)
        if update.callback_query is not None:
            await self._toast(update, answer if order is not None else self._no_such_button())
        if order is not None and answer is not None:
            await self._post(order, answer)
        if order is not None and (account := _menu_of(order, answer)) is not None:
            await publish_for(context.bot, self._reception.desk, account)

    async def _hear(self, order: Order) -> Answer | None:
        """Obey, unless the account floods: then say so once, before anything is read for it."""
        match self._flood.passes(order.sender, monotonic()):
            case Passage.FREE:
                return await self._obey(order)
            case Passage.TOLD if not order.edited:
                return Answer(self._reception.voice.say(FLOOD))
        return None

    async def _obey(self, order: Order) -> Answer | None:
        route = routes.of(order)
        if route is None:
            return self._no_such_button() if order.tap else None  # it may be another bot's
        async with self._reception.desk.look() as act:
            self._flood.most = act.policies.messages_a_minute
            visitor = await admit(act, order, route.roles)
        if visitor in OUTSIDE and order.private and route.door is not None:
            answer = await route.door(self._reception, order)
            if answer is not None:
                return answer
        if isinstance(visitor, Denial):
            return None if order.edited else await self._deny(order, visitor)
        answer = await route.handle(self._reception, visitor, order)
        if order.file is not None and not order.edited and route.handle is not supplement.add:
            refused = await supplement.enclose(self._reception, visitor, order)
            return answer or refused
        return answer

    async def _deny(self, order: Order, why: Denial) -> Answer | None:
        log.info("denied", verb=order.verb, why=why, sender=order.sender)
        if (text := DENIAL[why]) is None:
            return None
        unit = await self._former_unit(order) if why is Denial.FORMER else None
        return Answer(self._reception.voice.say(text, id=order.sender, unit=unit))

    async def _former_unit(self, order: Order) -> str | None:
        async with self._reception.desk.look() as act:
            person = await people.by_telegram(act.session, order.sender)
            return None if person is None else await former_unit(act, person)

    def _no_such_button(self) -> Answer:
        return Answer(self._reception.voice.say("That button is no longer in use."))

    async def _toast(self, update: Update, answer: Answer | None) -> None:
        """Answer the finger: it is free, and nothing else waits for it."""
        assert update.callback_query is not None
        said = _plain(answer.said)[:TOAST] if answer and answer.said else None
        try:
            await update.callback_query.answer(said)
        except TelegramError as error:  # too old: the card says it all the same
            log.info("toast.lost", error=str(error))

    async def _post(self, order: Order, answer: Answer) -> None:
        message = answer.message
        if message is None and answer.said is not None and not order.tap:
            message = Message(answer.said)
        if message is None:
            return
        async with self._reception.desk.act() as act:
            content = message.to_json() | ({} if answer.kept is None else {"kept": answer.kept})
            where = Address(order.sender) if answer.privately else order.where
            if answer.replace:
                content["edits"] = order.message
            elif not order.private and not answer.privately:
                content["reply_to"] = order.message
            await letters.post(
                act.session,
                Letter(
                    chat=where.chat,
                    topic=where.topic,
                    kind=letters.ONCE if answer.once else "text",
                    key=_key(order, message),
                    content=content,
                    created=act.at,
                    not_before=act.at,
                    expires=act.at + act.policies.query_lives,
                ),
            )

    async def _moved(self, old: int, new: int) -> None:
        async with self._reception.desk.act() as act:
            await letters.move_chat(act.session, old, new)

    async def _welcomed(self, update: Update) -> None:
        """Note that a chat takes letters again, or no longer does."""
        change = update.my_chat_member
        assert change is not None
        status = change.new_chat_member.status
        if status not in ("left", "kicked"):
            await welcome(self._reception.desk, change.chat.id)
            return
        async with self._reception.desk.act() as act:
            await people.mark_blocked(act.session, change.chat.id, act.at, status)

    async def _error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        await self._regret(update, context.bot.username, context.error)

    async def _regret(self, update: object, bot_name: str, failure: BaseException | None) -> None:
        log.error("update.failed", exc_info=failure)
        if not isinstance(update, Update) or update.effective_chat is None:
            return
        sorry = Answer(
            self._reception.voice.say("That could not be done just now. It is logged; please try again.")
        )
        if update.callback_query is not None:
            await self._toast(update, sorry)
        elif (order := parse(update, bot_name)) is not None:
            await self._post(order, sorry)


def _key(order: Order, message: Message) -> str:
    """Return what makes an answer unique: of an album, which comes as many updates, each is said once."""
    album = order.file.album if order.file else None
    return f"answer:{order.source}" if album is None else f"answer:{album}:{order.sender}:{message.digest}"


def _menu_of(order: Order, answer: Answer | None) -> int | None:
    """Return whose menu is to be offered anew: another's than before, or that of one who opens the chat."""
    if answer is not None and answer.menu_of is not None:
        return answer.menu_of
    return order.sender if order.private and order.verb == "start" else None


def _plain(text: Markup) -> str:
    return text.striptags()
