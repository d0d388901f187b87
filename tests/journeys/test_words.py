"""Plain words: obeyed where they are understood, asked about where they are not."""

from storage import policies, questions
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, MAI, NAM

UNSURE = "mạng sao ấy anh"


def labels(message) -> list[str]:
    return [button.text for row in message.buttons for button in row]


async def test_plain_words_are_a_report_with_its_kind(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    answer = await stage.asks(nam, "mat mang roi a", "SC-0001")
    assert "đã ghi nhận báo cáo của đồng chí" in answer
    card = await stage.card("SC-0001")
    assert "Triệu Văn Nam báo" in card.text
    assert "mat mang roi a" in card.text


async def test_words_that_are_not_clear_become_buttons_and_a_tap_acts_once(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says(UNSURE)
    asked = await nam.chat.next_message(containing="Tôi chưa rõ ý đồng chí")
    assert asked.text == "Tôi chưa rõ ý đồng chí. Đề nghị đồng chí chọn một việc:"
    assert labels(asked)[-1] == "Không phải việc này"
    assert 3 <= len(labels(asked)) <= 5
    assert stage.oncall.bot_messages == []
    chosen = asked.button("Chập chờn, chậm").data
    await nam.taps(asked, "Chập chờn, chậm")
    assert (await nam.chat.next_message(containing="SC-0001")).text
    assert UNSURE in (await stage.card("SC-0001")).text
    again = await nam.taps_data(asked, chosen)
    assert again.text == "Câu này đồng chí đã trả lời rồi."


async def test_none_of_the_meanings_says_what_can_be_sent(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says(UNSURE)
    asked = await nam.chat.next_message(containing="Tôi chưa rõ ý đồng chí")
    await nam.taps(asked, "Không phải việc này")
    await nam.chat.wait(lambda _: "/baosuco" in asked.text)
    assert asked.buttons == []
    assert stage.oncall.bot_messages == []


async def test_another_unit_is_asked_about_and_only_told_to_the_desk(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says("xã La Hiên mất mạng rồi anh ơi")
    asked = await nam.chat.next_message(containing="đơn vị nào")
    assert labels(asked) == ["Đơn vị của tôi: Xã Thần Xa (Huyện Võ Nhai)", "Xã La Hiên (Huyện Võ Nhai)"]
    await nam.taps(asked, "Xã La Hiên")
    told = await stage.oncall.next_message(containing="tin từ đơn vị khác")
    assert told.text == (
        "Xã La Hiên: tin từ đơn vị khác\n"
        "Triệu Văn Nam: “xã La Hiên mất mạng rồi anh ơi”\n"
        "Chưa mở phiếu: đề nghị trực ban hỏi lại đơn vị."
    )
    await nam.chat.wait(lambda _: asked.text.startswith("Xã La Hiên (Huyện Võ Nhai) không phải đơn vị"))


async def test_the_own_unit_may_be_meant_after_all(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says("xã La Hiên mất mạng rồi anh ơi")
    asked = await nam.chat.next_message(containing="đơn vị nào")
    await nam.taps(asked, "Đơn vị của tôi")
    assert "Xã Thần Xa" in (await nam.chat.next_message(containing="SC-0001")).text


async def test_the_own_unit_of_a_double_name_is_named_and_can_be_taken_back(stage: Scene) -> None:
    mai = stage.person(MAI)
    await mai.starts()
    await stage.asks(mai, "tan thanh mat mang", "SC-0001")
    named = await mai.chat.next_message(containing="Báo cáo được ghi cho")
    assert named.text == "Báo cáo được ghi cho Xã Tân Thành (Huyện Phú Bình)."
    await mai.taps(named, "Không phải đơn vị này")
    await mai.chat.wait(lambda _: "đơn vị nào" in named.text)
    assert "rút" in named.text
    assert all("Tân Thành" in label and "Phú Bình" not in label for label in labels(named))


async def test_an_edited_report_reads_as_corrected_and_is_not_obeyed_again(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    typed = await nam.says("/baosuco mat mng")
    await nam.chat.next_message(containing="SC-0001")
    card = await stage.card("SC-0001")
    heard = len(nam.chat.bot_messages)
    await nam.edits(typed, "/baosuco mất mạng từ 7 giờ 10.1.2.3")
    await stage.oncall.wait(lambda _: "mất mạng từ 7 giờ ▒▒▒" in card.text)
    assert len(nam.chat.bot_messages) == heard


async def test_a_forwarded_message_is_no_command_and_a_report_by_it_says_so(stage: Scene) -> None:
    nam, mai = stage.person(NAM), stage.person(MAI)
    await nam.starts()
    await nam.forwards(await mai.says("/baosuco mất mạng rồi"))
    card = await stage.card("(chuyển tiếp)")
    assert "Xã Thần Xa" in card.text
    await nam.forwards(await mai.says("có mạng lại rồi ạ"))
    asked = await nam.chat.next_message(containing="Tôi chưa rõ ý đồng chí")
    assert "Đã có mạng trở lại" in labels(asked)


async def test_staff_who_name_a_unit_are_asked_what_they_want_of_it(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    await ha.says("la hiên báo mất mạng")
    asked = await ha.chat.next_message(containing="Xã La Hiên")
    assert asked.text == "Xã La Hiên (Huyện Võ Nhai): đồng chí cần việc gì?"
    assert labels(asked) == ["Xem trạng thái", "Kiểm tra ngay", "Ghi hộ báo cáo"]
    await ha.taps(asked, "Ghi hộ báo cáo")
    card = await stage.card("SC-0001")
    assert "Xã La Hiên" in card.text


async def test_a_cut_to_come_is_told_to_the_desk_with_its_hours(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says("ngày mai điện lực cắt điện từ 7h đến 11h ạ")
    told = await stage.oncall.next_message(containing="báo trước")
    assert [line.split(" ")[0] for line in told.text.splitlines()[2:4]] == ["Từ", "Đến"]
    assert "07:00" in told.text
    assert "11:00" in told.text


async def test_a_slip_in_a_command_is_a_button_that_gives_it_with_its_words(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says("/baosucoo mất từ sáng")
    asked = await nam.chat.next_message(containing="Ý đồng chí là /baosuco?")
    await nam.taps(asked, "/baosuco")
    assert "mất từ sáng" in (await stage.card("SC-0001")).text


async def test_what_follows_a_report_may_be_said_in_plain_words_too(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await stage.asks(nam, "mất mạng rồi ạ", "SC-0001")
    assert "SC-0001" in await stage.asks(nam, "bao giờ có mạng lại vậy anh", "SC-0001")
    assert "rút" in await stage.asks(nam, "em báo nhầm ạ", "rút")


async def test_a_flood_of_plain_words_is_told_so_once_and_then_not_answered(stage: Scene) -> None:
    async with stage.app.desk.act() as act:
        await policies.change(act.session, "messages_a_minute", 3, act.at)
    nam = stage.person(NAM)
    await nam.starts()
    await nam.chat.next_message()
    for number in range(8):
        await nam.says(f"wifi nhà em không vào được {number}")
    await nam.chat.next_message(containing="Đồng chí gửi quá nhiều tin")
    await nam.chat.wait(lambda chat: len(chat.bot_messages) == 4)
    assert sum("quá nhiều tin" in message.text for message in nam.chat.bot_messages) == 1


async def test_an_officer_s_choice_is_kept_to_learn_from_without_names_or_addresses(stage: Scene) -> None:
    nam = stage.person(NAM)
    await nam.starts()
    await nam.says("thần xa 10.1.2.3 mạng sao ấy anh")
    asked = await nam.chat.next_message(containing="Tôi chưa rõ ý đồng chí")
    await nam.taps(asked, "Đơn vị mất kết nối")
    await nam.chat.next_message(containing="SC-0001")
    async with stage.app.desk.look() as act:
        (kept,) = await questions.corrections(act.session)
    assert (kept.chosen, kept.guessed != "") == ("mat_ket_noi", True)
    assert kept.words.startswith("{unit}")
    assert "10.1" not in kept.words
