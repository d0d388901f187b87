"""A voice: a language and a time zone, in which messages, times and figures are said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from locales.catalogue import languages, translations
from locales.marker import N_

MINUTE = timedelta(minutes=1)
UNITS = (  # Babel has no Vietnamese for them
    (timedelta(days=1), N_("{count} day"), N_("{count} days")),
    (timedelta(hours=1), N_("{count} hour"), N_("{count} hours")),
    (MINUTE, N_("{count} minute"), N_("{count} minutes")),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """How the desk speaks: pure, so that two desks may speak differently in one process."""

    language: str
    zone: ZoneInfo

    @classmethod
    def of(cls, locale: str, zone: str) -> Self:
        """Return the voice of a locale («vi», «vi_VN») and a time zone; a ValueError says what is known."""
        return cls(_language(locale), _zone(zone))

    def say(self, msgid: str, /, **values: object) -> Markup:
        """Say a message as HTML: the message is trusted, a value is not unless it is Markup itself."""
        return Markup(self._message(msgid)).format(**values)  # noqa: S704  (the catalogue is ours)

    def plain(self, msgid: str, /, **values: object) -> str:
        """Say a message as plain text, for buttons, logs and the command line."""
        return self._message(msgid).format(**values)

    def time(self, at: datetime) -> str:
        """Return «07:30 24/11/2025»."""
        return f"{self._local(at):%H:%M %d/%m/%Y}"

    def hour(self, at: datetime) -> str:
        """Return «07:30»."""
        return f"{self._local(at):%H:%M}"

    def date(self, at: datetime) -> str:
        """Return «24/11/2025»."""
        return f"{self._local(at):%d/%m/%Y}"

    def when(self, at: datetime, now: datetime) -> str:
        """Return the hour, and the day too where it is not today's."""
        there = self._local(at)
        same_day = there.date() == self._local(now).date()
        return f"{there:%H:%M}" if same_day else f"{there:%H:%M %d/%m}"

    def second(self, at: datetime, now: datetime) -> str:
        """Return the hour to the second, and the day too where it is not today's."""
        there = self._local(at)
        same_day = there.date() == self._local(now).date()
        return f"{there:%H:%M:%S}" if same_day else f"{there:%H:%M:%S %d/%m}"

    def duration(self, span: timedelta) -> str:
        """Return «1 giờ 25 phút»: the two units that matter, never rounded up."""
        if span < MINUTE:
            return self.plain("under 1 minute")
        first = next(index for index, (size, _, _) in enumerate(UNITS) if span >= size)
        said = []
        for size, one, many in UNITS[first : first + 2]:
            count, span = divmod(span, size)
            if count:
                said.append(self.plain(one if count == 1 else many, count=count))
        return " ".join(said)

    def percent(self, share: float, decimals: int = 2) -> str:
        """Return «99,95%»; what is not quite whole is never shown as 100 %."""
        shown = min(share, 1 - 10.0 ** -(decimals + 2)) if share < 1 else share
        pattern = f"#,##0.{'0' * decimals}%" if decimals else "#,##0%"
        return format_percent(shown, format=pattern, locale=self.language)

    def number(self, value: float) -> str:
        """Return «1.234»."""
        return format_decimal(value, locale=self.language)

    def decimal(self, value: float) -> str:
        """Return «5,75», with two decimals at most."""
        return format_decimal(value, format="#,##0.##", locale=self.language)

    def milliseconds(self, seconds: float) -> str:
        """Return «23 ms», with a decimal only under one millisecond."""
        amount = seconds * 1000
        pattern = "#,##0" if amount >= 1 else "0.0"
        return f"{format_decimal(amount, format=pattern, locale=self.language)} ms"

    def megabits(self, bits: float) -> str:
        """Return millions of bits as «42,1»; its unit is the message's."""
        return format_decimal(bits / 1e6, format="#,##0.0", locale=self.language)

    def _message(self, msgid: str) -> str:
        return translations(self.language).gettext(msgid)

    def _local(self, at: datetime) -> datetime:
        if at.tzinfo is None:  # astimezone would take the machine's zone for it
            raise ValueError(f"{at} has no time zone")
        return at.astimezone(self.zone)


def _language(locale: str) -> str:
    known = languages()
    try:
        language = Locale.parse(locale.replace("-", "_")).language
    except (ValueError, UnknownLocaleError):
        language = ""
    if language not in known:
        raise ValueError(f"unknown locale {locale!r}: expected one of {', '.join(known)}")
    return language


def _zone(zone: str) -> ZoneInfo:
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"unknown time zone {zone!r}: expected a name such as Asia/Ho_Chi_Minh") from None
