"""A database filled with all the samples it ever keeps, in the order a bot would have written them."""

from datetime import datetime, timedelta

from sqlalchemy import text

from storage.engine import Storage
from storage.samples import MINUTES_KEPT, RAW_KEPT

PERIOD = 5

_RAW = """
    WITH RECURSIVE turns(at) AS
        (SELECT :start UNION ALL SELECT at + :period FROM turns WHERE at + :period < :end)
    INSERT INTO samples SELECT id, at * 1000 + id * 7 % 5000, 0, 2000 + abs(random()) % 20000
    FROM turns CROSS JOIN series
    """
_MINUTES = """
    WITH RECURSIVE turns(at) AS
        (SELECT :start UNION ALL SELECT at + :period FROM turns WHERE at + :period < :end)
    INSERT INTO minutes SELECT id, at, 12, 0, 0, 400 + abs(random()) % 2000, 200 + abs(random()) % 900,
        1100 + abs(random()) % 2000, 10 + abs(random()) % 900 FROM turns CROSS JOIN series
    """


async def fill(storage: Storage, until: datetime, *, raw: bool = True) -> None:
    """Write a fortnight of minutes that end at *until*, and the day of raw samples."""
    end = int(until.timestamp())
    async with storage.sampling() as connection:
        for statement, kept, period in ((_MINUTES, MINUTES_KEPT, 60), (_RAW, RAW_KEPT, PERIOD))[: 1 + raw]:
            start = end - int(kept / timedelta(seconds=1))
            await connection.execute(text(statement), {"start": start, "end": end, "period": period})
