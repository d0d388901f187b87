from collections import Counter
from itertools import pairwise

from checks.target import validate
from locales.folding import fold
from storage.inventory.headers import SHEETS
from storage.inventory.sample import load_sample

SAMPLE = load_sample()
COMMUNES = [row for row in SAMPLE.units if row.kind in {"xã", "phường", "thị trấn"}]
ASSUMED = [row for row in SAMPLE.units if row.address == "(giả định)"]
UNITS = {row.key: row for row in SAMPLE.units}


def test_there_are_36_channels_of_bodies_and_178_of_communes():
    assert Counter(row.uplink is None for row in SAMPLE.channels) == {True: 36, False: 178}


def test_there_are_178_communes_in_9_districts_of_one_province():
    assert len(COMMUNES) == 178
    assert len({row.parent for row in COMMUNES}) == 9
    assert [row.key.code for row in SAMPLE.units if row.parent is None] == ["T"]


def test_six_names_are_shared_by_two_communes_each():
    names = Counter(row.name.removeprefix(row.kind.capitalize() + " ") for row in COMMUNES)
    assert {name for name, times in names.items() if times == 2} == {
        "Hương Sơn",
        "Trung Thành",
        "Tân Long",
        "Tân Thành",
        "Tân Thịnh",
        "Quân Chu",
    }


def test_every_assumed_body_says_so():
    bodies = {row.unit for row in SAMPLE.channels if row.uplink is None}
    assert {row.key for row in ASSUMED} == bodies
    assert all(row.contact == "(giả định)" for row in ASSUMED)


def test_the_uplink_of_a_commune_is_the_channel_of_its_districts_committee():
    for row in SAMPLE.channels:
        if row.uplink is not None:
            assert row.uplink == f"H{UNITS[row.unit].parent.code}U"


def test_every_probe_is_right_and_probes_one_channel_only():
    probes = [url for row in SAMPLE.channels for url in row.probes]
    assert not [url for url in probes if validate(url)]
    assert len(set(probes)) == len(probes) == 214


def test_every_unit_with_a_channel_has_a_class_of_promises():
    classes = {UNITS[row.unit].sla_class for row in SAMPLE.channels}
    assert classes == {"tinh", "huyen", "thanh_pho", "mien_nui"}


def test_every_district_has_a_team_with_a_chat():
    chats = {key.code: team.chat_id for team in SAMPLE.teams for key in team.covers if team.carrier == "VNPT"}
    districts = {row.parent.code for row in COMMUNES}
    assert {code: chats[code] for code in districts} == {
        code: int(f"-1002000000{code}") for code in districts
    }


def test_people_of_every_role_are_there():
    assert Counter(row.role for row in SAMPLE.people) == {
        "truc_ban": 3,
        "quan_tri": 1,
        "lanh_dao": 1,
        "doi": 3,
        "can_bo": 6,
    }


def test_the_sample_shows_every_sheet_and_no_more():
    assert SAMPLE.columns.keys() == SHEETS.keys()
    assert SAMPLE.notes == ()


def test_no_two_communes_of_a_district_bear_the_same_full_name():
    named = sorted((row.parent, fold(row.name)) for row in COMMUNES)
    assert all(one != other for one, other in pairwise(named))
