"""What kinds of units are called, and the map of tiles: reviewed text, read once."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class KindLabel:
    """A kind of unit in three languages, with a help text where the word alone may mislead."""

    code: str
    label_kk: str
    label_ru: str
    label_en: str
    help_kk: str
    help_ru: str
    help_en: str

    def label(self, language: str) -> str:
        """Return the word in kk, ru or en."""
        return {"kk": self.label_kk, "ru": self.label_ru}.get(language, self.label_en)

    def help(self, language: str) -> str:
        """Return the help text in kk, ru or en, empty where there is none."""
        return {"kk": self.help_kk, "ru": self.help_ru}.get(language, self.help_en)


@dataclass(frozen=True, slots=True)
class Tile:
    """A region's place on the map of tiles: a short name and its column and row, both from zero."""

    kato: str
    short: str
    column: int
    row: int


@lru_cache(maxsize=1)
def _kinds() -> dict[str, KindLabel]:
    with (DATA / "kinds.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: KindLabel(**row) for row in csv.DictReader(lines)}


def kind_label(code: str) -> KindLabel:
    """Return the words for a kind. Raises KeyError for an unknown one."""
    return _kinds()[code]


@lru_cache(maxsize=1)
def tiles() -> tuple[Tile, ...]:
    """Return the twenty regions' tiles."""
    with (DATA / "tiles.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Tile(row["kato"], row["short"], int(row["col"]), int(row["row"])) for row in csv.DictReader(lines))
