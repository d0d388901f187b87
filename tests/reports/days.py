"""A day of a small province to draw: a cut, a storm, works, offices that are shut, a spell of blindness."""

from datetime import UTC, datetime, timedelta

from incidents.figures.parts import Share
from incidents.figures.stretches import Stretch
from incidents.span import Span
from locales.voice import Voice
from reports.compose import Line

VOICE = Voice.of("vi", "Asia/Ho_Chi_Minh")
START = datetime(2025, 11, 23, 0, 30, tzinfo=UTC)  # 07:30
DAY = Span(START, START + timedelta(days=1))
HOUR = timedelta(hours=1)


def spent(*pieces, day=DAY):
    """Return stretches from (hour, hour, share); what is between them was connected."""
    found, at = [], day.start
    for start, end, share in pieces:
        if day.start + start * HOUR > at:
            found.append(Stretch(Span(at, day.start + start * HOUR), Share.UP))
        found.append(Stretch(Span(day.start + start * HOUR, day.start + end * HOUR), share))
        at = day.start + end * HOUR
    return (*found, Stretch(Span(at, day.end), Share.UP)) if at < day.end else tuple(found)


BLIND = (8, 8.5, Share.BLIND)
SHUT = (10, 23.5, Share.SWITCHED_OFF)
LINES = (
    Line("Xã Thần Xa", "Võ Nhai", spent((2, 3.5, Share.CARRIER), BLIND)),
    Line("Thị trấn Đình Cả", "Võ Nhai", spent(BLIND, (12, 20, Share.POWER))),
    Line("Xã Ôn Lương", "Phú Lương", spent(BLIND, SHUT)),
    Line("Xã Ân Thi", "Phú Lương", spent(BLIND, SHUT)),
    Line("Thị trấn Đu", "Phú Lương", spent(BLIND, (18, 19, Share.PLANNED))),
    Line("Huyện ủy Đại Từ", "Đại Từ", spent(BLIND)),
    Line("Xã Ký Phú", "Đại Từ", spent((0, 0.2, Share.LAN), BLIND)),
)
