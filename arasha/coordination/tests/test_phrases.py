"""Every act of a child's file has its sentence: a new verb without one fails here."""

import ast
from pathlib import Path

import arasha
from arasha.coordination.rules import PHRASES

HOUSE = Path(arasha.__file__).parent
ON_FILES = ("access", "obligations", "cases", "signals", "coordination")


def verbs() -> set[str]:
    """Return the literal verbs of acts that the folders above write into a dossier's stream."""
    found = set()
    for path in HOUSE.rglob("*.py"):
        parts = set(path.relative_to(HOUSE).parts)  # where the checkout lies says nothing
        if "tests" in parts or not set(ON_FILES) & parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "act":
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                found |= {str(value.value) for value in ast.walk(given["verb"]) if isinstance(value, ast.Constant)}
    return found


def test_each_verb_has_its_sentence() -> None:
    found = verbs()
    assert "report_signal" in found
    assert {verb for verb in found if verb not in PHRASES} == set()
