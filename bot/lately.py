"""What was done lately for whom, so that it is not done again too soon; bounded memory."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MOST = 1000  # remembered at a time


@dataclass(slots=True)
class Lately:
    """The civil times at which something was last done, by whom it was done for."""

    span: timedelta
    _done: OrderedDict[int, datetime] = field(default_factory=OrderedDict)

    def first(self, whom: int, at: datetime) -> bool:
        """Note that it is to be done for *whom* at *at*; False if it was done within the span."""
        last = self._done.get(whom)
        if last is not None and abs(at - last) < self.span:
            return False
        self._done.pop(whom, None)
        self._done[whom] = at
        if len(self._done) > MOST:
            self._done.popitem(last=False)
        return True
