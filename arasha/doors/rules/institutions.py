"""Kinds of places where children live or learn."""

from pathlib import Path

from arasha.ui.rules import CodeList

INSTITUTION_KINDS = CodeList(Path(__file__).parents[1] / "data" / "institution_kinds.csv")
