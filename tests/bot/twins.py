"""Two communes alike in everything, number 1 and number 2: whatever is of the second has the number 2.

So a button with the number 2 is about the other commune, whatever kind of thing its numbers name.
"""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from incidents.model import Assignment, Incident, Member
from incidents.roles import Role
from storage import incidents, policies, postings, schema
from storage.engine import Storage
from storage.tables import (
    Attachment,
    Broadcast,
    Carrier,
    Channel,
    Chat,
    Cover,
    Directive,
    Person,
    Posting,
    Question,
    Registration,
    Report,
    Series,
    Team,
    Unit,
    Vantage,
    Vigil,
)
from storage.tables import Member as MemberRow

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OWN, OTHER = 1, 2
NAME = {OWN: "Thần Xa", OTHER: "Đình Cả"}
SECRET = "bí mật của Đình Cả"  # what an officer of the other commune wrote
CODE = {OWN: "K-MOT", OTHER: "K-HAI"}
DISTRICT, OTHER_DISTRICT, PROVINCE = 3, 4, 5
ONCALL, LEADERS, TEAM, OTHER_TEAM, FOREIGN = (
    -1002000000001,
    -1002000000002,
    -1002000000003,
    -1002000000004,
    -1002000000005,
)
# Accounts. Staff deal with the first commune's district, but for the one of the other's.
OFFICER, OTHER_OFFICER, ONCALL_, TEAM_, LEADER, ADMIN = 101, 102, 103, 104, 105, 106
LOCKED, FORMER, STRANGER = 107, 108, 109
PERSON = {
    Role.OFFICER: OFFICER,
    Role.ONCALL: ONCALL_,
    Role.TEAM: TEAM_,
    Role.LEADER: LEADER,
    Role.ADMIN: ADMIN,
}
UNWATCHED = ("outbox", "questions", "presences", "revisions", "sqlite_sequence")


async def furnish(url: str) -> None:
    """Write both communes with everything about them."""
    await schema.upgrade(url)
    async with Storage(url) as storage, storage.begin() as session:
        await policies.change(session, "messages_a_minute", 10**6, AT)
        for rows in (_places(), _lines(), _people(), _posted()):
            for row in rows:
                session.add(row)
                await session.flush()
        await postings.end_all(session, 8, AT, None)
        for number in (OWN, OTHER):
            await incidents.add(session, _ticket(number), "silent")
            for row in _about(number):
                session.add(row)
                await session.flush()
        back = await session.get(MemberRow, OTHER)
        assert back is not None
        back.left = AT


def _ticket(number: int) -> Incident:
    """Return the ticket: the own team has the own one; the other's line is back, so that it may be closed."""
    if number == OWN:
        return Incident(OWN, AT, root=OWN, members=(Member(OWN, AT),), assignment=Assignment(OWN, AT))
    return Incident(OTHER, AT, root=OTHER, members=(Member(OTHER, AT),), recovered=AT)


def _places() -> list[Unit | Vantage | Carrier]:
    units = (
        (PROVINCE, "Tỉnh Thái Nguyên", "tỉnh", None),
        (DISTRICT, "Huyện Võ Nhai", "huyện", PROVINCE),
        (OTHER_DISTRICT, "Huyện Đại Từ", "huyện", PROVINCE),
        (OWN, f"Xã {NAME[OWN]}", "xã", DISTRICT),
        (OTHER, f"Xã {NAME[OTHER]}", "xã", OTHER_DISTRICT),
    )
    return [
        Vantage(id=1, name="main"),
        *(Carrier(id=number, code=f"C{number}", name=f"Nhà mạng {number}") for number in (OWN, OTHER)),
        *(
            Unit(id=id_, edition="2023", code=f"U{id_}", name=name, folded=name, kind=kind, parent_id=above)
            for id_, name, kind, above in units
        ),
    ]


def _lines() -> list[Channel | Series | Team | Cover | Chat]:
    rows: list[Channel | Series | Team | Cover | Chat] = []
    for number, district, chat in ((OWN, DISTRICT, TEAM), (OTHER, OTHER_DISTRICT, OTHER_TEAM)):
        rows += [
            Channel(id=number, code=CODE[number], unit_id=number, carrier_id=number),
            Series(id=number, channel_id=number, url=f"icmp://10.0.0.{number}", vantage_id=1),
            Team(id=number, code=f"T{number}", name=f"Đội {number}", carrier_id=number, chat_id=chat),
            Cover(team_id=number, unit_id=district),
            Chat(chat=chat, role="doi"),
        ]
    return [*rows, Chat(chat=ONCALL, role="truc_ban"), Chat(chat=LEADERS, role="lanh_dao")]


