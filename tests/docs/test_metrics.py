import re
from dataclasses import asdict, fields, replace
from pathlib import Path

from checks.counters import Counters
from web.figures import Figures
from web.health import Health
from web.metrics import PROBING, exposition

PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text("utf-8")
FIGURES = Figures(
    channels={"up": 212, "down": 2},
    incidents={"open": 1, "acknowledged": 1},
    unclaimed=1,
    oldest_letter_age=3.0,
    letters_in_doubt=1,
    letters_dead=2,
    probing=asdict(Counters(sent=100, late=3)),
    samples_lost=4,
    meters_read=5,
    meters_failed=6,
    tick_age=0.5,
    summary_age=3600.0,
    backup_age=7200.0,
    database_bytes=1000,
    journal_bytes=2000,
    version="0.1.0",
)
FULL = Health(
    outcome_age=0.3,
    poll_age=2.0,
    outbox_depth=0,
    channels=214,
    out=2,
    blind=False,
    sent=100,
    replies=98,
    unknown=1,
    figures=FIGURES,
)


def samples(health: Health = FULL) -> dict[str, float]:
    """Return every value that is exposed, by its name with its labels."""
    lines = [line for line in exposition(health).decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def names(health: Health = FULL) -> set[str]:
    return {each.split("{")[0] for each in samples(health)}


def test_every_metric_is_documented_and_no_other() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.MULTILINE)) == names()


def test_every_metric_says_what_it_means_and_what_to_do() -> None:
    rows = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
    assert not [row for row in rows if len(row) != 3 or not all(cell.strip(" |") for cell in row)]


def test_a_page_of_prose_names_no_metric_that_is_not_there() -> None:
    assert set(re.findall(r"`(trucmang_\w+)`", PAGE)) <= names()


def test_every_counter_of_the_engine_is_exposed() -> None:
    assert PROBING.keys() == {field.name for field in fields(Counters)}


def test_labels_tell_states_and_statuses_apart() -> None:
    told = samples()
    assert told['trucmang_channels_by_state{state="down"}'] == 2
    assert told['trucmang_incidents{status="open"}'] == 1
    assert told['trucmang_build_info{version="0.1.0"}'] == 1
    assert told["trucmang_replies_late_total"] == 3


def test_what_is_not_known_is_left_out() -> None:
    dark = replace(FULL, outbox_depth=None, figures=Figures())
    assert "trucmang_outbox_letters" not in names(dark)
    assert "trucmang_incidents_unclaimed" not in names(dark)
