"""The sheets of an inventory: their columns, and what an office may have written above each."""

import re
from dataclasses import dataclass
from typing import Final

from locales.folding import fold

WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: it *must* be in the sheet or may be missing; its cells must be *filled* or may be empty."""

    name: str
    headers: tuple[str, ...]
    must: bool = False
    filled: bool = False


SHEETS: Final[dict[str, tuple[Column, ...]]] = {
    "units": (
        Column("code", ("Mã", "Mã đơn vị", "Mã số", "Mã ĐVHC"), must=True, filled=True),
        Column("name", ("Tên", "Tên đơn vị", "Đơn vị"), must=True, filled=True),
        Column("kind", ("Cấp", "Loại", "Loại đơn vị", "Loại hình", "Cấp đơn vị"), must=True, filled=True),
        Column("parent", ("Trực thuộc", "Đơn vị cấp trên", "Cấp trên", "Thuộc", "Mã cấp trên"), must=True),
        Column("edition", ("Phiên bản", "Ấn bản", "Năm danh mục")),
        Column("sla_class", ("sla", "Nhóm cam kết", "Mức cam kết", "Nhóm SLA", "Lớp SLA")),
        Column("address", ("Địa chỉ", "Địa chỉ trụ sở", "Trụ sở")),
        Column("latitude", ("lat", "Vĩ độ")),
        Column("longitude", ("lon", "lng", "Kinh độ")),
        Column("contact", ("Liên hệ", "Đầu mối", "Đầu mối liên hệ", "Người liên hệ")),
    ),
    "carriers": (
        Column("code", ("Mã", "Mã nhà mạng"), must=True, filled=True),
        Column("name", ("Tên", "Tên nhà mạng", "Nhà mạng", "Doanh nghiệp"), must=True, filled=True),
        Column("hotline", ("Đường dây nóng", "Điện thoại", "Số điện thoại", "Tổng đài")),
        Column("respond_minutes", ("Phản hồi (phút)", "Thời gian phản hồi", "Tiếp nhận (phút)")),
        Column("restore_minutes", ("Khắc phục (phút)", "Thời gian khắc phục")),
    ),
    "teams": (
        Column("code", ("Mã", "Mã đội"), must=True, filled=True),
        Column("name", ("Tên", "Tên đội", "Đội"), must=True, filled=True),
        Column("carrier", ("Nhà mạng", "Mã nhà mạng", "Doanh nghiệp"), must=True, filled=True),
        Column("chat_id", ("Nhóm Telegram", "Mã nhóm", "Nhóm chat", "chat")),
        Column("covers", ("Địa bàn", "Phụ trách", "Đơn vị phụ trách", "Địa bàn phụ trách")),
    ),
    "channels": (
        Column("code", ("Mã", "Mã kênh", "Mã kênh truyền", "Kênh"), must=True, filled=True),
        Column("unit", ("Đơn vị", "Mã đơn vị", "Điểm kết nối"), must=True, filled=True),
        Column("carrier", ("Nhà mạng", "Mã nhà mạng", "Doanh nghiệp")),
        Column("kind", ("Loại", "Loại kênh", "Vai trò kênh")),
        Column("uplink", ("Kênh trên", "Kênh cấp trên", "Qua kênh", "Đấu nối qua", "Kênh cha")),
        Column("probes", ("Kiểm tra", "Địa chỉ kiểm tra", "Đích kiểm tra", "probe", "Địa chỉ giám sát")),
        Column("bandwidth_mbps", ("Băng thông", "Băng thông (Mbps)", "bandwidth", "Tốc độ (Mbps)")),
        Column("priority", ("Ưu tiên", "Mức ưu tiên", "Độ ưu tiên")),
        Column("profile", ("Hồ sơ", "Cấu hình giám sát", "Mẫu giám sát")),
    ),
    "people": (
        Column("telegram_id", ("Mã Telegram", "ID Telegram", "Telegram"), must=True, filled=True),
        Column("name", ("Tên", "Họ tên", "Họ và tên"), must=True, filled=True),
        Column("role", ("Vai trò", "Nhiệm vụ"), must=True, filled=True),
        Column("unit", ("Đơn vị", "Mã đơn vị")),
        Column("team", ("Đội", "Mã đội")),
        Column("phone", ("Điện thoại", "Số điện thoại", "Di động", "SĐT")),
    ),
}

# What the sheets themselves may be called.
TITLES: Final[dict[str, tuple[str, ...]]] = {
    "units": ("Đơn vị", "Danh mục đơn vị"),
    "carriers": ("Nhà mạng", "Doanh nghiệp"),
    "teams": ("Đội", "Đội kỹ thuật"),
    "channels": ("Kênh", "Kênh truyền", "Danh mục kênh"),
    "people": ("Người", "Người dùng", "Nhân sự", "Cán bộ"),
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
