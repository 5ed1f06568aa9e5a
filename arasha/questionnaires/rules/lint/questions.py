"""Questions and choices one by one: names, lists, and every text in every language."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from arasha.questionnaires.rules.books import LANGUAGES, Fault, Row, Sheet
from arasha.questionnaires.rules.lint.outline import (
    ASKED,
    BEGINS,
    ENDS,
    LONGEST_NAME,
    NAME,
    RESERVED,
    SELECTS,
    UNASKED,
    Item,
    Outline,
)

CODE: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]*", re.ASCII)
NEVER: Final = frozenset({"", "no", "false", "false()"})
LABELLED: Final = ASKED | BEGINS | {"note"}


def check(survey: Outline, choices: Sheet) -> Iterator[Fault]:
    """Yield what is wrong with questions and choices."""
    yield from _names(survey)
    for item in survey.items:
        if item.kind not in ENDS:
            yield from _item(survey, item)
    yield from _choices(survey, choices)


def _names(survey: Outline) -> Iterator[Fault]:
    beside: dict[tuple[str, str], Item] = {}
    for item in survey.nodes():
        name, row = item.name, item.row.number
        if not name:
            yield survey.sheet.fault("name_missing", row, "name")
        elif not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            yield survey.sheet.fault("name_form", row, "name", name=name)
        elif name.casefold() in RESERVED:
            yield survey.sheet.fault("name_reserved", row, "name", name=name)
        place = (item.above[-1].path if item.above else "", name.casefold())
        first = beside.setdefault(place, item)
        if name and first is not item:
            yield survey.sheet.fault("name_twice", row, "name", name=name, other=str(first.row.number))


def _item(survey: Outline, item: Item) -> Iterator[Fault]:
    sheet, row = survey.sheet, item.row
    if item.kind in LABELLED and not row.texts("label") and item.kind != "begin_group":
        yield sheet.fault("label_missing", row.number, f"label::{LANGUAGES['kk']}", name=item.name)
    for head in ("label", "hint", "required_message", "constraint_message"):
        yield from _languages(sheet, row, head)
    if item.kind in ASKED and row.get("required").casefold() not in NEVER and not row.texts("required_message"):
        head = f"required_message::{LANGUAGES['kk']}"
        yield sheet.fault("required_unsaid", row.number, head, name=item.name)
    if row.get("constraint") and not row.texts("constraint_message"):
        head = f"constraint_message::{LANGUAGES['kk']}"
        yield sheet.fault("constraint_unsaid", row.number, head, name=item.name)
    if item.kind == "calculate" and not row.get("calculation"):
        yield sheet.fault("calculation_missing", row.number, "calculation", name=item.name)
    if item.kind in UNASKED | BEGINS and row.get("required").casefold() not in NEVER:
        yield sheet.fault("required_of_nobody", row.number, "required", name=item.name)
    if item.kind != "begin_repeat" and row.get("repeat_count"):
        yield sheet.fault("count_without_repeat", row.number, "repeat_count")
    if item.kind not in SELECTS and row.get("choice_filter"):
        yield sheet.fault("filter_without_choices", row.number, "choice_filter")
    if item.kind in SELECTS and not item.list_name:
        yield sheet.fault("list_unnamed", row.number, "type", type=item.kind)
    elif item.kind in SELECTS and item.list_name not in survey.lists:
        yield sheet.fault("list_missing", row.number, "type", list=item.list_name)


def _languages(sheet: Sheet, row: Row, head: str) -> Iterator[Fault]:
    """Yield the languages in which a text is missing that stands in another one."""
    said = row.texts(head)
    if said:
        for code, name in LANGUAGES.items():
            if code not in said:
                yield sheet.fault("language", row.number, f"{head}::{name}", text=next(iter(said.values()))[:60])


def _choices(survey: Outline, choices: Sheet) -> Iterator[Fault]:
    used = {item.list_name for item in survey.items if item.kind in SELECTS}
    seen: dict[str, dict[str, int]] = defaultdict(dict)
    for row in choices.rows:
        name, code = row.get("list_name"), row.get("name")
        if not name:
            yield choices.fault("list_name_missing", row.number, "list_name")
        elif name not in used and name not in seen:
            yield choices.fault("list_unused", row.number, "list_name", list=name)
        if not code:
            yield choices.fault("code_missing", row.number, "name")
        elif not CODE.fullmatch(code):
            yield choices.fault("code_form", row.number, "name", code=code)
        other = seen[name].setdefault(code, row.number)
        if other != row.number and code:
            yield choices.fault("code_twice", row.number, "name", code=code, other=str(other))
        if not row.texts("label"):
            yield choices.fault("choice_label_missing", row.number, f"label::{LANGUAGES['kk']}", code=code)
        yield from _languages(choices, row, "label")
