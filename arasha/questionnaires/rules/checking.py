"""What is wrong with a record after its formulas, and what of it counts."""

from collections.abc import Iterator

from arasha.questionnaires.rules.building import fixed
from arasha.questionnaires.rules.engine import Finding, Run, wanted
from arasha.questionnaires.rules.form import NOBODY_ASKED, Answers, Question, Texts
from arasha.questionnaires.rules.instance import Node
from arasha.questionnaires.rules.places import Formula
from arasha.questionnaires.rules.plan import Entry
from arasha.questionnaires.rules.problems import Uncountable
from arasha.questionnaires.rules.texts import filled
from arasha.questionnaires.rules.values import to_text, to_truth, written

NEAR = 1e-6


def relevant_answers(worked: Run) -> tuple[Answers, frozenset[str]]:
    """Return the answers that count, recomputed, and the keys of everything that is relevant."""
    keys: set[str] = set()
    return _below(worked.plan.root, worked.record.root, "", keys), frozenset(keys)


def _below(entry: Entry, node: Node, prefix: str, keys: set[str]) -> dict[str, "str | Answers | list[Answers]"]:
    found: dict[str, str | Answers | list[Answers]] = {}
    for each in entry.below:
        name, children = each.node.name, [child for child in node.children.get(each.node.name, []) if child.own]
        if isinstance(each.node, Question):
            if children:
                keys.add(prefix + name)
                if text := said(each.node, children[0]):
                    found[name] = text
        elif each.node.repeat:
            marks = [f"{prefix}{name}[{child.position}]" for child in children]
            keys.update(marks)
            rows: list[Answers] = [
                _below(each, child, f"{mark}/", keys) for mark, child in zip(marks, children, strict=True)
            ]
            if rows:
                found[name] = rows
        elif children:
            keys.add(prefix + name)
            if inner := _below(each, children[0], f"{prefix}{name}/", keys):
                found[name] = inner
    return found


def said(question: Question, node: Node) -> str:
    """Return what a question says in the record: as given, or as its formula or its form has it."""
    if question.calculation:
        return written(node.value, question.kind)
    return question.default if fixed(question) else node.text


def findings_of(worked: Run) -> tuple[Finding, ...]:
    """Return what is wrong, in the order of the form."""
    found: list[Finding] = []
    misfits: dict[int, str] = {}
    for code, node, name in worked.record.misfits:
        if name is not None:
            path = "/" + "/".join([*(each.name for each in node.line()), name])
            found.append(Finding(code, path, node.place, f"{node.key}/{name}".lstrip("/")))
        else:
            misfits[id(node)] = code
    found += _checked(worked, worked.plan.root, worked.record.root, misfits)
    found += [_finding(worked, "formula", entry, node) for entry, node in worked.failed]
    return tuple(found)


def _checked(worked: Run, entry: Entry, node: Node, misfits: dict[int, str]) -> Iterator[Finding]:
    for each in entry.below:
        children = node.children.get(each.node.name, [])
        if each.count is not None and len(children) != wanted(worked, each, node) and any(row.own for row in children):
            key = f"{node.key}/{each.node.name}".lstrip("/")
            yield Finding("repeat_count", each.node.path, node.place, key)
        for child in children:
            if not child.own:
                continue
            if (code := misfits.get(id(child))) or (
                isinstance(each.node, Question) and (code := _wrong(worked, each, each.node, child))
            ):
                yield _finding(worked, code, each, child)
            if not isinstance(each.node, Question):
                yield from _checked(worked, each, child, misfits)


def _wrong(worked: Run, entry: Entry, question: Question, node: Node) -> str:
    """Return the code of what is wrong with a question's answer, or nothing."""
    if question.calculation or fixed(question):
        computed = said(question, node)
        if node.text and entry.names not in worked.plan.changing and not _same(node.text, computed):
            return "tampered"
    if question.kind in NOBODY_ASKED:
        return ""
    if node.value == "":
        return "required" if entry.required and _true(worked, entry, node, entry.required.formula, False) else ""
    if question.kind.startswith("select") and (code := _unknown_choice(worked, entry, question, node)):
        return code
    if entry.constraint and not _true(worked, entry, node, entry.constraint.formula, True):
        return "constraint"
    return ""


def _same(given: str, computed: str) -> bool:
    if given == computed:
        return True
    try:
        return abs(float(given) - float(computed)) < NEAR
    except ValueError:
        return False


def _true(worked: Run, entry: Entry, node: Node, formula: Formula, otherwise: bool) -> bool:
    """Work out a condition; without a result nobody is hindered, and it is noted."""
    worked.scope.current = node
    try:
        return to_truth(formula(node, worked.scope))
    except (Uncountable, RecursionError):
        worked.failed.append((entry, node))
        return otherwise


def _unknown_choice(worked: Run, entry: Entry, question: Question, node: Node) -> str:
    text = to_text(node.value)
    codes = [text] if question.kind == "select_one" else text.split()
    if any(code not in entry.codes for code in codes) or len(set(codes)) < len(codes):
        return "choice"
    return "" if set(codes) <= offered(worked, entry, node) else "filtered_choice"


def offered(worked: Run, entry: Entry, node: Node) -> frozenset[str]:
    """Return the codes that may be chosen at a node now: all, or those that the form's condition picks."""
    if entry.choices is None:
        return entry.codes
    worked.scope.current = node
    try:
        return frozenset(to_text(item.children["name"][0].value) for item in entry.choices(node, worked.scope))
    except Uncountable:
        worked.failed.append((entry, node))
        return entry.codes


def _finding(worked: Run, code: str, entry: Entry, node: Node) -> Finding:
    question = entry.node
    texts: Texts = {}
    if isinstance(question, Question):
        texts = {"required": question.required_messages, "constraint": question.constraint_messages}.get(code, {})
    messages: Texts = {
        language: filled(text, entry.values, node, worked.scope, language) for language, text in texts.items()
    }
    return Finding(code, question.path, node.place, node.key, messages)
