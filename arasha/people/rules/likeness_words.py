"""The words for a likeness: attributes, levels, verdicts and doubts as reviewed text in three languages."""

from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA: Final = Path(__file__).parent.parent / "data"
ATTRIBUTE_WORDS: Final = CodeList(DATA / "likeness_attributes.csv")
LEVEL_WORDS: Final = CodeList(DATA / "likeness_levels.csv")
VERDICT_WORDS: Final = CodeList(DATA / "likeness_verdicts.csv")
DOUBT_WORDS: Final = CodeList(DATA / "likeness_doubts.csv")
