import unicodedata

import pytest

from checks.target import validate
from storage.inventory.check import check
from storage.inventory.cycles import cycles
from storage.inventory.known import Known
from storage.inventory.problem import Problem
from storage.inventory.read import read
from storage.inventory.rows import Inventory, UnitKey
from tests.storage.inventory.office import SMALL, changed, folder, small, without_column

KNOWN = Known(
    parents={UnitKey("2023", "T"): None, UnitKey("2023", "170"): UnitKey("2023", "T")},
    carriers=frozenset({"VNPT"}),
    teams=frozenset({"VN"}),
    uplinks={"H170U": None},
)


@pytest.fixture
def checked(tmp_path):
    def check_sheets(sheets, known=Known()):  # noqa: B008  (it is frozen)
        return check(read(folder(tmp_path / "office", sheets)), known, validate)

    return check_sheets


def test_what_is_right_becomes_typed_rows(checked):
    inventory = checked(SMALL)
    commune = next(row for row in inventory.units if row.key.code == "05725")
    assert (commune.name, commune.parent, commune.latitude) == ("Xã Thần Xa", UnitKey("2023", "170"), 21.85)
    channel = next(row for row in inventory.channels if row.code == "X05725")
    assert channel.probes == ("icmp://10.70.1.1", "tcp://10.70.1.1:443")
    assert (channel.uplink, channel.bandwidth_mbps, channel.profile) == ("H170U", 20.0, None)
    assert inventory.teams[0].covers == (UnitKey("2023", "170"),)
    assert inventory.people[2].unit == commune.key


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "expected"),
    [
        ("units", 4, "code", "", "may not be empty"),
        ("units", 4, "code", "05 725", "a code of at most 64 characters without spaces"),
        ("units", 4, "name", "", "may not be empty"),
        ("units", 4, "name", "x" * 501, "at most 500 characters"),
        ("units", 4, "kind", " ", "may not be empty"),
        ("units", 4, "parent", "171", "the code of a unit"),
        ("units", 5, "code", "05725", "each once; row 4 has it already"),
        ("units", 3, "parent", "05725", "a parent that does not lead back to itself (170 → 05725 → 170)"),
        ("units", 2, "parent", "T", "a parent that does not lead back to itself (T → T)"),
        ("units", 4, "latitude", "105.9", "degrees from -90 to 90"),
        ("units", 4, "latitude", "21°51'", "a number"),
        ("units", 4, "longitude", "181", "degrees from -180 to 180"),
        ("units", 4, "longitude", "", "a longitude, since there is a latitude"),
        ("units", 4, "name", "=HYPERLINK(1)", "a value, not a formula"),
        ("carriers", 2, "respond_minutes", "15 phút", "a whole number"),
        ("carriers", 2, "respond_minutes", "0", "a whole number from 1 to 525600"),
        ("carriers", 2, "restore_minutes", "1.5", "a whole number"),
        ("carriers", 2, "restore_minutes", "9" * 5000, "a whole number"),
        ("teams", 2, "carrier", "VMS", "the code of a carrier"),
        ("teams", 2, "carrier", "", "may not be empty"),
        ("teams", 2, "chat_id", "-1.002E+12", "a whole number, its digits written out"),
        ("teams", 2, "chat_id", "@vnpt", "a whole number"),
        ("teams", 2, "covers", "171", "the code of a unit"),
        ("channels", 3, "code", "H170U", "each once; row 2 has it already"),
        ("channels", 3, "unit", "", "may not be empty"),
        ("channels", 3, "unit", "05726", "the code of a unit"),
        ("channels", 3, "carrier", "VMS", "the code of a carrier"),
        ("channels", 3, "kind", "phụ trợ", "one of chinh, du_phong"),
        ("channels", 3, "uplink", "H171U", "the code of a channel"),
        ("channels", 3, "uplink", "X05725", "an uplink that does not lead back to itself (X05725 → X05725)"),
        ("channels", 2, "uplink", "X05725", "(H170U → X05725 → H170U)"),
        ("channels", 3, "probes", "10.70.1.1", "a probe: "),
        ("channels", 3, "probes", "icmp://10.70.1.1,icmp://10.70.1.2", "a probe: "),
        ("channels", 3, "probes", "ftp://10.70.1.1", "a probe: "),
        ("channels", 3, "bandwidth_mbps", "20Mb", "a number"),
        ("channels", 3, "bandwidth_mbps", "1.000", "without groups of thousands"),
        ("channels", 3, "bandwidth_mbps", "-20", "a number of Mbps"),
        ("channels", 3, "bandwidth_mbps", "nan", "a number"),
        ("channels", 3, "priority", "cao", "a whole number"),
        ("channels", 3, "priority", "١", "a whole number"),  # a digit, but not one of ours
        ("people", 4, "telegram_id", "@nam", "a whole number"),
        ("people", 4, "telegram_id", "-5", "a whole number from 1 to"),
        ("people", 4, "telegram_id", "", "may not be empty"),
        ("people", 4, "telegram_id", "1001", "each once; row 2 has it already"),
        ("people", 4, "role", "giám đốc", "one of truc_ban, can_bo, doi, lanh_dao, quan_tri"),
        ("people", 4, "unit", "99", "the code of a unit"),
        ("people", 3, "team", "VT", "the code of a team"),
    ],
)
def test_what_is_wrong_says_where_it_stands_and_what_is_expected(
    checked, sheet, row, column, value, expected
):
    problems = checked(changed(sheet, row, column, value))
    assert not isinstance(problems, Inventory)
    found = next(each for each in problems if (each.sheet, each.row, each.column) == (sheet, row, column))
    assert expected in found.expected


