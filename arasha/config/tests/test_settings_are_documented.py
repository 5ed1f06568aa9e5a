"""Whoever operates Arasha finds each setting in docs/operate.md, and no setting there that is gone."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
INTERNAL = {"ARASHA_TEST_CLUSTER"}


def named_in(path: Path, pattern: str) -> set[str]:
    return set(re.findall(pattern, path.read_text(encoding="utf-8")))


def test_each_variable_that_is_read_stands_in_the_table_and_each_in_the_table_is_read() -> None:
    sources = [
        path
        for top in ("arasha", "deploy", "tests")
        for path in (ROOT / top).rglob("*.py")
        if not (path.name.startswith("test_") or path.name == "conftest.py")
    ]
    read = {name for path in sources for name in named_in(path, r"[\"'](ARASHA_[A-Z_]+)[\"']")} - INTERNAL
    told = {
        name
        for line in (ROOT / "docs" / "operate.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("| `ARASHA_")
        for name in re.findall(r"`(ARASHA_[A-Z_]+)`", line.split("|")[1])
    }
    assert read == told
