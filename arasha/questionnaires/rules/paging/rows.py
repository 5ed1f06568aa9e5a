"""Repetitions that people add and remove."""

import re
from collections.abc import Callable, Mapping, Sequence

from arasha.questionnaires.rules.building import MOST_ROWS, defaults
from arasha.questionnaires.rules.form import Answers, Form, Group
from arasha.questionnaires.rules.paging.pages import Page
from arasha.questionnaires.rules.plan import plan_of

ROW = re.compile(r"(.+)\[([1-9]\d{0,3})\]")


def may_change(form: Form, page: Page, key: str) -> bool:
    """Say whether a key names a repeat of a page, or one of its rows."""
    names = (form.root.name, *(part.partition("[")[0] for part in key.split("/")))
    entry = plan_of(form).entries.get(names)
    return entry is not None and isinstance(entry.node, Group) and entry.node.repeat and page.holds(names)


def with_row(form: Form, answers: Answers, key: str) -> Answers:
    """Return answers with a new last row of a repeat, unless the form counts its rows or there are too many."""
    entry = plan_of(form).entries[(form.root.name, *(part.partition("[")[0] for part in key.split("/")))]
    if isinstance(entry.node, Group) and entry.node.count:
        return answers
    return _changed(answers, key.split("/"), lambda rows: [*rows, defaults(entry)][:MOST_ROWS])


def without_row(answers: Answers, key: str) -> Answers:
    """Return answers without a row; the rows after it keep theirs and move up."""
    if not (found := ROW.fullmatch(key)):
        return answers
    at = int(found[2])
    return _changed(answers, found[1].split("/"), lambda rows: [*rows[: at - 1], *rows[at:]])


def _changed(
    answers: Answers, parts: Sequence[str], change: Callable[[list[Answers]], list[Answers]]
) -> dict[str, "str | Answers | list[Answers]"]:
    """Return a copy of answers, where the rows that parts of a key lead to are changed."""
    found = dict(answers)
    row = ROW.fullmatch(parts[0])
    name, at = (row[1], int(row[2])) if row else (parts[0], 0)
    given = found.get(name)
    rows = list(given) if isinstance(given, list) else []
    if len(parts) == 1:
        found[name] = change(rows)
    elif at and at <= len(rows):
        rows[at - 1] = _changed(rows[at - 1], parts[1:], change)
        found[name] = rows
    elif not at:
        found[name] = _changed(given if isinstance(given, Mapping) else {}, parts[1:], change)
    return found
