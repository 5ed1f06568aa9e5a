"""Each folder has the same rooms, no file or function outgrows its reader, and nothing hides in `utils`."""

import ast
import re

import pytest

from tests.architecture.tree import FOLDERS_OF_A_PART, OWN_ROOMS, PACKAGE, ROOMS, module_of, parse, parts, sources

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
FORBIDDEN = re.compile(r"^(utils?|common|helpers?|core|misc)(\.py)?$")


@pytest.mark.parametrize("part", list(parts()))
def test_a_folder_has_only_known_rooms(part: str) -> None:
    rooms = ROOMS | OWN_ROOMS.get(part, set())
    unknown = []
    for entry in parts()[part].iterdir():
        if entry.is_dir():
            known = entry.name in FOLDERS_OF_A_PART or entry.name in rooms
        else:
            known = entry.stem in rooms or entry.suffix not in {".py"}
        if not known:
            unknown.append(entry.name)
    assert not unknown


def test_no_file_is_longer_than_its_reader_can_hold() -> None:
    lengths = {module_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources(tests=True)}
    assert {module: length for module, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{module_of(path)}.{node.name}: {length} lines"
        for path in sources()
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert not long


def test_nothing_hides_in_utils() -> None:
    assert [str(path) for path in PACKAGE.rglob("*") if FORBIDDEN.match(path.name)] == []
