"""The last version's data under this version: `deploy/upgrade.py` from its last tag, or from the first installation."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.long
def test_the_version_before_is_upgraded_with_its_data() -> None:
    done = subprocess.run([sys.executable, "deploy/upgrade.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1].startswith("upgraded from ")
