"""The series of channels or services: each is a probe seen from our vantage, and keeps its id for ever."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.tables import Series, Vantage

VANTAGE = "main"


@dataclass(frozen=True)
class Watch:
    """Every series of the vantage by whose it is and URL.

    *of* names the column that says whose; *said* tells whether the sheet says what is probed.
    """

    session: AsyncSession
    vantage: int
    of: str
    said: bool
    series: dict[int, dict[str, Series]]

    @classmethod
    async def open(cls, session: AsyncSession, *, of: str, said: bool) -> Self:
        """Read the series, and make the vantage known."""
        vantage = await _vantage(session)
        series: dict[int, dict[str, Series]] = defaultdict(dict)
        for each in await session.exec(select(Series).where(Series.vantage_id == vantage)):
            if (whose := getattr(each, of)) is not None:
                series[whose][each.url] = each
        return cls(session, vantage, of, said, series)

    def renew(self, whose: int, urls: tuple[str, ...], at: datetime) -> bool:
        """Make *urls* its live series, if the sheet says them; say whether that was news."""
        if not self.said:
            return False
        there = self.series[whose]
        for url in urls:
            if url not in there:
                there[url] = new = Series(url=url, vantage_id=self.vantage, retired_at=at)
                setattr(new, self.of, whose)
                self.session.add(new)
        different = False
        for url, series in there.items():
            if (url in urls) != (series.retired_at is None):
                series.retired_at = None if url in urls else at
                different = True
        return different

    def end(self, whose: int, at: datetime) -> None:
        """Retire the live series of what is retired."""
        for series in self.series[whose].values():
            series.retired_at = series.retired_at or at

    def resume(self, whose: int, retired_at: datetime) -> None:
        """Take up again the series that were retired together with what they are of."""
        for series in self.series[whose].values():
            if series.retired_at == retired_at and not self.said:
                series.retired_at = None


async def _vantage(session: AsyncSession) -> int:
    vantage = (await session.exec(select(Vantage).where(Vantage.name == VANTAGE))).one_or_none()
    if vantage is None:
        vantage = Vantage(name=VANTAGE)
        session.add(vantage)
        await session.flush()
    assert vantage.id is not None
    return vantage.id
