"""Every act of a child's file has its sentence: a new verb without one fails here, whichever folder writes it."""

import ast
import re
from pathlib import Path

import pytest

import arasha
from arasha.coordination import rules

HOUSE = Path(arasha.__file__).parent
# Streams that are no file's: their acts stand in no time line.
IN_SQL = re.compile(r"journal\.open_act\('dossier', [^,]+, '(\w+)'")
OTHER_STREAMS = ("user_stream", "system_stream", "body_stream", "configuration_stream", "person_stream", "stream_of")


def called(node: ast.expr) -> str:
    """Return the bare name of what a call calls."""
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""


def verbs() -> set[str]:
    """Return the literal verbs of acts that any folder may write into a file's stream."""
    found = set()
    for path in HOUSE.rglob("*.py"):
        if not {"tests", "migrations"} & set(path.relative_to(HOUSE).parts):  # where the checkout lies says nothing
            found |= verbs_in(ast.parse(path.read_text(encoding="utf-8")))
    for path in HOUSE.rglob("migrations/sql/*.sql"):  # functions that write many acts in one call
        found |= set(IN_SQL.findall(path.read_text(encoding="utf-8")))
    return found


def named_in(tree: ast.Module) -> dict[str, ast.expr]:
    """Return what the names of a module stand for, those of a stream that it imports from a neighbour too."""
    named = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and any(one.name == "STREAM" for one in node.names):
            file = HOUSE.parent / f"{node.module.replace('.', '/')}.py"
            named["STREAM"] = named_in(ast.parse(file.read_text(encoding="utf-8")))["STREAM"]
    return named


def verbs_in(tree: ast.Module) -> set[str]:
    named = named_in(tree)
    found = set()
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and called(node) == "act"):
            continue
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        stream = given.get("stream")
        stream = named.get(stream.id, stream) if isinstance(stream, ast.Name) else stream
        if "verb" in given and not (stream is not None and called(stream) in OTHER_STREAMS):
            constants = [value for value in ast.walk(given["verb"]) if isinstance(value, ast.Constant)]
            found |= {value.value for value in constants if isinstance(value.value, str)}
    return found


def test_each_verb_has_its_sentence() -> None:
    found = verbs()
    assert {"report_signal", "open_case", "raise_obligation", "export_file", "break_glass"} <= found
    assert {verb for verb in found if verb not in rules.PHRASES} == set()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_sentence_shows_a_code(language: str) -> None:
    for row in rules.PHRASES:
        words = row.label(language)
        assert "_" not in words.replace("{owed_by}", ""), row.code
        assert words[:1].upper() == words[:1], row.code
        assert rules.PHRASES[row.code].more["tone"] in {"done", "late", "waiting", "noticed"}
