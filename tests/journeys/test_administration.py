"""An administrator at work: roles, policies, announcements, members, the journal, the inventory."""

import re
from datetime import timedelta

from operations.tick import tick
from tests.journeys.conftest import Scene
from tests.journeys.people import HA, LONG, MAI, MINH, NAM, XA

HOUR = re.compile(r"\d\d:\d\d(:\d\d)?( \d\d/\d\d)?")


async def test_an_announcement_is_seen_sent_and_counted(stage: Scene) -> None:
    long, nam, mai = stage.person(LONG), stage.person(NAM), stage.person(MAI)
    for each in (long, nam):
        await each.starts()
        await each.chat.next_message()
    await mai.blocks()
    await long.says("/thongbao khẩn tất cả: 14h hôm nay kiểm tra đường truyền")
    shown = await long.chat.next_message(containing="Xem trước")
    assert "Gửi đến 6 đầu mối" in shown.text
    assert not nam.chat.bot_messages[1:]
    await long.taps(shown, "Gửi")
    told = await nam.chat.next_message(containing="Thông báo khẩn")
    assert told.text == "Thông báo khẩn của trực ban\n14h hôm nay kiểm tra đường truyền"
    await long.chat.wait(lambda _: "Đã gửi thông báo" in shown.text)
    for _ in range(50):
        answer = await long.taps(shown, "Kết quả gửi")
        if "đang gửi 0" in (answer.text or ""):
            break
    assert answer.text == "Đã đến 1, không gửi được 5, đang gửi 0."
    await long.chat.wait(lambda _: "Chưa gửi được:" in shown.text)
    assert "Xã Tân Thành" in shown.text
    assert not [each for each in long.chat.bot_messages if "Chưa gửi được tin đến" in each.text]
    assert await stage.asks(long, "/nhatky", "gửi thông báo")


async def test_a_policy_is_changed_by_a_second_press_and_taken_at_once(stage: Scene) -> None:
    ha, long = stage.person(HA), stage.person(LONG)
    assert "<" not in await stage.asks(long, "/cauhinh", "tiep_nhan = 10m")
    assert await stage.asks(long, "/cauhinh tiep_nhan 1d") == (
        "Giá trị không an toàn: tiep_nhan chỉ từ 1m đến 4h."
    )
    await long.says("/cauhinh goi_lai 2 phút")
    shown = await long.chat.next_message(containing="Sẽ là")
    assert shown.text.splitlines()[1:] == ["Hiện nay: 10m", "Sẽ là: 2m"]
    await stage.cut(XA)
    await stage.card()
    said = await long.taps(shown, "Xác nhận")
    assert said.text == "goi_lai: 10m → 2m (Phạm Đức Long đặt)"
    stage.clock.jump(stage.clock() + timedelta(minutes=3))
    await tick(stage.app.desk, stage.clock())
    await stage.oncall.next_message(containing="Chưa ai tiếp nhận SC-0001")
    history = await stage.asks(long, "/cauhinh goi_lai", "Các lần đặt")
    assert [HOUR.sub("HH", line) for line in history.splitlines()[-2:]] == [
        "HH: 2m (Phạm Đức Long)",
        "HH: 10m",
    ]
    assert (await stage.asks(ha, "/cauhinh")).startswith("Lệnh này không dành cho vai trò")


async def test_somebody_unknown_in_the_group_is_told_of_and_listed(stage: Scene) -> None:
    long = stage.person(LONG)
    await long.starts()
    stranger = stage.box.telegram.world.person(7, "Người Lạ")
    await stranger.joins(stage.oncall)
    told = await long.chat.next_message(containing="Có người lạ trong nhóm")
    assert "Người Lạ (7)" in told.text
    assert "🔴 Người Lạ (7): không rõ là ai" in await stage.asks(long, "/thanhvien", "Người trong các nhóm")
    assert "Người Lạ" not in await stage.asks(long, "/thanhvien", "nhắn riêng", stage.oncall)
    await stranger.leaves(stage.oncall)
    await stage.asks(long, "/toi", "quản trị")
    assert "Người Lạ" not in await stage.asks(long, "/thanhvien", "Người trong các nhóm")
    assert len([each for each in long.chat.bot_messages if "Có người lạ" in each.text]) == 1

    await stage.oncall.adds_bot(long, "member")  # who is no administrator is told by service messages alone
    await stage.box.telegram.world.person(8, "Khách").joins(stage.oncall)
    await long.chat.next_message(containing="Khách (8)")


async def test_a_role_is_shown_before_and_after_and_given_by_a_second_press(stage: Scene) -> None:
    long, minh = stage.person(LONG), stage.person(MINH)
    await minh.starts()
    await long.says("/phanquyen 1002 cán bộ thần xa")
    shown = await long.chat.next_message(containing="Sẽ là")
    assert shown.text.splitlines()[1:] == [
        "Hiện nay: trực ban, Tỉnh Thái Nguyên",
        "Sẽ là: đầu mối xã, Xã Thần Xa",
    ]
    await long.taps(shown, "Xác nhận")
    await minh.chat.next_message(containing="từ nay là đầu mối xã, Xã Thần Xa (Phạm Đức Long phân quyền)")
    assert (await stage.asks(minh, "/tiepnhan 1")).startswith("Lệnh này không dành cho vai trò")
    assert "Xã Thần Xa" in await stage.asks(minh, "/thongtin", "Phụ trách")
    assert await stage.asks(long, "/phanquyen 1101 trực ban") == ("Không thể tự đổi vai trò của chính mình.")
    assert "phân quyền" in await stage.asks(long, "/nhatky long", "Nhật ký")


async def test_the_journal_and_the_inventory_are_read_by_pages(stage: Scene) -> None:
    ha, long = stage.person(HA), stage.person(LONG)
    await stage.cut(XA)
    card = await stage.card()
    await ha.taps(card, "Tiếp nhận")
    await stage.asks(long, "/khoa triệu văn nam", "Đã khóa")
    told = await stage.asks(long, "/nhatky", "khóa tài khoản")
    assert [HOUR.sub("HH", line) for line in told.splitlines()[1:]] == [
        "HH: khóa tài khoản · Triệu Văn Nam (Phạm Đức Long)",
        "HH: tiếp nhận · SC-0001 (Nguyễn Thị Hà)",
    ]
    assert "khóa" not in await stage.asks(long, "/nhatky SC-0001", "SC-0001")
    typed = await long.says("/danhmuc")
    shown = await long.chat.next_message(after=typed)
    assert "Kênh: 214" in shown.text
    await long.taps(shown, "Kênh")
    await long.chat.wait(lambda _: shown.text.startswith("Kênh (1/11)"))
    await long.taps(shown, "Tiếp →")
    await long.chat.wait(lambda _: shown.text.startswith("Kênh (2/11)"))
    assert not re.search(r"\d+\.\d+\.\d+\.\d+", shown.text)
