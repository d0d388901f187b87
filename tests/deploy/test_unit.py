import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
UNIT = ROOT / "deploy" / "trucmang.service"
VERIFY = shutil.which("systemd-analyze")


@pytest.mark.skipif(VERIFY is None, reason="no systemd-analyze: the unit was not verified")
def test_systemd_takes_the_unit_as_it_stands(tmp_path):
    # the command is not installed here: another one stands in for it
    text = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT.read_text("utf-8"), flags=re.MULTILINE)
    copy = tmp_path / UNIT.name
    copy.write_text(text, "utf-8")
    done = subprocess.run([VERIFY, "verify", copy], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_gives_the_bot_no_privilege():
    lines = UNIT.read_text("utf-8").splitlines()
    wanted = {"DynamicUser=yes", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict"}
    assert wanted <= set(lines)


def test_the_image_takes_only_what_runs_and_by_hash():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes -r requirements.lock" in text
    assert "requirements-dev" not in text
    assert re.search(r"^USER (?!0|root)\S+$", text, flags=re.MULTILINE)


def test_every_package_goes_into_the_image():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= {line.removeprefix("!") for line in ignored if line.startswith("!")}
