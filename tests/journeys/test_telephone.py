"""A unit telephones, and on-call writes down what it says."""

import re

from tests.journeys.conftest import Scene
from tests.journeys.people import HA, NAM

HOUR = re.compile(r"\d\d:\d\d( \d\d/\d\d)?")


async def test_a_report_by_telephone_is_the_unit_s_word_for_word(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    answer = await stage.asks(ha, "/ghiho Bá Xuyên mất mạng từ sáng, đèn đỏ", "SC-0001")
    assert answer.splitlines()[:2] == [
        "SC-0001: đã ghi nhận báo cáo của Xã Bá Xuyên.",
        "Đường truyền đến Xã Bá Xuyên vẫn thông suốt. Đề nghị đồng chí kiểm tra tại đơn vị:",
    ]
    assert answer.splitlines()[-1] == "Trụ sở hiện có điện không?"
    card = await stage.card("báo sự cố")
    assert HOUR.sub("HH:MM", card.text).splitlines()[-1] == (
        "Xã Bá Xuyên báo lúc HH:MM: “mất mạng từ sáng, đèn đỏ” "
        "(đường truyền tốt: xem nguồn điện, mạng nội bộ của đơn vị; đơn vị gọi điện, Nguyễn Thị Hà ghi hộ)"
    )


async def test_of_a_double_name_one_is_chosen_and_the_words_are_kept(stage: Scene) -> None:
    ha = stage.person(HA)
    await ha.starts()
    typed = await ha.says("/ghiho tân thành các máy không vào mạng")
    asked = await ha.chat.next_message(after=typed, containing="đơn vị nào")
    names = [button.text for row in asked.buttons for button in row]
    assert "Xã Tân Thành (Huyện Phú Bình)" in names
    assert len(names) > 1
    await ha.taps(asked, "Xã Tân Thành (Huyện Phú Bình)")
    await ha.chat.next_message(containing="SC-0001: đã ghi nhận báo cáo của Xã Tân Thành", timeout=5)
    await ha.chat.wait(lambda _: asked.text == "Đã ghi hộ báo cáo của Xã Tân Thành.")
    assert "“các máy không vào mạng”" in (await stage.card("báo sự cố")).text


async def test_it_is_answered_in_the_desk_s_group_as_well(stage: Scene) -> None:
    ha = stage.person(HA)
    answer = await stage.asks(ha, "/ghiho Bá Xuyên mất mạng", "đã ghi nhận báo cáo", group=stage.oncall)
    assert "SC-0001" in answer


async def test_what_is_missing_or_unknown_is_said(stage: Scene) -> None:
    ha, nam = stage.person(HA), stage.person(NAM)
    await ha.starts()
    await nam.starts()
    assert await stage.asks(ha, "/ghiho", "/ghiho") == (
        "Đơn vị nào? Đề nghị ghi /ghiho, tên đơn vị và nội dung đơn vị báo."
    )
    unknown = await stage.asks(ha, "/ghiho zzz qqq", "Không có đơn vị")
    assert unknown == "Không có đơn vị nào tên gần giống “zzz qqq”."
    await stage.asks(nam, "/ghiho Bá Xuyên mất mạng", "vai trò")
    assert stage.oncall.bot_messages == []
