"""What an import changes, counted by sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a sheet were new, different, retired, or as they were."""

    added: int = 0
    changed: int = 0
    retired: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """The counts of the sheets that were there, and what was left unread."""

    sheets: Mapping[str, Count]
    notes: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether everything was already so."""
        return not any(each.added or each.changed or each.retired for each in self.sheets.values())


class Tally:
    """The counting of one sheet while it is written."""

    def __init__(self) -> None:
        self.count = Count()

    def written(self, *, new: bool, different: bool) -> None:
        """Count a row that the sheet has."""
        if new:
            self.count = replace(self.count, added=self.count.added + 1)
        elif different:
            self.count = replace(self.count, changed=self.count.changed + 1)
        else:
            self.count = replace(self.count, unchanged=self.count.unchanged + 1)

    def retired(self) -> None:
        """Count a row that the sheet has no longer."""
        self.count = replace(self.count, retired=self.count.retired + 1)


class TooManyRetiredError(Exception):
    """More than a tenth of the live channels would be retired, which a torn sheet would do too."""

    def __init__(self, retiring: tuple[str, ...], live: int) -> None:
        super().__init__(
            f"{len(retiring)} of {live} live channels would be retired, more than a tenth "
            f"({', '.join(retiring[:5])}{'…' if len(retiring) > 5 else ''}): say yes if that is meant"
        )
        self.retiring = retiring
        self.live = live
