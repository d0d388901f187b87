"""The check of an inventory: tables become typed rows, or every problem there is, all at once."""

from collections.abc import Callable, Iterable, Iterator

from intents.wording import full_name
from storage.inventory.entries import Entry, enter
from storage.inventory.headers import SHEETS
from storage.inventory.known import Known
from storage.inventory.problem import Problem
from storage.inventory.references import Units, circles, duplicates, unknown_codes, unknown_units
from storage.inventory.rows import (
    CarrierRow,
    ChannelRow,
    Inventory,
    PersonRow,
    ServiceRow,
    ShiftRow,
    TeamRow,
    UnitKey,
    UnitRow,
)
from storage.inventory.shifts import Staff, overlaps, staff_of, unknown_staff, who
from storage.inventory.table import Reading

Validate = Callable[[str], str | None]  # what is wrong with a URL, or None


def check(
    reading: Reading,
    known: Known,
    validate_probe: Validate,
    validate_meter: Validate = lambda _: None,
) -> Inventory | tuple[Problem, ...]:
    """Return the inventory that was read, or all that is wrong with it."""
    sheets: dict[str, list[Entry]] = {name: [] for name in SHEETS}
    problems = list(reading.problems)
    for table in reading.tables:
        sheets[table.sheet], wrong = enter(table)
        problems += wrong
    units = Units(known, sheets["units"])
    present = frozenset(table.sheet for table in reading.tables)
    problems += _problems(sheets, present, units, known)
    watched = (*sheets["channels"], *sheets["services"])
    problems += _url_problems(watched, validate_probe, validate_meter)
    if problems:
        order = [*SHEETS]
        return tuple(sorted(problems, key=lambda each: _place(each, order)))
    columns = {table.sheet: frozenset(table.headers) for table in reading.tables}
    staff = staff_of(known.staff, sheets["people"])
    return _built(sheets, units, staff, Inventory(columns, notes=reading.notes))


def _place(problem: Problem, order: list[str]) -> tuple[int, int]:
    sheet = order.index(problem.sheet) if problem.sheet in order else -1
    return sheet, problem.row or 0


def _problems(
    sheets: dict[str, list[Entry]], present: frozenset[str], units: Units, known: Known
) -> Iterator[Problem]:
    carriers = known.carriers | _codes(sheets["carriers"])
    teams = known.teams | _codes(sheets["teams"])
    channels, people = sheets["channels"], sheets["people"]
    yield from _unit_problems(sheets["units"], units, known)
    for sheet in ("carriers", "teams", "channels", "services"):
        yield from duplicates(((entry, entry.get("code")) for entry in sheets[sheet]), "code")
    yield from duplicates(((entry, entry.get("telegram_id")) for entry in people), "telegram_id")
    yield from unknown_codes(sheets["teams"], "carrier", carriers, "carrier")
    yield from unknown_units(sheets["teams"], "covers", units)
    yield from unknown_units(channels, "unit", units)
    yield from unknown_codes(channels, "carrier", carriers, "carrier")
    # A channel that this sheet leaves out is about to be retired: nothing may hang behind it.
    live = _codes(channels) if "channels" in present else frozenset(known.uplinks)
    yield from unknown_codes(channels, "uplink", live, "channel")
    rows = {entry.get("code"): entry for entry in channels if entry.get("code")}
    above = {code: entry.get("uplink") for code, entry in rows.items()}
    yield from circles(above, rows, "uplink", "an uplink")
    yield from unknown_units(sheets["services"], "unit", units)
    yield from unknown_units(people, "unit", units)
    yield from unknown_codes(people, "team", teams, "team")
    yield from unknown_staff(sheets["shifts"], staff_of(known.staff, people))
    yield from overlaps(sheets["shifts"])


def _codes(entries: Iterable[Entry]) -> frozenset[str]:
    return frozenset(entry.get("code") for entry in entries if entry.get("code"))


def _unit_problems(entries: list[Entry], units: Units, known: Known) -> Iterator[Problem]:
    yield from duplicates(((entry, units.key(entry)) for entry in entries), "code")
    yield from unknown_units(entries, "parent", units)
    rows: dict[UnitKey, Entry] = {key: entry for entry in entries if (key := units.key(entry))}
    above = {**known.parents, **{key: _parent(entry, key, units) for key, entry in rows.items()}}
    yield from circles(above, rows, "parent", "a parent")
    for entry in entries:
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if entry.values.get(one, "") is None and entry.get(other) is not None:
                yield entry.problem(one, "", f"a {one}, since there is a {other}")


def _parent(entry: Entry, key: UnitKey, units: Units) -> UnitKey | None:
    reference = entry.get("parent")
    return next(iter(units.find(reference, key.edition)), None) if reference else None


def _url_problems(watched: Iterable[Entry], probe: Validate, meter: Validate) -> Iterator[Problem]:
    for entry in watched:
        for url in entry.get("probes") or ():
            if wrong := probe(url):
                yield entry.problem("probes", url, f"a probe: {wrong}")
        if (url := entry.get("meter")) and (wrong := meter(url)):
            yield entry.problem("meter", url, f"a meter: {wrong}")


def _built(
    sheets: dict[str, list[Entry]], units: Units, staff: tuple[Staff, ...], empty: Inventory
) -> Inventory:
    """Build the rows; every reference is known to be right by now."""

    def unit(reference: str | None) -> UnitKey | None:
        return units.find(reference)[0] if reference else None

    return Inventory(
        columns=empty.columns,
        units=tuple(_unit_row(entry, units) for entry in sheets["units"]),
        carriers=tuple(CarrierRow(**entry.values) for entry in sheets["carriers"]),
        teams=tuple(
            TeamRow(
                **{**entry.values, "covers": tuple(units.find(each)[0] for each in entry.get("covers") or ())}
            )
            for entry in sheets["teams"]
        ),
        channels=tuple(
            ChannelRow(**{**entry.values, "unit": unit(entry.get("unit"))}) for entry in sheets["channels"]
        ),
        services=tuple(
            ServiceRow(**{**entry.values, "unit": unit(entry.get("unit"))}) for entry in sheets["services"]
        ),
        people=tuple(
            PersonRow(**{**entry.values, "unit": unit(entry.get("unit"))}) for entry in sheets["people"]
        ),
        shifts=tuple(
            ShiftRow(
                date=entry.get("date"),
                from_=entry.get("from"),
                to=entry.get("to"),
                first=who(entry.get("first"), staff),
                second=who(entry.get("second"), staff),
            )
            for entry in sheets["shifts"]
        ),
        notes=empty.notes,
    )


def _unit_row(entry: Entry, units: Units) -> UnitRow:
    values = {name: value for name, value in entry.values.items() if name not in {"code", "edition"}}
    key = units.key(entry)
    assert key is not None
    name = full_name(values["name"], values["kind"])  # «Tân Thành» alone would not tell a xã from a phường
    return UnitRow(**{**values, "key": key, "name": name, "parent": _parent(entry, key, units)})
