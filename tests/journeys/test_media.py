"""Photos, voice notes and words sent after a report, or with it: kept, and shown to who works on it."""

import re

from sandbox.telegram import Fault, Group, Message, Person
from sandbox.telegram.files import PIXEL
from storage import people, policies
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM, THANG, VO_NHAI, XA

HOUR = re.compile(r"\d\d:\d\d( \d\d/\d\d)?")
SECOND = "VNPT-173"


def plain(text: str) -> str:
    return HOUR.sub("HH:MM", text)


async def arrives(stage: Scene, number: int) -> Person:
    """Have the person press Start, and be greeted."""
    person = stage.person(number)
    await person.starts()
    await person.chat.next_message()
    return person


async def reports(stage: Scene, nam: Person) -> Message:
    """Have the officer report, and return the card."""
    await nam.starts()
    await stage.asks(nam, "/baosuco mất mạng", "SC-0001")
    return await stage.card("SC-0001")


async def hears(person: Person, after: Message) -> str:
    return (await person.chat.next_message(after=after, timeout=10)).text


async def shown(group: Group, containing: str = "") -> Message:
    """Return the next file of the bot in *group*."""
    while True:
        message = await group.next_message(containing=containing, timeout=10)
        if message.file is not None:
            return message


async def given_to(stage: Scene, team: str) -> None:
    await stage.asks(stage.person(HA), f"/giaoviec SC-0001 {team}", f"cho {team}")


async def test_a_report_as_the_caption_of_a_photo_is_the_report_with_the_photo(stage: Scene) -> None:
    nam = await arrives(stage, NAM)
    photo = await nam.sends_photo(caption="/baosuco cháy modem")
    assert (await hears(nam, photo)).startswith("SC-0001: đã ghi nhận báo cáo của đồng chí.")
    card = await stage.card("SC-0001")
    picture = await shown(stage.oncall)
    assert (picture.kind, picture.file) == ("photo", photo.file)
    assert plain(picture.text) == "SC-0001 · Xã Thần Xa (Huyện Võ Nhai)\nTriệu Văn Nam gửi lúc HH:MM"
    await stage.oncall.wait(lambda _: "Kèm theo: 1 ảnh" in card.text)
    assert "“cháy modem”" in card.text
    assert ["Ảnh, ghi âm (1)"] in [[b.text for b in row] for row in card.buttons]


async def test_a_photo_a_voice_note_and_words_sent_next_are_kept_with_the_ticket(stage: Scene) -> None:
    nam = stage.person(NAM)
    card = await reports(stage, nam)
    photo = await nam.sends_photo(caption="đèn LOS đỏ, modem 10.170.1.11")
    assert await hears(nam, photo) == (
        "Đã bổ sung vào SC-0001.\nĐịa chỉ IP trong đó đã được che với mọi người xem."
    )
    assert plain((await shown(stage.oncall)).text) == (
        "SC-0001 · Xã Thần Xa (Huyện Võ Nhai)\nTriệu Văn Nam gửi lúc HH:MM: “đèn LOS đỏ, modem ▒▒▒”"
    )
    voice = await nam.sends_voice()
    assert await hears(nam, voice) == "Đã bổ sung vào SC-0001."
    assert (await shown(stage.oncall)).file == voice.file
    words = await nam.says("/bosung máy nổ đã hết dầu")
    assert await hears(nam, words) == "Đã bổ sung vào SC-0001."
    await stage.oncall.wait(lambda _: "máy nổ" in card.text)
    assert plain(card.text).splitlines()[-3:] == [
        "Kèm theo: 1 ảnh, 1 ghi âm",
        "Triệu Văn Nam bổ sung lúc HH:MM: “đèn LOS đỏ, modem ▒▒▒”",
        "Triệu Văn Nam bổ sung lúc HH:MM: “máy nổ đã hết dầu”",
    ]


