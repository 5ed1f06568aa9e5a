"""What must not change from version to version: a name keeps its kind, else old and new answers can't be counted."""

from collections.abc import Iterator, Mapping
from typing import Final

from arasha.questionnaires.rules.books import Book, Fault
from arasha.questionnaires.rules.lint.outline import BEGINS, Outline, outline

# Kinds whose answers are kept and counted alike.
ALIKE: Final[Mapping[str, str]] = {"note": "", "hidden": "", "calculate": "", "acknowledge": ""}


def check(survey: Outline, before: Book) -> Iterator[Fault]:
    """Yield names that had another kind in the version before."""
    earlier = {item.path: item for item in outline(before).nodes()}
    for item in survey.nodes():
        known = earlier.get(item.path)
        if known is None or _alike(known.kind) == _alike(item.kind):
            continue
        values = {"name": item.name, "before": known.kind, "now": item.kind}
        yield survey.sheet.fault("kind_changed", item.row.number, "type", **values)


def _alike(kind: str) -> str:
    return kind if kind in BEGINS else ALIKE.get(kind, kind)
