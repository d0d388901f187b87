"""A problem of an inventory: where it stands, what was found there and what was expected."""

from dataclasses import dataclass

SHOWN = 60  # characters of a value: enough to find it


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for the person who mends the sheet; *row* and *column* are as the sheet shows them."""

    sheet: str
    row: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        place = self.sheet
        if self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {_quoted(self.column)}"
        found = "" if self.value is None else f"found {_quoted(self.value)}, "
        return f"{place}: {found}expected {self.expected}"


class InventoryError(Exception):
    """An inventory that was not taken; *problems* are all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def _quoted(text: str) -> str:
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return f"«{''.join(each if each.isprintable() else '�' for each in cut)}»" if text else "nothing"
