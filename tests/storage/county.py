"""A province of four districts in the database, large enough for a storm: who is behind whom is plain to see.

District *d* is unit d00 with the line d00; its communes are the units d01 to d08 with a line each. The odd
lines are VNPT's and the even Viettel's. Those of the fourth district hang behind its line 400, the others at
the centre. Commune 108 has a spare line, 198.
"""

from datetime import UTC, datetime

from storage.tables import Carrier, Channel, Chat, Person, Posting, Series, Team, Unit, Vantage

PROVINCE = 1
VNPT, VIETTEL = 1, 2
DISTRICTS = {1: "Huyện Võ Nhai", 2: "Huyện Đại Từ", 3: "Huyện Phú Bình", 4: "Huyện Định Hóa"}
COMMUNES = range(1, 9)
TWIN, SPARE = 108, 198
HA, LEADER, NAM = 1, 2, 3  # NAM is the officer of commune 101
TEAM = 1
ONCALL_CHAT, TEAM_CHAT = -100, -200
ANCHOR = 90


def communes(district):
    """Return the lines of the district's communes."""
    return {100 * district + each for each in COMMUNES}


LINES = {100 * district for district in DISTRICTS} | {SPARE}.union(*map(communes, DISTRICTS))


async def furnish(storage):
    """Write the province."""
    async with storage.begin() as session:
        session.add(Vantage(id=1, name="main"))
        session.add_all([Carrier(id=VNPT, code="VNPT", name="VNPT"), _viettel()])
        session.add(_unit(PROVINCE, "Tỉnh Thái Nguyên", "tỉnh", None, "tinh"))
        await session.flush()
        for district, name in DISTRICTS.items():
            session.add(_unit(100 * district, name, "huyện", PROVINCE, "huyen"))
            await session.flush()
            await _line(session, 100 * district, 100 * district)
            for line in sorted(communes(district)):
                session.add(_unit(line, f"Xã số {line}", "xã", 100 * district, "mien_nui"))
                await session.flush()
                await _line(session, line, line, 400 if district == 4 else None)
        await _line(session, SPARE, TWIN, kind="du_phong")
        session.add(Series(id=ANCHOR, url="icmp://10.9.9.9", vantage_id=1))
        session.add(Team(id=TEAM, code="VN", name="VNPT Võ Nhai", carrier_id=VNPT, chat_id=TEAM_CHAT))
        session.add(Person(id=HA, telegram_id=1001, name="Hà", role="truc_ban"))
        session.add(Person(id=LEADER, telegram_id=1002, name="Lan", role="lanh_dao"))
        session.add(Person(id=NAM, telegram_id=1003, name="Nam", role="can_bo"))
        await session.flush()
        session.add(Posting(person_id=NAM, unit_id=101, since=datetime(2026, 1, 1, tzinfo=UTC)))
        session.add(Chat(id=1, chat=ONCALL_CHAT, role="truc_ban"))


def _viettel():
    return Carrier(id=VIETTEL, code="VIETTEL", name="Viettel")


def _unit(id_, name, kind, parent, sla):
    return Unit(
        id=id_,
        edition="2023",
        code=str(id_),
        name=name,
        folded=name,
        kind=kind,
        parent_id=parent,
        sla_class=sla,
    )


async def _line(session, line, unit, uplink=None, kind="chinh"):
    carrier = VNPT if line % 2 else VIETTEL
    session.add(
        Channel(id=line, code=f"K{line}", unit_id=unit, uplink_id=uplink, carrier_id=carrier, kind=kind)
    )
    await session.flush()
    session.add(Series(id=line, channel_id=line, url=f"icmp://10.0.{line // 100}.{line % 100}", vantage_id=1))
