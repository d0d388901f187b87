"""The sheets of an inventory: their columns, and what an office may have written above each."""

import re
from dataclasses import dataclass
from typing import Final

from locales.folding import fold

WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: it *must* be in the sheet or may be missing; its cells must be *filled* or may be empty.

    The first of *headers* is what our own template writes above it.
    """

    name: str
    headers: tuple[str, ...]
    must: bool = False
    filled: bool = False
    dated: bool = False  # a cell that a workbook holds as a date or an hour is taken


SHEETS: Final[dict[str, tuple[Column, ...]]] = {
    "units": (
        Column("code", ("Mã đơn vị", "Mã", "Mã số", "Mã ĐVHC"), must=True, filled=True),
        Column("name", ("Tên đơn vị", "Tên", "Đơn vị"), must=True, filled=True),
        Column("kind", ("Cấp", "Loại", "Loại đơn vị", "Loại hình", "Cấp đơn vị"), must=True, filled=True),
        Column("parent", ("Trực thuộc", "Đơn vị cấp trên", "Cấp trên", "Thuộc", "Mã cấp trên"), must=True),
        Column("edition", ("Phiên bản", "Ấn bản", "Năm danh mục")),
        Column("sla_class", ("Nhóm cam kết", "sla", "Mức cam kết", "Nhóm SLA", "Lớp SLA")),
        Column("address", ("Địa chỉ", "Địa chỉ trụ sở", "Trụ sở")),
        Column("latitude", ("Vĩ độ", "lat")),
        Column("longitude", ("Kinh độ", "lon", "lng")),
        Column("contact", ("Liên hệ", "Đầu mối", "Đầu mối liên hệ", "Người liên hệ")),
    ),
    "carriers": (
        Column("code", ("Mã nhà mạng", "Mã"), must=True, filled=True),
        Column("name", ("Tên nhà mạng", "Tên", "Nhà mạng", "Doanh nghiệp"), must=True, filled=True),
        Column("hotline", ("Đường dây nóng", "Điện thoại", "Số điện thoại", "Tổng đài")),
        Column("respond_minutes", ("Phản hồi (phút)", "Thời gian phản hồi", "Tiếp nhận (phút)")),
        Column("restore_minutes", ("Khắc phục (phút)", "Thời gian khắc phục")),
    ),
    "teams": (
        Column("code", ("Mã đội", "Mã"), must=True, filled=True),
        Column("name", ("Tên đội", "Tên", "Đội"), must=True, filled=True),
        Column("carrier", ("Nhà mạng", "Mã nhà mạng", "Doanh nghiệp"), must=True, filled=True),
        Column("chat_id", ("Nhóm Telegram", "Mã nhóm", "Nhóm chat", "chat")),
        Column("covers", ("Địa bàn", "Phụ trách", "Đơn vị phụ trách", "Địa bàn phụ trách")),
    ),
    "channels": (
        Column("code", ("Mã kênh", "Mã", "Mã kênh truyền", "Kênh"), must=True, filled=True),
        Column("unit", ("Mã đơn vị", "Đơn vị", "Điểm kết nối"), must=True, filled=True),
        Column("carrier", ("Nhà mạng", "Mã nhà mạng", "Doanh nghiệp")),
        Column("kind", ("Loại kênh", "Loại", "Vai trò kênh")),
        Column("uplink", ("Kênh trên", "Kênh cấp trên", "Qua kênh", "Đấu nối qua", "Kênh cha")),
        Column("probes", ("Địa chỉ kiểm tra", "Kiểm tra", "Đích kiểm tra", "probe", "Địa chỉ giám sát")),
        Column("bandwidth_mbps", ("Băng thông (Mbps)", "Băng thông", "bandwidth", "Tốc độ (Mbps)")),
        Column("priority", ("Ưu tiên", "Mức ưu tiên", "Độ ưu tiên")),
        Column("meter", ("Đo băng thông", "Đo lưu lượng", "Cổng đo", "snmp")),
        Column("profile", ("Hồ sơ", "Cấu hình giám sát", "Mẫu giám sát")),
    ),
    "services": (
        Column("code", ("Mã dịch vụ", "Mã"), must=True, filled=True),
        Column("name", ("Tên dịch vụ", "Tên", "Dịch vụ"), must=True, filled=True),
        Column("aliases", ("Tên gọi khác", "Tên khác", "Viết tắt")),
        Column("unit", ("Đơn vị chủ quản", "Chủ quản", "Mã đơn vị", "Đơn vị")),
        Column("owner", ("Người phụ trách", "Phụ trách", "Cán bộ phụ trách")),
        Column("contact", ("Liên hệ", "Điện thoại", "Số điện thoại")),
        Column("chat_id", ("Telegram", "Mã Telegram", "Nhóm Telegram", "chat")),
        Column("probes", ("Địa chỉ kiểm tra", "Kiểm tra", "Đích kiểm tra", "probe", "Địa chỉ giám sát")),
    ),
    "people": (
        Column("telegram_id", ("Mã Telegram", "ID Telegram", "Telegram"), must=True, filled=True),
        Column("name", ("Họ và tên", "Tên", "Họ tên"), must=True, filled=True),
        Column("role", ("Vai trò", "Nhiệm vụ"), must=True, filled=True),
        Column("unit", ("Mã đơn vị", "Đơn vị")),
        Column("team", ("Mã đội", "Đội")),
        Column("phone", ("Điện thoại", "Số điện thoại", "Di động", "SĐT")),
    ),
    "shifts": (
        Column("date", ("Ngày", "Ngày trực"), must=True, filled=True, dated=True),
        Column("from", ("Từ", "Từ giờ", "Bắt đầu", "Giờ bắt đầu"), must=True, filled=True, dated=True),
        Column("to", ("Đến", "Đến giờ", "Kết thúc", "Giờ kết thúc"), must=True, filled=True, dated=True),
        Column("first", ("Trực chính", "Người trực", "Trực ban", "Cán bộ trực"), must=True),
        Column("second", ("Trực phụ", "Trực dự bị", "Trực thay")),
    ),
}

# What the sheets themselves may be called.
TITLES: Final[dict[str, tuple[str, ...]]] = {
    "units": ("Đơn vị", "Danh mục đơn vị"),
    "carriers": ("Nhà mạng", "Doanh nghiệp"),
    "teams": ("Đội", "Đội kỹ thuật"),
    "channels": ("Kênh", "Kênh truyền", "Danh mục kênh"),
    "services": ("Dịch vụ", "Dịch vụ dùng chung", "Danh mục dịch vụ"),
    "people": ("Người", "Người dùng", "Nhân sự", "Cán bộ"),
    "shifts": ("Lịch trực", "Ca trực", "Phân ca"),
}


def key(text: str) -> str:
    """Return what two ways of writing a header have in common: letters and digits, folded."""
    return " ".join(WORD.findall(fold(text)))


def sheet_called(title: str) -> str | None:
    """Return the sheet that *title* names, or None."""
    wanted = key(title)
    return next((name for name, titles in TITLES.items() if wanted in {name, *map(key, titles)}), None)


def columns_by_header(sheet: str) -> dict[str, Column]:
    """Return the columns of *sheet* by the key of everything that may stand above them."""
    return {key(header): column for column in SHEETS[sheet] for header in (column.name, *column.headers)}