def _people() -> list[Person]:
    staff = {"unit_id": DISTRICT}
    return [
        Person(id=1, telegram_id=OFFICER, name="Cán bộ Một", role=Role.OFFICER),
        Person(id=2, telegram_id=OTHER_OFFICER, name="Cán bộ Hai", role=Role.OFFICER),
        Person(id=3, telegram_id=ONCALL_, name="Trực ban", role=Role.ONCALL, **staff),
        Person(id=4, telegram_id=TEAM_, name="Thợ Một", role=Role.TEAM, team_id=OWN),
        Person(id=5, telegram_id=LEADER, name="Lãnh đạo", role=Role.LEADER, **staff),
        Person(id=6, telegram_id=ADMIN, name="Quản trị", role=Role.ADMIN, **staff),
        Person(id=7, telegram_id=LOCKED, name="Bị khóa", role=Role.ADMIN, locked_at=AT),
        Person(id=8, telegram_id=FORMER, name="Đã thôi", role=Role.OFFICER),
    ]


def _posted() -> list[Posting]:
    return [
        Posting(id=id_, person_id=person, unit_id=unit, since=AT)
        for id_, person, unit in ((1, 1, OWN), (2, 2, OTHER), (8, 8, OWN))
    ]


def _about(
    number: int,
) -> list[Report | Registration | Vigil | Directive | Question | Broadcast | Attachment]:
    """Return what is about the commune of this number, each with the same number."""
    words, later = SECRET if number == OTHER else "mất mạng", AT + timedelta(days=1)
    of = {"incident_id": number, "unit_id": number, "person_id": number, "at": AT}
    return [
        Report(id=number, said_at=AT, words=words, finding="line_down", **of),
        Attachment(id=number, kind="words", caption=words, source=f"a{number}", **of),
        Registration(
            id=number,
            telegram_id=200 + number,
            name=f"Mới {number}",
            begun=AT,
            expires=later,
            unit_id=number,
            asked=AT,
        ),
        Vigil(id=number, occasion="watch", unit_id=number, starts=AT, ends=later, created=AT),
        Directive(
            id=number,
            person_id=5,
            at=AT,
            words=words,
            incident_id=number,
            chat=LEADER,
            due=later,
            source=f"d{number}",
        ),
        Question(id=number, source=f"q{number}", person_id=number, words=words, expires=later),
        Broadcast(
            id=number,
            person_id=6 if number == OWN else 2,
            at=AT,
            unit_id=number,
            words=words,
            source=f"b{number}",
        ),
    ]


class Watch:
    """Looks at the file itself: what was written of the other commune, and the way back."""

    def __init__(self, path: Path) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        self._watch()
        self._before = sqlite3.connect(":memory:")
        self._file.backup(self._before)
        self._seen = self._newest()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
        self._before.close()

    def touched(self) -> tuple[list[str], bool]:
        """Return the tables in which something of the other commune was written, and whether anything was."""
        rows = self._file.execute("SELECT name, other FROM touched").fetchall()
        return sorted({name for name, other in rows if other}), bool(rows)

    def restore(self) -> None:
        """Have the file as it was."""
        self._before.backup(self._file)
        self._seen = self._newest()

    def said(self, chat: int) -> list[str]:
        """Return what was posted to *chat* since this was asked last."""
        rows = self._file.execute(
            "SELECT json_extract(content, '$.text') FROM outbox WHERE id > ? AND chat = ? AND kind != 'card'",
            (self._seen, chat),
        ).fetchall()
        self._seen = self._newest()
        return [text for (text,) in rows if text]

    def _newest(self) -> int:
        found: int = self._file.execute("SELECT coalesce(max(id), 0) FROM outbox").fetchone()[0]
        return found

    def _watch(self) -> None:
        self._file.execute("CREATE TABLE touched (name TEXT, other INT)")
        tables = self._file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table in (*UNWATCHED, "touched", "alembic_version"):
                continue
            columns = [row[1] for row in self._file.execute(f"PRAGMA table_info({table})")]
            of = [
                each for each in ("incident_id", "unit_id", "channel_id", "directive_id") if each in columns
            ]
            if table in ("incidents", "directives", "registrations", "broadcasts", "vigils"):
                of.append("id")
            for verb, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
                other = " OR ".join(f"{row}.{each} IS 2" for each in of) or "0"
                self._file.execute(
                    f"CREATE TRIGGER watch_{table}_{verb} AFTER {verb} ON {table} "
                    f"BEGIN INSERT INTO touched VALUES ('{table}', {other}); END"
                )