async def test_an_album_is_answered_once(stage: Scene) -> None:
    nam = stage.person(NAM)
    card = await reports(stage, nam)
    album = await nam.sends_album([PIXEL] * 3, caption="tủ mạng")
    for _ in album:
        await shown(stage.oncall)
    await stage.oncall.wait(lambda _: "Kèm theo: 3 ảnh" in card.text)
    last = await nam.says("/start")
    await nam.chat.next_message(after=last)
    heard = nam.chat.messages[nam.chat.messages.index(album[-1]) + 1 :]
    assert [each.text for each in heard if "SC-0001" in each.text] == ["Đã bổ sung vào SC-0001."]


async def test_an_album_with_a_report_is_one_report_with_all_its_photos(stage: Scene) -> None:
    nam = await arrives(stage, NAM)
    album = await nam.sends_album([PIXEL] * 3, caption="/baosuco cháy modem")
    card = await stage.card("SC-0001")
    await stage.oncall.wait(lambda _: "Kèm theo: 3 ảnh" in card.text, 10)
    last = await nam.says("/start")
    await nam.chat.next_message(after=last)
    heard = [each for each in nam.chat.bot_messages if each.id > album[0].id and "SC-0001" in each.text]
    assert [each.text.splitlines()[0] for each in heard] == ["SC-0001: đã ghi nhận báo cáo của đồng chí."]


async def test_what_a_ticket_cannot_hold_is_refused_with_a_sentence(stage: Scene) -> None:
    nam = stage.person(NAM)
    async with stage.app.desk.act() as act:
        await policies.change(act.session, "supplements", {"ticket": 1}, act.at)
    await reports(stage, nam)
    await hears(nam, await nam.sends_photo())
    assert await hears(nam, await nam.sends_voice()) == (
        "SC-0001 đã đủ số nội dung bổ sung: đề nghị đồng chí báo thêm trực tiếp cho trực ban."
    )


async def test_the_team_gets_the_photos_with_the_job_and_those_that_come_later(stage: Scene) -> None:
    nam, thang = stage.person(NAM), stage.person(THANG)
    await reports(stage, nam)
    photo = await nam.sends_photo()
    await shown(stage.oncall)
    await stage.person(HA).starts()
    await given_to(stage, "VNPT Võ Nhai")
    team = stage.box.teams[VO_NHAI]
    assert (await shown(team)).file == photo.file
    late = await nam.sends_voice(caption="nghe tiếng quạt")
    told = await shown(team)
    assert (told.kind, told.file, told.silent) == ("voice", late.file, True)
    job = next(each for each in team.bot_messages if each.file is None)
    await team.wait(lambda _: "Ảnh, ghi âm (2)" in str(job))
    assert (await thang.taps(job, "Ảnh, ghi âm")).text == "Đang gửi ảnh, ghi âm của SC-0001."
    again = [await shown(team), await shown(team)]
    assert [each.file for each in again] == [photo.file, late.file]


async def test_a_team_that_lost_the_job_gets_nothing_new(stage: Scene) -> None:
    nam = stage.person(NAM)
    await reports(stage, nam)
    await stage.person(HA).starts()
    first, second = stage.box.teams[VO_NHAI], stage.box.teams[SECOND]
    await given_to(stage, "VNPT Võ Nhai")
    job = await first.next_message(containing="SC-0001")
    await given_to(stage, "VNPT Phú Bình")
    await nam.sends_photo()
    await shown(second)
    assert [each for each in first.bot_messages if each.file] == []
    refused = await stage.person(THANG).taps_data(job, "media:1")
    assert refused.text == "Không có phiếu này trong phạm vi của đồng chí."


async def test_a_field_team_adds_a_photo_by_replying_to_its_card(stage: Scene) -> None:
    thang, nam = stage.person(THANG), stage.person(NAM)
    await reports(stage, nam)
    await stage.person(HA).starts()
    await given_to(stage, "VNPT Võ Nhai")
    team = stage.box.teams[VO_NHAI]
    job = await team.next_message(containing="SC-0001")
    photo = await thang.sends_photo(caption="/bosung cột gãy", chat=team, reply_to=job)
    answer = await team.next_message(after=photo, containing="bổ sung vào")
    assert answer.text == "Đã bổ sung vào SC-0001."
    assert (await shown(stage.oncall)).file == photo.file
    assert [each for each in team.bot_messages if each.file] == []


