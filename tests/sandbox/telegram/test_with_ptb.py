"""The box as the real library sees it, every request checked against an independent schema."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto, Update
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes
from telegram.request import HTTPXRequest

from sandbox.telegram import Fault, TelegramServer
from sandbox.telegram.files import PIXEL
from tests.schema import check


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer(checker=check) as server:
        yield server
        assert server.violations == []


def bot_of(server: TelegramServer, token: str = "", patience: float = 5.0) -> telegram.Bot:
    request = HTTPXRequest(read_timeout=patience)
    urls = {"base_url": server.base_url, "base_file_url": server.base_file_url}
    return telegram.Bot(token or server.token, request=request, **urls)


@pytest.fixture
async def bot(server):
    async with bot_of(server) as bot:
        yield bot


async def test_files_go_up_and_come_down(bot, an):
    message = await bot.send_document(11, b"a,b", filename="kênh.csv", caption="<b>x</b>", parse_mode="HTML")
    assert (message.document.file_name, message.caption) == ("kênh.csv", "x")
    file = await bot.get_file(message.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"a,b"
    again = await bot.send_document(11, message.document.file_id)
    assert again.document.file_id == message.document.file_id


async def test_what_a_person_sent_can_be_fetched(bot, server, an):
    await an.sends_photo()
    [update] = await bot.get_updates()
    file = await update.message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == PIXEL


async def test_albums_photos_and_new_media(bot, an):
    album = await bot.send_media_group(11, [InputMediaPhoto(PIXEL, caption="một"), InputMediaPhoto(PIXEL)])
    assert len({message.media_group_id for message in album}) == 1
    photo = await bot.send_photo(11, PIXEL, caption="biểu đồ")
    changed = await photo.edit_media(InputMediaDocument(b"x", filename="a.txt", caption="tệp"))
    assert changed.document.file_name == "a.txt"
    assert (await changed.edit_caption("tệp mới")).caption == "tệp mới"
    assert (await bot.send_voice(11, b"OggS")).voice
    assert (await bot.send_video(11, b"ftyp")).video
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(11, PIXEL, caption="x" * 1025)
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(11, b"not a picture")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.RATE_LIMIT(3), RetryAfter),
        (Fault.BLOCKED, Forbidden),
        (Fault.MIGRATED(-1009), telegram.error.ChatMigrated),
        (Fault.BAD_GATEWAY, NetworkError),
        (Fault.DROP_BEFORE, NetworkError),
        (Fault.DROP_AFTER, NetworkError),
        (Fault.CONFLICT, Conflict),
    ],
)
async def test_each_fault_is_the_librarys_error(bot, server, an, fault, error, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it RetryAfter warns of what is to come
    server.faults.add(fault, method="sendMessage")
    with pytest.raises(error):
        await bot.send_message(11, "x")


async def test_a_hang_is_a_timeout(server, an):
    async with bot_of(server, patience=0.1) as bot:
        server.faults.add(Fault.HANG_AFTER, method="sendMessage")
        with pytest.raises(TimedOut):
            await bot.send_message(11, "x")
    assert len(an.chat.bot_messages) == 1


async def test_a_wrong_token_is_an_invalid_token(server):
    with pytest.raises(InvalidToken):
        async with bot_of(server, token="1:wrong"):
            pass


async def test_chats_members_commands_and_pins(bot, group):
    chat = await bot.get_chat(group.id)
    assert chat.title == group.title
    assert (await bot.get_chat_member(group.id, 11)).status == "creator"
    message = await bot.send_message(group.id, "x")
    assert await message.pin()
    assert (await bot.get_chat(group.id)).pinned_message.message_id == message.message_id
    assert await bot.set_my_commands(
        [("baosuco", "Báo sự cố")], telegram.BotCommandScopeAllPrivateChats(), language_code="vi"
    )
    assert await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert await message.set_reaction("👍")
    assert await message.delete()


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="ack:1")]])
    await update.effective_message.reply_html(f"Chào <b>{context.args}</b>", reply_markup=keys, do_quote=True)


async def tapped(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    await update.callback_query.answer("Rõ")
    await update.callback_query.edit_message_text("Đã nhận")


@asynccontextmanager
async def running(server: TelegramServer) -> AsyncIterator[None]:
    app = Application.builder().token(server.token).base_url(server.base_url).build()
    app.add_handlers([CommandHandler("start", start), CallbackQueryHandler(tapped)])
    async with app:
        await app.start()
        await app.updater.start_polling()
        yield
        await app.updater.stop()
        await app.stop()


async def test_a_conversation_goes_on_across_a_restart(server):
    binh = server.world.person(12, "Trần Thị Bình")
    await binh.starts("moi")
    async with running(server):
        card = await binh.chat.next_message(containing="moi")
        assert card.reply_to.text == "/start moi"
    async with running(server):
        assert (await binh.taps(card, "Nhận")).text == "Rõ"
        await binh.chat.wait(lambda chat: card.text == "Đã nhận")
    assert card.edits == 1
    assert card.buttons == []
