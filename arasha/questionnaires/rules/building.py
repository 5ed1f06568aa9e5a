"""From answers to a record in memory: nodes in the shape of the form, values of the kinds that it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from arasha.questionnaires.rules.form import Answers, Group, Question
from arasha.questionnaires.rules.instance import Node
from arasha.questionnaires.rules.kinds import LONGEST, meant
from arasha.questionnaires.rules.places import Names
from arasha.questionnaires.rules.plan import Entry, Plan

MOST_ROWS = 500
MOST_STRAYS = 100
# Repeats within repeats multiply: a whole record has no more rows than this.
MOST_ROWS_IN_ALL = 2000


@dataclass
class Record:
    """A record: its tree, its nodes by the form's names, and what did not fit: code and node, or code and a name."""

    root: Node
    nodes: dict[Names, list[Node]] = field(default_factory=dict)
    rows: int = 0
    misfits: list[tuple[str, Node, str | None]] = field(default_factory=list)

    def misfit(self, code: str, node: Node, name: str | None = None) -> None:
        """Note what did not fit; of a flood the beginning is enough."""
        if len(self.misfits) < MOST_STRAYS:
            self.misfits.append((code, node, name))


def built(plan: Plan, answers: Answers, today: date) -> Record:
    """Return the record that answers make; what the form does not know is noted and left out."""
    record = Record(Node(plan.root.names[0]))
    record.nodes = {names: [] for names in plan.entries}
    record.nodes[plan.root.names].append(record.root)
    _fill(plan.root, record.root, answers, record, today)
    return record


def add_row(entry: Entry, parent: Node, answers: Answers, record: Record, today: date) -> Node:
    """Return a new last repetition of a repeat."""
    node = parent.add(entry.node.name, row=True)
    record.rows += 1
    record.nodes[entry.names].append(node)
    _fill(entry, node, answers, record, today)
    return node


def _fill(entry: Entry, node: Node, answers: Answers, record: Record, today: date) -> None:
    known = {each.node.name for each in entry.below}
    for name in answers:
        if name not in known:
            record.misfit("unknown", node, str(name))
    for each in entry.below:
        given = answers.get(each.node.name)
        if isinstance(each.node, Question):
            child = node.add(each.node.name)
            record.nodes[each.names].append(child)
            _answer(each.node, child, given, record, today)
        elif each.node.repeat:
            _rows(each, node, given, record, today)
        else:
            child = node.add(each.node.name)
            record.nodes[each.names].append(child)
            if given is not None and not isinstance(given, Mapping):
                record.misfit("type", child)
            _fill(each, child, given if isinstance(given, Mapping) else {}, record, today)


def _rows(entry: Entry, parent: Node, given: object, record: Record, today: date) -> None:
    rows = [given] if isinstance(given, Mapping) else given if isinstance(given, list) else []
    parent.children.setdefault(entry.node.name, [])
    if given is not None and not isinstance(given, list | Mapping):
        record.misfit("type", parent, entry.node.name)
    if len(rows) > MOST_ROWS:
        record.misfit("too_large", parent, entry.node.name)
    for row in rows[:MOST_ROWS]:
        if record.rows >= MOST_ROWS_IN_ALL:
            record.misfit("too_large", parent, entry.node.name)
            return
        node = add_row(entry, parent, row if isinstance(row, Mapping) else {}, record, today)
        if not isinstance(row, Mapping):
            record.misfit("type", node)


def _answer(question: Question, node: Node, given: object, record: Record, today: date) -> None:
    if given is not None and not isinstance(given, str):
        record.misfit("type", node)
        return
    node.text = given or ""
    if fixed(question):
        node.value = meant(question.default, _valued(question), today) or ""
    elif (value := meant(node.text, _valued(question), today)) is not None:
        node.value = value
    elif not question.calculation:
        record.misfit("too_large" if len(node.text) > LONGEST else "type", node)


def fixed(question: Question) -> bool:
    """Say whether a question always says what its form says: nobody answers it, and no formula does."""
    unasked = question.kind == "hidden" or question.read_only
    return unasked and bool(question.default) and not question.calculation and not question.default_formula


def _valued(question: Question) -> str:
    return "text" if question.kind in {"calculate", "hidden", "note"} else question.kind


def empty(node: Node) -> bool:
    """Say whether nothing was answered at a node or below."""
    return not node.text and all(empty(child) for children in node.children.values() for child in children)


def defaults(entry: Entry) -> dict[str, "str | Answers | list[Answers]"]:
    """Return the answers that a form or a repetition begins with, formulas aside."""
    found: dict[str, str | Answers | list[Answers]] = {}
    for each in entry.below:
        if isinstance(each.node, Question):
            if each.node.default and each.node.kind != "calculate":
                found[each.node.name] = each.node.default
        elif isinstance(each.node, Group) and not each.node.repeat and (inner := defaults(each)):
            found[each.node.name] = inner
    return found
