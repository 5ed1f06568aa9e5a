"""Which words of a child may tell of harm, as data: `data/harm.csv`.

`now` makes a signal by itself; `read` (words that also say that all was well: "it was not scary") asks a person to
read today. A stem that ends with a space is a whole word.
"""

import csv
import re
import unicodedata
from functools import cache

from arasha.participation.rules.asking import DATA


@cache
def _stems(level: str) -> re.Pattern[str]:
    with (DATA / "harm.csv").open(encoding="utf-8", newline="") as lines:
        stems = [row["stem"] for row in csv.DictReader(lines) if row["level"] == level]
    parts = [re.escape(_plain(stem)) + (r"\b" if stem.endswith(" ") else "") for stem in stems]
    return re.compile(r"\b(?:" + "|".join(parts) + ")")


def may_tell_of_harm(words: str) -> str:
    """Return `now` for words that tell of harm, `read` for words that may, "" for others."""
    plain = _plain(words)
    return next((level for level in ("now", "read") if _stems(level).search(plain)), "")


def _plain(text: str) -> str:
    """Return a text without case, odd spaces and the marks that keyboards leave out, such as those of ё and й."""
    split = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return " ".join("".join(sign for sign in split if not unicodedata.combining(sign)).split())
