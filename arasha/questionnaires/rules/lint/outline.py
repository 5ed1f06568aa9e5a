"""The questions of a survey sheet as they are nested, each with its row: what every check looks at."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from arasha.questionnaires.rules.books import Book, Fault, Row, Sheet

ALIASES: Final = {
    "int": "integer", "string": "text", "datetime": "dateTime", "date time": "dateTime", "trigger": "acknowledge",
    "photo": "image", "select one": "select_one", "select multiple": "select_multiple", "begin group": "begin_group",
    "end group": "end_group", "begin repeat": "begin_repeat", "end repeat": "end_repeat",
}  # fmt: skip
ASKED: Final = frozenset(
    {"text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple", "acknowledge", "image"}
    | {"file"}
)
UNASKED: Final = frozenset({"note", "calculate", "hidden"})
BEGINS: Final = frozenset({"begin_group", "begin_repeat"})
ENDS: Final = frozenset({"end_group", "end_repeat"})
KINDS: Final = ASKED | UNASKED | BEGINS | ENDS
SELECTS: Final = frozenset({"select_one", "select_multiple"})
# What a form must not find out behind the back of who fills it in, and what our pages do not ask.
FORBIDDEN: Final = frozenset(
    {"start", "end", "today", "deviceid", "username", "email", "phonenumber", "simserial", "subscriberid", "audit"}
    | {"start-geopoint", "background-geopoint", "background-audio", "geopoint", "geotrace", "geoshape", "barcode"}
    | {"xml-external", "csv-external", "select_one_from_file", "select_multiple_from_file", "osm", "range", "rank"}
    | {"audio", "video", "select_one_external", "instance", "last-saved"}
)
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
LONGEST_NAME: Final = 64
DEEPEST: Final = 6
RESERVED: Final = frozenset({"meta", "data", "instanceid", "instancename"})


@dataclass(frozen=True)
class Item:
    """One row of the survey. `kind` is its type, `list_name` the list of a choice, `above` the groups around it."""

    row: Row
    kind: str
    name: str
    list_name: str = ""
    above: tuple["Item", ...] = ()

    @property
    def path(self) -> str:
        """The names from the outermost group to this."""
        return "/".join([*(group.name for group in self.above), self.name])

    @property
    def repeats(self) -> tuple[str, ...]:
        """The paths of the repeats around it, and itself when it is one."""
        around = [*self.above, self] if self.kind in BEGINS else self.above
        return tuple(group.path for group in around if group.kind == "begin_repeat")


@dataclass
class Outline:
    """A survey as it is nested, with its lists of choices; `faults` is what was wrong while it was read."""

    sheet: Sheet
    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lists: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def named(self, name: str) -> list[Item]:
        """Return the questions and groups of a name."""
        return [item for item in self.items if item.name == name and item.kind not in ENDS]

    def codes(self, item: Item) -> frozenset[str]:
        """Return the codes that may be chosen as the answer."""
        return frozenset(row.get("name") for row in self.lists.get(item.list_name, ()))

    def nodes(self) -> Iterator[Item]:
        """Yield questions and groups."""
        return (item for item in self.items if item.kind not in ENDS)


def outline(book: Book) -> Outline:
    """Return the survey's outline."""
    found = Outline(book.sheet("survey"), lists=_lists(book))
    stack: list[Item] = []
    for row in found.sheet.rows:
        item = _item(found, row, tuple(stack))
        if item is None:
            continue
        found.items.append(item)
        if item.kind in BEGINS:
            stack.append(item)
            if len(stack) == DEEPEST + 1:
                found.faults.append(found.sheet.fault("too_deep", row.number, "type", most=str(DEEPEST)))
        elif item.kind in ENDS:
            _close(found, item, stack)
    for left in stack:
        found.faults.append(found.sheet.fault("not_ended", left.row.number, "type", name=left.name))
    return found


def _lists(book: Book) -> dict[str, tuple[Row, ...]]:
    lists: dict[str, list[Row]] = {}
    for row in book.sheet("choices").rows:
        lists.setdefault(row.get("list_name"), []).append(row)
    return {name: tuple(rows) for name, rows in lists.items()}


def _item(found: Outline, row: Row, above: tuple[Item, ...]) -> Item | None:
    given = row.get("type")
    if not given:
        found.faults.append(found.sheet.fault("type_missing", row.number, "type"))
        return None
    kind, list_name = split_type(given)
    if kind in FORBIDDEN:
        found.faults.append(found.sheet.fault("type_forbidden", row.number, "type", type=kind))
        return None
    if kind not in KINDS:
        meant = difflib.get_close_matches(kind, sorted(KINDS), n=1, cutoff=0.6)
        code = "type_meant" if meant else "type_unknown"
        found.faults.append(found.sheet.fault(code, row.number, "type", type=given, meant="".join(meant)))
        return None
    return Item(row, kind, row.get("name"), list_name, above)


def split_type(given: str) -> tuple[str, str]:
    """Return a type and the list it names."""
    low = given.casefold()
    for written, kind in ALIASES.items():
        if low == written or (low.startswith(written + " ") and kind in SELECTS):
            return kind, given[len(written) :].strip()
    kind, _, list_name = given.partition(" ")
    kind = next((known for known in (*KINDS, *FORBIDDEN) if known.casefold() == kind.casefold()), kind)
    return (kind, list_name.strip()) if kind in SELECTS or kind not in KINDS else (kind, "")


def _close(found: Outline, item: Item, stack: list[Item]) -> None:
    opened = stack[-1] if stack else None
    if opened is None or opened.kind.removeprefix("begin_") != item.kind.removeprefix("end_"):
        found.faults.append(found.sheet.fault("end_unmatched", item.row.number, "type", type=item.kind))
    if opened is not None:
        stack.pop()
        if found.items[-2] is opened:
            found.faults.append(found.sheet.fault("group_empty", opened.row.number, "name", name=opened.name))
