"""What the template says of each column: an example, and what it means."""

from dataclasses import dataclass
from typing import Final

from locales.marker import N_


@dataclass(frozen=True, slots=True)
class Example:
    """An example cell with its meaning; *choices* are offered, and no other is taken unless it is *free*."""

    cell: str | float
    meaning: str
    choices: tuple[str, ...] = ()
    free: bool = False


KINDS: Final = ("tỉnh", "thành phố", "thị xã", "huyện", "xã", "phường", "thị trấn", "sở", "ban")

EXAMPLES: Final[dict[str, dict[str, Example]]] = {
    "units": {
        "code": Example("05725", N_("The unit's code in the official list; keep its leading zeros")),
        "name": Example("Thần Xa", N_("The unit's name")),
        "kind": Example("xã", N_("What it is: a commune, a ward, a department…"), KINDS, free=True),
        "parent": Example("170", N_("The code of the unit above it; empty at the very top")),
        "edition": Example("2025", N_("The year of the list of units; empty: the one in force")),
        "sla_class": Example(
            "Miền núi",
            N_("Which promise of repair holds: 4 hours (Tỉnh, Huyện), 8 (Thành phố), 24 (Miền núi)"),
            ("Tỉnh", "Huyện", "Thành phố", "Miền núi"),
            free=True,
        ),
        "address": Example("Xóm Trung Sơn", N_("Where the team has to drive")),
        "latitude": Example(21.85, N_("Degrees north, such as 21.85")),
        "longitude": Example(105.93, N_("Degrees east, such as 105.93; with the latitude or not at all")),
        "contact": Example("Văn phòng UBND xã", N_("Whom to ask for there")),
    },
    "carriers": {
        "code": Example("VNPT", N_("A short code of your own, without spaces")),
        "name": Example("VNPT Thái Nguyên", N_("The carrier's name")),
        "hotline": Example("0208.000.0001", N_("The number to call at night")),
        "respond_minutes": Example(15, N_("Minutes the contract gives for taking a job")),
        "restore_minutes": Example(480, N_("Minutes the contract gives for the repair")),
    },
    "teams": {
        "code": Example("VNPT-170", N_("A short code of your own, without spaces")),
        "name": Example("VNPT Võ Nhai", N_("The team's name, as it stands on a button")),
        "carrier": Example("VNPT", N_("The carrier's code, from its sheet")),
        "chat_id": Example(
            "-1001234567890", N_("The id of the team's Telegram group; empty: it does not chat")
        ),
        "covers": Example("170;171", N_("Codes of the units it looks after, with «;» between")),
    },
    "channels": {
        "code": Example("X05725", N_("The channel's code, as the carrier knows it, without spaces")),
        "unit": Example("05725", N_("The code of the unit whose channel it is")),
        "carrier": Example("VNPT", N_("The carrier's code, from its sheet")),
        "kind": Example("Chính", N_("The main channel or the spare one"), ("Chính", "Dự phòng")),
        "uplink": Example(
            "H170U", N_("The code of the channel it hangs behind; empty: it hangs at the centre")
        ),
        "probes": Example(
            "icmp://192.0.2.1;tcp://192.0.2.1:443",
            N_("What is probed, with «;» between: icmp://, tcp://, http(s)://, dns://, tls://"),
        ),
        "bandwidth_mbps": Example(20, N_("Megabits a second")),
        "priority": Example(3, N_("A whole number; 1 is the most important")),
        "meter": Example(
            "",
            N_("The port that counts its traffic: snmp://host/interface?credential=NAME; empty: none does"),
        ),
        "profile": Example(
            "Cân bằng",
            N_("How it is watched: fast, balanced (also when empty), or robust for a line that stutters"),
            ("Nhanh", "Cân bằng", "Bền"),
        ),
    },
    "services": {
        "code": Example("MOT-CUA", N_("A short code of your own, without spaces")),
        "name": Example("Một cửa điện tử", N_("The service's name, without «dịch vụ» in front")),
        "aliases": Example("một cửa;dịch vụ công", N_("What else people call it, with «;» between")),
        "unit": Example("T13", N_("The code of the unit that answers for it")),
        "owner": Example("Tổ quản trị một cửa", N_("Who answers for it: a person or a group")),
        "contact": Example("0208.000.3001", N_("Their number")),
        "chat_id": Example(
            "", N_("The Telegram id of whoever answers for it, a person or a group; empty: nobody is told")
        ),
        "probes": Example(
            "https://motcua.example.vn/",
            N_("What is probed, with «;» between: icmp://, tcp://, http(s)://, dns://, tls://"),
        ),
    },
    "people": {
        "telegram_id": Example("123456789", N_("The number the bot tells to whoever sends it /start")),
        "name": Example("Triệu Văn Nam", N_("Name and surname")),
        "role": Example(
            "Cán bộ",
            N_("What they are to the desk; an officer needs a unit, a team's member needs a team"),
            ("Trực ban", "Cán bộ", "Đội", "Lãnh đạo", "Quản trị"),
        ),
        "unit": Example("05725", N_("The code of their unit")),
        "team": Example("", N_("The code of their team")),
        "phone": Example("0208.000.1401", N_("Their number")),
    },
    "shifts": {
        "date": Example("24/11/2026", N_("The day on which the shift begins")),
        "from": Example("07:30", N_("The hour at which it begins")),
        "to": Example("17:00", N_("The hour at which it ends; not later than it begins: on the next day")),
        "first": Example(
            "Nguyễn Thị Hà", N_("Who is on duty: the name or the Telegram number; empty: nobody yet")
        ),
        "second": Example("", N_("Who is called next if that one does not answer")),
    },
}

# The mark in the first cell of an example: no code or id may look like it, so it is never taken for a row.
MARK: Final = "Ví dụ"