async def test_the_open_outage_of_the_unit_takes_a_photo_without_a_report(stage: Scene) -> None:
    nam = await arrives(stage, NAM)
    lonely = await nam.sends_photo()
    assert await hears(nam, lonely) == (
        "Đơn vị chưa có phiếu nào đang mở. Để báo sự cố, đề nghị gửi ảnh kèm dòng chữ /baosuco."
    )
    await stage.cut(XA)
    await stage.card()
    photo = await nam.sends_photo()
    assert await hears(nam, photo) == "Đã bổ sung vào SC-0001."


async def test_a_stranger_s_and_a_locked_person_s_photos_are_refused(stage: Scene) -> None:
    stranger = stage.box.telegram.world.person(77, "Người Lạ")
    await stranger.starts()
    await stranger.chat.next_message()
    album = await stranger.sends_album([PIXEL] * 2)
    assert "Đồng chí chưa đăng ký" in await hears(stranger, album[-1])
    nam = stage.person(NAM)
    await reports(stage, nam)
    async with stage.app.desk.act() as act:
        person = await people.by_telegram(act.session, NAM)
        assert person is not None
        person.locked_at = act.at
        act.session.add(person)
    assert "đã bị khóa" in await hears(nam, await nam.sends_photo())
    assert [each for each in stage.oncall.bot_messages if each.file] == []


async def test_what_cannot_be_kept_is_answered_clearly(stage: Scene) -> None:
    nam = stage.person(NAM)
    await reports(stage, nam)
    for sent in (
        await nam.sends_sticker(),
        await nam.shares_location(21.8, 106.0),
        await nam.sends_document(b"PK", "so_do.zip"),
    ):
        assert await hears(nam, sent) == ("Bot chỉ nhận chữ, ảnh, ghi âm và video: đề nghị đồng chí gửi lại.")


async def test_a_photo_that_may_have_arrived_is_not_sent_twice(stage: Scene) -> None:
    nam = stage.person(NAM)
    card = await reports(stage, nam)
    stage.box.telegram.faults.add(Fault.DROP_AFTER, method="sendPhoto")
    photo = await nam.sends_photo()
    voice = await nam.sends_voice()
    await shown(stage.oncall)
    await shown(stage.oncall)
    await stage.oncall.wait(lambda _: "1 ảnh, 1 ghi âm" in card.text)
    files = [each.file for each in stage.oncall.bot_messages if each.file]
    assert files == [photo.file, voice.file]


async def test_a_first_photo_whose_words_say_that_the_line_is_out_is_a_report_with_it(stage: Scene) -> None:
    nam = await arrives(stage, NAM)
    photo = await nam.sends_photo(caption="xã em mất mạng rồi")
    answer = await nam.chat.next_message(after=photo, containing="SC-0001", timeout=10)
    assert answer.text.startswith("SC-0001: đã ghi nhận báo cáo của đồng chí.")
    card = await stage.card("SC-0001")
    await stage.oncall.wait(lambda _: "Kèm theo: 1 ảnh" in card.text)
    assert "xã em mất mạng rồi" in card.text
    assert (await shown(stage.oncall)).file == photo.file


async def test_what_the_bot_wrote_is_not_added_when_it_is_sent_back(stage: Scene) -> None:
    nam = stage.person(NAM)
    await reports(stage, nam)
    photo = await nam.sends_photo()
    await hears(nam, photo)
    picture = await shown(stage.oncall)
    back = await stage.person(HA).forwards(picture)
    await stage.person(HA).chat.wait(lambda chat: chat.bot_messages)
    assert back.file == photo.file
    assert "tin của chính tôi gửi" in stage.person(HA).chat.bot_messages[-1].text
