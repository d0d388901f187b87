"""The caption of a file that was added to a ticket."""

import re
from datetime import UTC, datetime

import pytest

from bot.cards.media import caption
from bot.cards.message import units
from incidents.model import Incident
from locales.voice import Voice
from operations.look import IncidentView
from storage.tables import Attachment

VI = Voice.of("vi", "Asia/Ho_Chi_Minh")
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
MOST = 1024  # units of a caption


def view() -> IncidentView:
    nothing = dict.fromkeys(
        ("address", "channel", "carrier", "hotline", "extent", "backup", "flapping", "owner", "team"), None
    )
    return IncidentView(
        incident=Incident(unit=3, opened=NOW, id=12),
        unit="Xã Thần Xa",
        area="Huyện Võ Nhai",
        silent=(),
        teams=(),
        deadline=None,
        restore_by=None,
        power=(),
        reports=(),
        claims=(),
        service=None,
        **nothing,  # type: ignore[arg-type]
    )


def said(words: str, name: str = "Triệu Văn Nam") -> str:
    row = Attachment(
        incident_id=12, unit_id=3, person_id=1, at=NOW, kind="photo", file_id="f", caption=words, source="s"
    )
    return re.sub(r"<[^>]+>", "", str(caption(row, name, view(), VI, NOW).text))


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("", "Triệu Văn Nam gửi lúc 09:00"),
        ("cháy modem 10.0.0.1", "Triệu Văn Nam gửi lúc 09:00: “cháy modem ▒▒▒”"),
    ],
)
def test_it_names_ticket_unit_sender_and_hour_and_masks_addresses(words: str, last: str) -> None:
    assert said(words).splitlines() == ["SC-0012 · Xã Thần Xa (Huyện Võ Nhai)", last]


def test_the_longest_words_of_the_widest_letters_fit() -> None:
    assert units(said("😀" * 1000, name="😀" * 64)) <= MOST
