"""Expressions: what can't be read, unknown functions and names, paths, conditions on repeats, patterns."""

import difflib
from collections.abc import Iterator
from typing import Final

from arasha.questionnaires.rules.books import Fault, Sheet
from arasha.questionnaires.rules.expressions import TOKEN, WORDS, Call, Literal, Path, Tree
from arasha.questionnaires.rules.functions import ARGUMENTS, OVER_MANY, matcher
from arasha.questionnaires.rules.lint.outline import BEGINS, Item, Outline
from arasha.questionnaires.rules.lint.rows import CURLY, MARK, REFERENCE, Formula, inner, referred, walk
from arasha.questionnaires.rules.problems import FormProblem

FILTER: Final = "choice_filter"
SPOKEN: Final = ("label", "hint", "required_message", "constraint_message")


def check(survey: Outline, choices: Sheet, found: list[Formula]) -> Iterator[Fault]:
    """Yield what is wrong with expressions one by one, and with names that texts show."""
    for formula in found:
        if CURLY.search(formula.text):
            yield _fault(survey, formula, "quotes", sign=CURLY.search(formula.text)[0])  # type: ignore[index]
        elif formula.tree is None:
            yield _fault(survey, formula, "expression", detail=formula.problem or formula.text[:60])
        else:
            yield from _names(survey, formula.item, formula.column, formula.text)
            yield from _calls(survey, formula, formula.tree)
            yield from _paths(survey, choices, formula, formula.tree)
            yield from _conditions(survey, formula)
            yield from _repeats(survey, formula, formula.tree)
    for item in survey.nodes():
        for head, text in item.row.cells.items():
            if head.partition("::")[0] in SPOKEN:
                yield from _names(survey, item, head, text)


def _fault(survey: Outline, formula: Formula, code: str, **values: str) -> Fault:
    return survey.sheet.fault(code, formula.item.row.number, formula.column, **values)


def _names(survey: Outline, item: Item, column: str, text: str) -> Iterator[Fault]:
    known = sorted({node.name for node in survey.nodes()})
    for name in dict.fromkeys(referred(text)):
        count = len(survey.named(name))
        if count > 1:
            yield survey.sheet.fault("reference_twice", item.row.number, column, name=name)
        elif not count:
            meant = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            code = "reference_meant" if meant else "reference_unknown"
            yield survey.sheet.fault(code, item.row.number, column, name=name, meant="".join(meant))
    if "${" in REFERENCE.sub("", text):
        yield survey.sheet.fault("reference_open", item.row.number, column)


def _calls(survey: Outline, formula: Formula, tree: Tree) -> Iterator[Fault]:
    for node in walk(tree):
        if not isinstance(node, Call):
            continue
        if node.name not in ARGUMENTS:
            meant = difflib.get_close_matches(node.name, sorted(ARGUMENTS), n=1, cutoff=0.6)
            code = "function_meant" if meant else "function_unknown"
            yield _fault(survey, formula, code, function=node.name, meant="".join(meant))
            continue
        least, most = ARGUMENTS[node.name]
        if not least <= len(node.arguments) <= most:
            wanted = str(least) if least == most else f"{least}–{most}"
            given = str(len(node.arguments))
            yield _fault(survey, formula, "arguments", function=node.name, wanted=wanted, given=given)
        elif node.name == "regex" and isinstance(node.arguments[1], Literal):
            yield from _pattern(survey, formula, str(node.arguments[1].value))


def _pattern(survey: Outline, formula: Formula, pattern: str) -> Iterator[Fault]:
    try:
        matcher(pattern)
    except FormProblem:
        yield _fault(survey, formula, "pattern", pattern=pattern[:60])


def _paths(survey: Outline, choices: Sheet, formula: Formula, tree: Tree) -> Iterator[Fault]:
    """Yield paths that are written out: only `${name}`, `.` and the columns of a filtered list are names."""
    columns = set(choices.heads) if formula.column == FILTER else set()
    inside = {id(step) for node in walk(tree) if isinstance(node, Path) for step in _below_conditions(node)}
    for node in walk(tree):
        if not isinstance(node, Path) or not node.steps or id(node) in inside:
            continue
        name = node.steps[0].name
        if node.start == "instance":
            if node.instance in survey.lists and node.steps[-1].name in choices.heads:
                continue
            yield _fault(survey, formula, "list_column", list=node.instance, column=node.steps[-1].name)
            continue
        if node.start == "here" and (name.startswith(MARK) or (not node.ups and name in columns)):
            continue
        code = "column_of_list" if formula.column == FILTER and node.start == "here" else "path_written"
        yield _fault(survey, formula, code, path="/".join(step.name for step in node.steps).replace(MARK, ""))


def _below_conditions(path: Path) -> Iterator[Tree]:
    for step in path.steps:
        for condition in step.conditions:
            yield from walk(condition)


def _conditions(survey: Outline, formula: Formula) -> Iterator[Fault]:
    """Yield names in square brackets that do not begin with `./`: engines of ODK differ in what they then mean."""
    text = REFERENCE.sub(lambda found: f" {MARK}{found[1]} ", formula.text)
    tokens = [(each.lastgroup or "", each[each.lastgroup or 0]) for each in TOKEN.finditer(text)]
    depth = 0
    for place, (kind, word) in enumerate(tokens):
        depth += {"[": 1, "]": -1}.get(word, 0) if kind == "sign" else 0
        if kind != "name" or not depth or word in WORDS:
            continue
        before = tokens[place - 1][1]
        after = tokens[place + 1][1] if place + 1 < len(tokens) else ""
        filtered = _filtered(survey, tokens[:place])
        if word.startswith(MARK):
            name = word.removeprefix(MARK)
            if any(filtered and filtered in item.repeats for item in survey.named(name)):
                yield _fault(survey, formula, "condition", name=name)
        elif before != "/" and after != "(":
            yield _fault(survey, formula, "condition", name=word)


def _filtered(survey: Outline, before: list[tuple[str, str]]) -> str:
    """Return the path of the repeat whose brackets are open here."""
    opened: list[int] = []
    for place, (kind, word) in enumerate(before):
        if kind == "sign" and word == "[":
            opened.append(place)
        elif kind == "sign" and word == "]" and opened:
            opened.pop()
    name = before[opened[-1] - 1][1].removeprefix(MARK) if opened and opened[-1] else ""
    repeats = [path for item in survey.named(name) for path in item.repeats]
    return repeats[-1] if repeats else ""


def _repeats(survey: Outline, formula: Formula, tree: Tree, over_many: bool = False) -> Iterator[Fault]:
    """Yield one answer expected where a repeat has several: a type that does not fit."""
    if isinstance(tree, Path):
        for step in tree.steps[:1]:
            for item in survey.named(step.name.removeprefix(MARK)) if step.name.startswith(MARK) else ():
                beyond = set(item.repeats) - set(formula.item.repeats)
                if beyond and not over_many and not any(each.conditions for each in tree.steps):
                    yield _fault(survey, formula, "repeat_many", name=item.name, repeat=sorted(beyond)[0])
                elif item.kind in BEGINS and not over_many and item.kind == "begin_group":
                    yield _fault(survey, formula, "group_as_answer", name=item.name)
        return
    if isinstance(tree, Call):
        many = tree.name in OVER_MANY or tree.name in {"indexed-repeat", "position"}
        for argument in tree.arguments:
            yield from _repeats(survey, formula, argument, many)
        return
    for node in inner(tree):
        yield from _repeats(survey, formula, node)
