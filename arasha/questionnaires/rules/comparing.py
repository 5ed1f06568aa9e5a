"""What differs between two versions of a form, question by question, and what that means for figures."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from arasha.questionnaires.rules.books import LANGUAGES, Book, Row
from arasha.questionnaires.rules.lint import Item, Outline, outline


class Change(StrEnum):
    """What happened to a part of a form."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    ELSEWHERE = "elsewhere"
    WORDING = "wording"
    RULE = "rule"
    CHOICE_ADDED = "choice_added"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_WORDING = "choice_wording"
    CHOICE_ORDER = "choice_order"
    CHOICE_DATA = "choice_data"
    ABOUT = "about"


class Meaning(StrEnum):
    """What a change means for figures that read the answers."""

    NONE = "none"
    BEGINS = "begins"
    ENDS = "ends"
    APART = "apart"
    CAREFUL = "careful"
    ASKED_OF_OTHERS = "asked_of_others"
    COMPUTED = "computed"


SPOKEN: Final = ("label", "hint", "required_message", "constraint_message")
RULES: Final = (
    *("type", "required", "relevant", "constraint", "calculation", "choice_filter", "default", "repeat_count"),
    *("appearance", "read_only"),
)
MEANINGS: Final[Mapping[str, Meaning]] = {
    "label": Meaning.CAREFUL,
    "relevant": Meaning.ASKED_OF_OTHERS,
    "required": Meaning.ASKED_OF_OTHERS,
    "choice_filter": Meaning.ASKED_OF_OTHERS,
    "constraint": Meaning.CAREFUL,
    "default": Meaning.CAREFUL,
    "calculation": Meaning.COMPUTED,
    "type": Meaning.APART,
}


@dataclass(frozen=True)
class Difference:
    """One difference. `name` is the question's, `list_name` the list's; `column` and `language` say which text.

    `before` and `after` are what stood and what stands; for a question that was moved the question it stood behind.
    """

    change: Change
    meaning: Meaning
    name: str = ""
    list_name: str = ""
    column: str = ""
    language: str = ""
    before: str = ""
    after: str = ""


def differences(old: Book, new: Book) -> list[Difference]:
    """Return everything that differs: the form as a whole, then questions, then lists of choices."""
    before, after = outline(old), outline(new)
    return [*_about(old, new), *_questions(before, after), *_choices(before, after)]


def _about(old: Book, new: Book) -> Iterator[Difference]:
    one, other = old.about(), new.about()
    for name in dict.fromkeys([*one, *other]):
        for language in LANGUAGES:
            was, now = one.get(name, {}).get(language, ""), other.get(name, {}).get(language, "")
            if was != now:
                yield Difference(Change.ABOUT, Meaning.NONE, name=name, language=language, before=was, after=now)


def _questions(before: Outline, after: Outline) -> Iterator[Difference]:
    old = {item.path: item for item in before.nodes()}
    new = {item.path: item for item in after.nodes()}
    gone = {item.name: path for path, item in old.items() if path not in new}
    for path, item in new.items():
        if path in old:
            continue
        if item.name in gone:
            yield Difference(Change.ELSEWHERE, Meaning.APART, item.name, before=gone.pop(item.name), after=path)
        else:
            yield Difference(Change.ADDED, Meaning.BEGINS, item.name, after=_said(item.row))
    for name, path in gone.items():
        yield Difference(Change.REMOVED, Meaning.ENDS, name, before=_said(old[path].row))
    yield from _moved(old, new)
    for path in (path for path in new if path in old):
        yield from _cells(old[path].row, new[path].row, new[path].name)


def _said(row: Row) -> str:
    """Return a question's words in every language, a line each."""
    return "\n".join(f"{language}: {text}" for language, text in row.texts("label").items())


def _moved(old: Mapping[str, Item], new: Mapping[str, Item]) -> Iterator[Difference]:
    """Yield what stands in another order: as few as explain it."""
    was, now = [path for path in old if path in new], [path for path in new if path in old]
    kept: set[str] = set()
    for block in difflib.SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        kept.update(was[block.a : block.a + block.size])
    for place, path in enumerate(now):
        if path not in kept:
            stood = was.index(path)
            yield Difference(
                Change.MOVED,
                Meaning.NONE,
                new[path].name,
                before=old[was[stood - 1]].name if stood else "",
                after=new[now[place - 1]].name if place else "",
            )


def _cells(old: Row, new: Row, name: str) -> Iterator[Difference]:
    for head in SPOKEN:
        for language, written in LANGUAGES.items():
            was, now = old.get(f"{head}::{written}"), new.get(f"{head}::{written}")
            if was != now:
                meaning = MEANINGS.get(head, Meaning.NONE)
                yield Difference(Change.WORDING, meaning, name, "", head, language, was, now)
    for head in RULES:
        if old.get(head) != new.get(head):
            meaning = MEANINGS.get(head, Meaning.NONE)
            yield Difference(Change.RULE, meaning, name, "", head, "", old.get(head), new.get(head))


def _choices(before: Outline, after: Outline) -> Iterator[Difference]:
    for name in dict.fromkeys([*before.lists, *after.lists]):
        old = {row.get("name"): row for row in before.lists.get(name, ())}
        new = {row.get("name"): row for row in after.lists.get(name, ())}
        for code in (code for code in new if code not in old):
            yield Difference(Change.CHOICE_ADDED, Meaning.BEGINS, code, name, after=_said(new[code]))
        for code in (code for code in old if code not in new):
            yield Difference(Change.CHOICE_REMOVED, Meaning.ENDS, code, name, before=_said(old[code]))
        shared = [code for code in new if code in old]
        for code in shared:
            yield from _choice(old[code], new[code], code, name)
        was = [code for code in old if code in new]
        if was != shared:
            yield Difference(
                Change.CHOICE_ORDER, Meaning.NONE, "", name, before=", ".join(was), after=", ".join(shared)
            )


def _choice(old: Row, new: Row, code: str, list_name: str) -> Iterator[Difference]:
    for language, written in LANGUAGES.items():
        was, now = old.get(f"label::{written}"), new.get(f"label::{written}")
        if was != now:
            yield Difference(Change.CHOICE_WORDING, Meaning.CAREFUL, code, list_name, "label", language, was, now)
    spoken = {f"label::{written}" for written in LANGUAGES.values()}
    for head in _heads(old, new):
        if head not in spoken and old.get(head) != new.get(head):
            yield Difference(
                Change.CHOICE_DATA, Meaning.COMPUTED, code, list_name, head, "", old.get(head), new.get(head)
            )


def _heads(old: Row, new: Row) -> Sequence[str]:
    return list(dict.fromkeys([*old.cells, *new.cells]))
