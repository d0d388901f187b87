import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
OURS = set(PROJECT["tool"]["importlinter"]["root_packages"])
LOCKS = ("requirements.lock", "requirements-dev.lock")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_.-]", each)[0].rstrip(".").lower() for each in requirements}


RUNTIME = names(PROJECT["project"]["dependencies"])
DECLARED = RUNTIME | {
    each for extra in PROJECT["project"]["optional-dependencies"].values() for each in names(extra)
}


def imported(folders: set[str]) -> set[str]:
    """Return the distributions that the code of *folders* imports."""
    modules = {
        name.split(".")[0]
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for name in _names(node)
    }
    owners = packages_distributions()
    foreign = modules - OURS - {"tests", "bench"} - set(sys.stdlib_module_names)
    return {owners[module][0].lower().replace("_", "-") for module in foreign}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_every_dependency_has_its_reason():
    page = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text("utf-8")
    reasons = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", page, flags=re.MULTILINE))
    assert set(reasons) == DECLARED
    assert all(len(reason) > 3 for reason in reasons.values())


def test_what_runs_imports_only_what_it_declares():
    assert imported(OURS) <= RUNTIME


def test_what_checks_imports_only_what_is_declared():
    assert imported({"tests"}) <= DECLARED


def test_the_locks_pin_with_hashes_and_name_no_registry():
    for lock in LOCKS:
        text = (ROOT / lock).read_text("utf-8")
        pinned = re.findall(r"^[a-z0-9-]+==\S+(?: ; [^\\]+)? \\\n +--hash=sha256:", text, flags=re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, flags=re.MULTILINE))
        assert "://" not in text
        assert "index-url" not in text


def test_the_lock_of_what_runs_is_part_of_the_other():
    first, second = (set(_pins(lock)) for lock in LOCKS)
    assert first <= second


def test_every_dependency_is_locked():
    run, dev = ({pin.split("==")[0] for pin in _pins(lock)} for lock in LOCKS)
    assert run >= RUNTIME
    assert dev >= DECLARED


def _pins(lock: str) -> list[str]:
    return re.findall(r"^([a-z0-9-]+==[^ ]+)", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
