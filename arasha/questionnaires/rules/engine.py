"""Work out a record: what is relevant, what formulas say, what is wrong. Nothing that a client computed is believed."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime

from arasha.questionnaires.rules.building import (
    MOST_ROWS,
    MOST_ROWS_IN_ALL,
    Record,
    add_row,
    built,
    defaults,
    empty,
    fixed,
)
from arasha.questionnaires.rules.form import Answers, Form, Question, Texts
from arasha.questionnaires.rules.instance import Node, Scope
from arasha.questionnaires.rules.plan import Entry, Plan, plan_of
from arasha.questionnaires.rules.problems import Uncountable
from arasha.questionnaires.rules.values import to_number, to_truth, written

ROUNDS = 4
# They are told, and hinder nobody: the engine put them right, or the form's author must.
TOLD = frozenset({"tampered", "formula"})


@dataclass(frozen=True)
class Finding:
    """Something wrong with a record. `path` is the question's; `position` says which repetition ("2", nested "2.1").

    Codes: required, constraint, type, choice, filtered_choice, unknown, repeat_count, tampered, too_large, formula (it
    has no result for this record). `key` names the node: "members[2]/name". Messages are the form's own, if it has any.
    """

    code: str
    path: str
    position: str = ""
    key: str = ""
    messages: Texts = field(default_factory=dict)

    @property
    def hinders(self) -> bool:
        """Whether the record can't be accepted so."""
        return self.code not in TOLD


@dataclass(frozen=True)
class Evaluation:
    """A record worked out: answers without what is irrelevant, the keys of relevant nodes, and what is wrong."""

    answers: Answers
    relevant: frozenset[str]
    findings: tuple[Finding, ...]


@dataclass
class Run:
    """A record while it is looked at: the plan, its nodes after all formulas, and formulas that had no result."""

    form: Form
    plan: Plan
    record: Record
    scope: Scope
    failed: list[tuple[Entry, Node]] = field(default_factory=list)


def evaluate(form: Form, answers: Answers, *, today: date, now: datetime, language: str = "") -> Evaluation:
    """Work a record out on a day.

    Args:
        form: the published form.
        answers: as given, drafts and computed values too; what is irrelevant may stand in them.
        today: the day in Kazakhstan.
        now: the moment, aware.
        language: of names of choices inside formulas; else the form's first.
    """
    from arasha.questionnaires.rules.checking import findings_of, relevant_answers  # noqa: PLC0415 - they need `Run`

    worked = run(form, answers, today=today, now=now, language=language)
    left, relevant = relevant_answers(worked)
    return Evaluation(left, relevant, findings_of(worked))


def run(form: Form, answers: Answers, *, today: date, now: datetime, language: str = "") -> Run:
    """Build a record and work out all its formulas."""
    plan = plan_of(form)
    record = built(plan, answers, today)
    scope = Scope(record.root, dict(plan.lists), today, now, language or form.languages[0])
    worked = Run(form, plan, record, scope)
    for _ in range(ROUNDS):
        worked.failed.clear()
        _work_out(worked)
        if not _counted(worked):
            break
    return worked


def begin(form: Form, *, today: date, now: datetime, language: str = "") -> Answers:
    """Return the answers that a new record begins with: defaults, and formulas that are worked out once."""
    return started(form, defaults(plan_of(form).root), "", today=today, now=now, language=language)


def started(form: Form, answers: Answers, below: str, *, today: date, now: datetime, language: str = "") -> Answers:
    """Return answers, where the formulas that are worked out once, at or below a key, have filled what is empty."""
    worked = run(form, answers, today=today, now=now, language=language)
    for names, entry in worked.plan.entries.items():
        if entry.default is None or not isinstance(entry.node, Question):
            continue
        for node in worked.record.nodes[names]:
            if node.text or not node.key.startswith(below):
                continue
            worked.scope.current = node
            try:
                node.text = written(entry.default.formula(node, worked.scope), entry.node.kind)
            except Uncountable:
                continue
    return answers_below(worked.plan.root, worked.record.root)


def answers_below(entry: Entry, node: Node) -> dict[str, "str | Answers | list[Answers]"]:
    """Return what was answered below a node, as given, and of formulas what they say once; empty rows are kept."""
    found: dict[str, str | Answers | list[Answers]] = {}
    for each in entry.below:
        children = node.children.get(each.node.name, [])
        if isinstance(each.node, Question):
            if children and (text := _given(each, each.node, children[0])):
                found[each.node.name] = text
        elif each.node.repeat:
            if children:
                found[each.node.name] = [answers_below(each, child) for child in children]
        elif inner := answers_below(each, children[0]):
            found[each.node.name] = inner
    return found


def _given(entry: Entry, question: Question, node: Node) -> str:
    if entry.calculation:
        return written(node.value, question.kind) if entry.calculation.once else ""
    return "" if fixed(question) else node.text


def _work_out(worked: Run) -> None:
    """Work out all formulas, each for every node that it stands at."""
    scope, nodes = worked.scope, worked.record.nodes
    for task, entry in worked.plan.order:
        work = entry.relevant if task == "relevant" else entry.calculation
        if work is None:
            continue
        for node in nodes[entry.names]:
            scope.current = node
            try:
                value = work.formula(node, scope)
            except (Uncountable, RecursionError):
                worked.failed.append((entry, node))
                value = True if task == "relevant" else ""
            if task == "relevant":
                node.own = to_truth(value)
            elif isinstance(value, float) and math.isnan(value):
                node.value = ""
            else:
                node.value = value


def _counted(worked: Run) -> bool:
    """Bring repeats to as many repetitions as their count says, without losing an answer; say whether any changed."""
    changed = False
    for entry in worked.plan.entries.values():
        if entry.count is None:
            continue
        for parent in worked.record.nodes[entry.names[:-1]]:
            changed = _bring(worked, entry, parent, wanted(worked, entry, parent)) or changed
    return changed


def wanted(worked: Run, entry: Entry, parent: Node) -> int:
    """Return how many repetitions a repeat's count asks for."""
    rows = parent.children.get(entry.node.name, [])
    node = rows[0] if rows else Node(entry.node.name, parent)
    worked.scope.current = node
    try:
        number = to_number(entry.count.formula(node, worked.scope)) if entry.count else math.nan
    except Uncountable:
        return len(rows)
    return 0 if math.isnan(number) else max(0, min(int(min(number, MOST_ROWS)), MOST_ROWS))


def _bring(worked: Run, entry: Entry, parent: Node, number: int) -> bool:
    rows = parent.children.setdefault(entry.node.name, [])
    before = len(rows)
    while len(rows) > number and empty(rows[-1]):
        _forget(worked.record, entry, rows.pop())
    while len(rows) < number and worked.record.rows < MOST_ROWS_IN_ALL:
        add_row(entry, parent, defaults(entry), worked.record, worked.scope.today)
    return len(rows) != before


def _forget(record: Record, entry: Entry, node: Node) -> None:
    record.nodes[entry.names].remove(node)
    for each in entry.below:
        for child in node.children.get(each.node.name, []):
            _forget(record, each, child)
