"""The shipped forms as their Markdown says them: sheets of rows, without anything that pyxform makes of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "forms"
LANGUAGES = ("Kazakh (kk)", "Russian (ru)", "English (en)")
SPOKEN = ("label", "hint", "required_message", "constraint_message")
FORMULAS = ("required", "relevant", "constraint", "calculation", "choice_filter", "default", "repeat_count")
CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Sheets:
    """One form's source."""

    code: str
    text: str
    rows: dict[str, list[dict[str, str]]]

    @property
    def about(self) -> dict[str, dict[str, str]]:
        """What the form says of itself, by name."""
        return {row["name"]: row for row in self.rows["about"]}

    def asked(self) -> Iterator[dict[str, str]]:
        """Yield the rows that ask something."""
        unasked = {"note", "calculate", "hidden", "begin_group", "end_group", "begin_repeat", "end_repeat"}
        return (row for row in self.rows["survey"] if row["type"] not in unasked)

    def choices(self) -> dict[str, list[dict[str, str]]]:
        """Return the lists of choices by name."""
        lists: dict[str, list[dict[str, str]]] = {}
        for row in self.rows["choices"]:
            lists.setdefault(row["list_name"], []).append(row)
        return lists


def source(path: Path) -> Sheets:
    """Read a form's Markdown."""
    text = path.read_text(encoding="utf-8")
    rows: dict[str, list[dict[str, str]]] = {}
    sheet, heads = "", list[str]()
    for line in filter(str.strip, text.splitlines()):
        first, *cells = [cell.strip().replace("\\|", "|") for cell in CELL.split(line.strip())[1:-1]]
        if first:
            sheet, heads = first, []
            rows[sheet] = []
        elif heads:
            rows[sheet].append(dict(zip(heads, cells, strict=True)))
        else:
            heads = cells
    return Sheets(path.stem, text, rows)


def shipped() -> list[Path]:
    """Return the files of all shipped forms."""
    return sorted(FOLDER.glob("*.md"))
