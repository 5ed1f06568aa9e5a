"""What a page of a form shows to somebody now."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from arasha.questionnaires.rules.building import fixed
from arasha.questionnaires.rules.checking import offered, said
from arasha.questionnaires.rules.engine import Finding, Run, run
from arasha.questionnaires.rules.form import Answers, Form, Group, Question, Texts
from arasha.questionnaires.rules.instance import Node
from arasha.questionnaires.rules.paging.driving import drivers
from arasha.questionnaires.rules.paging.pages import UNSEEN, Page
from arasha.questionnaires.rules.paging.shown import (
    Block,
    ErrorShown,
    FieldShown,
    GroupShown,
    NoteShown,
    OptionShown,
    PageShown,
    RepeatShown,
    RowShown,
)
from arasha.questionnaires.rules.paging.typing import as_typed
from arasha.questionnaires.rules.paging.words import words
from arasha.questionnaires.rules.places import Names, say
from arasha.questionnaires.rules.plan import Entry
from arasha.questionnaires.rules.problems import Uncountable
from arasha.questionnaires.rules.texts import filled
from arasha.questionnaires.rules.values import to_truth

# With more answers than this, a list to open is easier than so many buttons.
MOST_BUTTONS = 7
WIDGETS = {
    "integer": "number", "decimal": "number", "date": "date", "datetime": "moment", "time": "time",
    "acknowledge": "agree", "image": "elsewhere", "file": "elsewhere",
}  # fmt: skip
FACES = frozenset({"good", "middling", "bad"})


def present(
    form: Form, answers: Answers, page: Page, language: str, findings: Iterable[Finding] = (), *, of: int = 0,
    today: date, now: datetime,
) -> PageShown:  # fmt: skip
    """Return what a page shows.

    Args:
        form: the form.
        answers: the draft.
        page: the page.
        language: of the form's words.
        findings: what to tell of; those of other pages are left out. Without any, nothing is told yet.
        of: how many pages there are now.
        today: the day in Kazakhstan.
        now: the moment.
    """
    worked = run(form, answers, today=today, now=now, language=language)
    showing = _Showing(
        worked, page, language, {finding.key: finding for finding in findings}, drivers(worked.plan, page)
    )
    blocks = tuple(showing.below(worked.plan.root, worked.record.root))
    title = showing.title(worked.plan.root, worked.record.root)
    return PageShown(
        page.name, page.number, max(of, page.number), title, blocks, tuple(showing.errors), tuple(showing.shown),
        tuple(showing.rows), tuple(showing.repeats), bool(showing.drivers),
    )  # fmt: skip


@dataclass
class _Showing:
    """Walks over a record and writes down what is to be seen."""

    worked: Run
    page: Page
    language: str
    findings: dict[str, Finding]
    drivers: frozenset[Names]
    errors: list[ErrorShown] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    repeats: list[str] = field(default_factory=list)

    def title(self, entry: Entry, node: Node) -> str:
        """Return the label of the innermost group that holds all of the page."""
        label = ""
        while True:
            inner = [each for each in entry.below if isinstance(each.node, Group) and not each.node.repeat]
            around = next((each for each in inner if self._within(each)), None)
            if around is None:
                return label
            entry, node = around, node.children[around.node.name][0]
            label = self.text(entry, node, entry.node.labels) or label

    def _within(self, entry: Entry) -> bool:
        return all(f"{path}/".startswith(f"{entry.node.path}/") for path in self.page.members)

    def text(self, entry: Entry, node: Node, texts: Texts) -> str:
        """Return a text with its values."""
        return filled(say(texts, self.language), entry.values, node, self.worked.scope, self.language)

    def below(self, entry: Entry, node: Node) -> Iterator[Block]:
        """Yield what stands below a node on this page and is relevant."""
        for each in entry.below:
            if not self.page.covers(each.names):
                continue
            children = node.children.get(each.node.name, [])
            if isinstance(each.node, Question):
                if each.node.kind not in UNSEEN and children[0].own:
                    yield self.question(each, each.node, children[0])
            elif each.node.repeat:
                if self._may_repeat(each, node, children):
                    yield self.repeat(each, each.node, node, children)
            elif children[0].own:
                inner = tuple(self.below(each, children[0]))
                label = self.text(each, children[0], each.node.labels) if self.page.holds(each.names) else ""
                if inner and (not label or self._within(each)):
                    yield from inner
                elif inner:
                    yield GroupShown(label, inner, "unprinted" in each.node.appearance)

    def _may_repeat(self, entry: Entry, parent: Node, rows: list[Node]) -> bool:
        """Say whether a repeat is relevant; without rows its condition is asked as a first row would ask it."""
        if rows or entry.relevant is None:
            return any(row.own for row in rows) or entry.relevant is None
        node = Node(entry.node.name, parent)
        self.worked.scope.current = node
        try:
            return to_truth(entry.relevant.formula(node, self.worked.scope))
        except Uncountable:
            return True

    def repeat(self, entry: Entry, group: Group, parent: Node, children: list[Node]) -> RepeatShown:
        """Return a repeat with its rows."""
        key = f"{parent.key}/{group.name}".lstrip("/")
        free = not group.count
        self.repeats.append(key)
        rows = []
        for child in children:
            self.rows.append(child.key)
            rows.append(
                RowShown(child.key, child.position, tuple(self.below(entry, child)), free or key in self.findings)
            )
        label = self.text(entry, children[0] if children else Node(group.name, parent), group.labels)
        return RepeatShown(
            key, identifier(key), label, tuple(rows), free, self.error(key, identifier(key), label, group)
        )

    def error(self, key: str, where: str, label: str, node: Question | Group) -> str:
        """Return what is wrong with a node, and note it for the summary."""
        if (finding := self.findings.get(key)) is None or not finding.hinders:
            return ""
        told = words(finding, node, self.language)
        self.errors.append(ErrorShown(where, label, told))
        return told

    def question(self, entry: Entry, question: Question, node: Node) -> FieldShown | NoteShown:
        """Return a question or a note."""
        label, unprinted = self.text(entry, node, question.labels), "unprinted" in question.appearance
        if question.kind == "note":
            return NoteShown(label, unprinted)
        key, own = node.key, identifier(node.key)
        value, options = as_typed(question.kind, said(question, node)), self.options(entry, question, node, own)
        widget = _widget(question, options)
        if widget not in {"said", "elsewhere"}:
            self.shown.append(key)
        first = options[0].id if options and widget != "select" else own
        needed = entry.required is not None and self._needed(entry, node)
        return FieldShown(
            key, own, widget, label, self.text(entry, node, question.hints), value, options, needed,
            self.error(key, first, label, question), entry.names in self.drivers, unprinted,
        )  # fmt: skip

    def _needed(self, entry: Entry, node: Node) -> bool:
        self.worked.scope.current = node
        try:
            return entry.required is not None and to_truth(entry.required.formula(node, self.worked.scope))
        except Uncountable:
            return False

    def options(self, entry: Entry, question: Question, node: Node, own: str) -> tuple[OptionShown, ...]:
        """Return the answers that may be chosen now; one that was chosen before and no longer may be is not there."""
        if not question.choices:
            return ()
        codes, chosen = offered(self.worked, entry, node), node.text.split()
        chosen = [node.text] if question.kind == "select_one" else chosen
        left = [choice for choice in question.choices if choice.code in codes]
        return tuple(
            OptionShown(
                choice.code, self.text(entry, node, choice.labels), choice.code in chosen, f"{own}-{at}",
                choice.fields.get("face") or (choice.code if choice.code in FACES else ""),
            )
            for at, choice in enumerate(left)
        )  # fmt: skip


def _widget(question: Question, options: tuple[OptionShown, ...]) -> str:
    if question.calculation or question.read_only or fixed(question):
        return "said"
    if question.kind == "select_multiple":
        return "checkboxes"
    if question.kind == "select_one":
        if "faces" in question.appearance:
            return "faces"
        return "select" if len(options) > MOST_BUTTONS or "minimal" in question.appearance else "radios"
    if question.kind == "text":
        return "lines" if "multiline" in question.appearance else "text"
    return WIDGETS[question.kind]


def identifier(key: str) -> str:
    """Return a key as an id of the page."""
    return "q-" + re.sub(r"[^A-Za-z0-9_]+", "-", key).strip("-")