def test_all_problems_come_at_once_in_the_order_of_the_sheets(checked):
    sheets = changed("people", 4, "role", "?")
    sheets["units"][3][3] = "171"
    sheets["channels"][1][6] = "?"
    sheets["channels"][2][5] = "x;y"
    places = [(each.sheet, each.row) for each in checked(sheets)]
    assert places == [("units", 4), ("channels", 2), ("channels", 3), ("channels", 3), ("people", 4)]


def test_a_problem_is_one_line_even_of_a_wild_value():
    problem = Problem("channels", 12, "Đơn vị", "a\nb\u202e" + "x" * 1000, "a code")
    assert str(problem).startswith("channels, row 12, column «Đơn vị»: found «a�b�xxx")
    assert len(str(problem)) < 150
    assert str(problem).endswith("…», expected a code")


def test_a_problem_names_the_column_as_the_office_does(checked):
    sheets = changed("channels", 3, "unit", "99")
    sheets["channels"][0][1] = "Đơn vị"
    assert [each.column for each in checked(sheets)] == ["Đơn vị"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_kept_composed_and_without_stray_spaces(checked, form):
    sheets = changed("units", 4, "name", unicodedata.normalize(form, "  Thần \u00a0 Xa\u200b "))
    assert checked(sheets).units[2].name == "Xã Thần Xa"


def test_words_are_taken_in_the_ways_people_write_them(checked):
    sheets = changed("channels", 3, "kind", "Dự phòng")
    sheets["people"][3][2] = "CÁN BỘ XÃ"
    sheets["units"][3][5] = "Miền núi"
    sheets["channels"][2][6] = "12,5"
    inventory = checked(sheets)
    assert inventory.channels[1].kind == "du_phong"
    assert inventory.channels[1].bandwidth_mbps == 12.5
    assert inventory.people[2].role == "can_bo"
    assert inventory.units[2].sla_class == "mien_nui"


def test_a_sheet_may_refer_to_what_is_known_already(checked):
    inventory = checked({"teams": SMALL["teams"], "people": SMALL["people"][:3]}, KNOWN)
    assert inventory.teams[0].covers == (UnitKey("2023", "170"),)
    assert inventory.columns.keys() == {"teams", "people"}


def test_a_sheet_alone_may_not_refer_to_what_nobody_knows(checked):
    assert len(checked({"teams": SMALL["teams"]})) == 2


def test_an_uplink_that_the_sheet_itself_leaves_out_is_a_problem(checked):
    rows = [SMALL["channels"][0], SMALL["channels"][2]]
    known = Known(
        parents={**KNOWN.parents, UnitKey("2023", "05725"): None},
        carriers=KNOWN.carriers,
        uplinks=KNOWN.uplinks,
    )
    assert [each.column for each in checked({"channels": rows}, known)] == ["uplink"]


def test_a_cycle_through_units_known_already_is_a_problem(checked):
    rows = [SMALL["units"][0], ["T", "Tỉnh", "tỉnh", "170", "2023", "", "", "", ""]]
    assert "T → 170 → T" in checked({"units": rows}, KNOWN)[0].expected


def test_units_without_an_edition_are_of_the_edition_in_force(checked):
    sheets = {"units": without_column("units", "edition")}
    assert {row.key.edition for row in checked(sheets).units} == {"2025"}
    assert {row.key.edition for row in checked(sheets, KNOWN).units} == {"2023"}


def test_a_code_that_two_editions_have_must_be_told_apart(checked):
    sheets = small()
    sheets["units"] += [
        ["T", "Tỉnh Thái Nguyên", "tỉnh", "", "2025", "", "", "", ""],
        ["05725", "Thần Sa", "xã", "T", "2025", "", "", "", ""],
    ]
    assert {each.value for each in checked(sheets)} == {"05725", "T"}
    sheets["services"][1][3] = "2025/T"
    sheets["channels"][2][1] = sheets["people"][3][3] = "2025/05725"
    sheets["people"][1][3] = sheets["services"][1][3] = "2025/T"
    assert checked(sheets).channels[1].unit == UnitKey("2025", "05725")


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        ({"a": "b", "b": "c", "c": None}, []),
        ({"a": "a"}, [("a",)]),
        ({"x": "a", "a": "b", "b": "a", "y": "b"}, [("a", "b")]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, [("a", "b"), ("c", "d")]),
        ({"a": "gone"}, []),
    ],
)
def test_every_cycle_is_found_once(above, expected):
    assert cycles(above) == expected


def test_a_long_chain_is_no_cycle_and_no_recursion():
    assert cycles({each: each + 1 for each in range(20_000)}) == []
