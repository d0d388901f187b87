"""A small province in the database: a district's line with two communes behind it, and its people."""

from datetime import UTC, datetime

from storage.tables import Carrier, Channel, Chat, Cover, Person, Posting, Series, Team, Unit, Vantage

PROVINCE, DISTRICT, THAN_XA, DINH_CA, DEPARTMENT = 1, 2, 3, 4, 5
UPLINK, LINE_THAN_XA, LINE_DINH_CA, LINE_DEPARTMENT = 1, 2, 3, 4
HA, BINH, NAM, LEADER = 1, 2, 3, 4
TEAM, OTHER_TEAM = 1, 2
ONCALL_CHAT, TEAM_CHAT = -100, -200
ANCHOR = 90  # the series of the anchor
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)

_UNITS = (
    (PROVINCE, "Tỉnh Thái Nguyên", "tỉnh", None, "tinh"),
    (DISTRICT, "Huyện Võ Nhai", "huyện", PROVINCE, "huyen"),
    (THAN_XA, "Xã Thần Xa", "xã", DISTRICT, "mien_nui"),
    (DINH_CA, "Thị trấn Đình Cả", "thị trấn", DISTRICT, "mien_nui"),
    (DEPARTMENT, "Sở Xây dựng", "sở", PROVINCE, "tinh"),
)
_CHANNELS = (
    (UPLINK, DISTRICT, None),
    (LINE_THAN_XA, THAN_XA, UPLINK),
    (LINE_DINH_CA, DINH_CA, UPLINK),
    (LINE_DEPARTMENT, DEPARTMENT, None),
)
_PEOPLE = (
    (HA, "Hà", "truc_ban"),
    (BINH, "Bình", "truc_ban"),
    (LEADER, "Lãnh đạo", "lanh_dao"),
)


async def furnish(storage):
    """Write the province."""
    async with storage.begin() as session:
        session.add(Vantage(id=1, name="main"))
        session.add(Carrier(id=1, code="VNPT", name="VNPT"))
        for id_, name, kind, parent, sla in _UNITS:
            session.add(
                Unit(
                    id=id_,
                    edition="2023",
                    code=str(id_),
                    name=name,
                    folded=name,
                    kind=kind,
                    parent_id=parent,
                    sla_class=sla,
                )
            )
            await session.flush()
        for id_, unit, uplink in _CHANNELS:
            session.add(Channel(id=id_, code=f"K{id_}", unit_id=unit, uplink_id=uplink, carrier_id=1))
            await session.flush()
            session.add(Series(id=id_, channel_id=id_, url=f"icmp://10.0.0.{id_}", vantage_id=1))
        session.add(Series(id=ANCHOR, url="icmp://10.9.9.9", vantage_id=1))
        session.add(Team(id=TEAM, code="VN", name="VNPT Võ Nhai", carrier_id=1, chat_id=TEAM_CHAT))
        session.add(Team(id=OTHER_TEAM, code="DT", name="VNPT Đại Từ", carrier_id=1))
        await session.flush()
        session.add(Cover(team_id=TEAM, unit_id=DISTRICT))
        for id_, name, role in _PEOPLE:
            session.add(Person(id=id_, telegram_id=1000 + id_, name=name, role=role))
        await enlist(session, NAM, "Nam", THAN_XA)
        session.add(Chat(id=1, chat=ONCALL_CHAT, role="truc_ban"))


async def enlist(session, person, name, *units):
    """Write an officer of *units*."""
    session.add(Person(id=person, telegram_id=1000 + person, name=name, role="can_bo"))
    await session.flush()
    session.add_all(Posting(person_id=person, unit_id=unit, since=BEFORE) for unit in units)
