"""The code lists of consent and sharing. Grounds and purposes rest on laws that nobody has verified."""

from pathlib import Path
from typing import Final

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

ANSWERS = CodeList(DATA / "answers.csv")
ENDS = CodeList(DATA / "ends.csv")
GIVERS = CodeList(DATA / "givers.csv")
GROUNDS = CodeList(DATA / "grounds.csv")
NOT_ASKED = CodeList(DATA / "not_asked.csv")
PARTS = CodeList(DATA / "parts.csv")
PURPOSES = CodeList(DATA / "purposes.csv")
WAYS = CodeList(DATA / "ways.csv")

CHILD: Final = "child"
ADULT: Final = "adult"
BODY: Final = "body"
