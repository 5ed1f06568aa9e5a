"""What somebody sent from a page, put into the draft."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeAlias

from django.utils.datastructures import MultiValueDict

from arasha.questionnaires.rules.building import MOST_ROWS, fixed
from arasha.questionnaires.rules.engine import started
from arasha.questionnaires.rules.form import Answers, Form, Group, Question
from arasha.questionnaires.rules.kinds import AGREED
from arasha.questionnaires.rules.paging.pages import UNSEEN, Page
from arasha.questionnaires.rules.paging.presenting import present
from arasha.questionnaires.rules.paging.rows import may_change, with_row, without_row
from arasha.questionnaires.rules.paging.typing import as_held
from arasha.questionnaires.rules.plan import names_of

WISHES = {"next", "back", "send", "leave"}


# A form's fields as a request has them.
Sent: TypeAlias = "MultiValueDict[str, str]"


def wish(sent: Sent) -> str:
    """Return what the pressed button wants: next, back, send or leave; everything else stays on the page."""
    go = sent.get("go") or ""
    return go if go in WISHES else "stay"


def read_page(form: Form, page: Page, sent: Sent, answers: Answers, *, today: date, now: datetime) -> Answers:
    """Return the draft with what was sent from a page.

    Only questions of this page that it showed are read; nothing that is computed, hidden or read-only is. What the page
    did not show stays. A button to add or remove a repetition, or to take an answer back, is obeyed.
    """
    reading = _Reading(page, sent)
    found = reading.group(form.root, "", answers)
    go = sent.get("go") or ""
    action, _, key = go.partition(":")
    if action == "remove" and may_change(form, page, key):
        return without_row(found, key)
    if action == "add" and may_change(form, page, key):
        return started(form, with_row(form, found, key), key, today=today, now=now)
    return found


def revealed(form: Form, page: Page, sent: Sent, answers: Answers, *, today: date, now: datetime) -> bool:
    """Say whether a page has questions now that it did not show when it was sent: without a script they wait there."""
    shown = present(form, answers, page, form.languages[0], today=today, now=now).shown
    return not set(shown) <= set(sent.getlist("shown"))


class _Reading:
    """Reads the fields of one page."""

    def __init__(self, page: Page, sent: Sent) -> None:
        self.page, self.sent = page, sent
        self.shown, self.rows = set(sent.getlist("shown")), set(sent.getlist("row"))
        self.repeats = set(sent.getlist("repeat"))
        self.cleared = (sent.get("go") or "").removeprefix("clear:")

    def group(self, group: Group, prefix: str, given: Answers) -> dict[str, "str | Answers | list[Answers]"]:
        """Return a group's answers."""
        found = dict(given)
        for node in group.children:
            key, before = f"{prefix}{node.name}", given.get(node.name)
            if not self.page.covers(names_of(node.path)):
                continue
            if isinstance(node, Question):
                if key in self.shown and _asked(node):
                    found[node.name] = self.answer(node, key)
            elif node.repeat:
                if key in self.repeats:
                    found[node.name] = self.repeat(node, key, before)
            else:
                found[node.name] = self.group(node, f"{key}/", before if isinstance(before, Mapping) else {})
        return found

    def repeat(self, group: Group, key: str, before: object) -> list[Answers]:
        """Return a repeat's rows, as many as the page showed."""
        given = before if isinstance(before, list) else []
        found: list[Answers] = []
        while f"{key}[{len(found) + 1}]" in self.rows and len(found) < MOST_ROWS:
            at = len(found)
            row = given[at] if at < len(given) and isinstance(given[at], Mapping) else {}
            found.append(self.group(group, f"{key}[{at + 1}]/", row))
        return found

    def answer(self, question: Question, key: str) -> str:
        """Return a question's answer as a record holds it."""
        if key == self.cleared:
            return ""
        if question.kind == "select_multiple":
            chosen = {each.strip() for each in self.sent.getlist(key)}
            ordered = [choice.code for choice in question.choices if choice.code in chosen]
            return " ".join([*ordered, *sorted(chosen - set(ordered) - {""})])
        value = (self.sent.get(key) or "").strip("\x00")
        if question.kind == "acknowledge":
            return AGREED if value else ""
        return as_held(question.kind, value)


def _asked(question: Question) -> bool:
    unasked = question.kind in UNSEEN or question.kind in {"note", "image", "file"}
    return not (unasked or question.calculation or question.read_only or fixed(question))
