"""A form made ready to be worked out: its expressions as functions, in an order in which each finds what it needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import TypeAlias

from arasha.questionnaires.rules.compiling import Compiled, compiled, filtered
from arasha.questionnaires.rules.form import Choice, Form, Group, Question
from arasha.questionnaires.rules.instance import Node
from arasha.questionnaires.rules.places import Finder, Formula, Names, Terrain, Where
from arasha.questionnaires.rules.problems import CircularCalculation, FormProblem

# What is worked out of a node: whether it is relevant, or what it says.
Task: TypeAlias = tuple[str, Names]
KEPT = 64


@dataclass
class Entry:
    """A node of the form with its functions. Those that say nothing are None.

    `shows` is what its words, choices and number of repetitions depend on.
    """

    names: Names
    node: Question | Group
    relevant: Compiled | None = None
    calculation: Compiled | None = None
    required: Compiled | None = None
    constraint: Compiled | None = None
    default: Compiled | None = None
    count: Compiled | None = None
    choices: Finder | None = None
    codes: frozenset[str] = frozenset()
    values: dict[str, Formula] = field(default_factory=dict)
    shows: set[Names] = field(default_factory=set)
    below: list["Entry"] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """`entries` by names in the order of the form, `order` as things are worked out, lists of choices as nodes.

    `changing` names the nodes whose value may differ tomorrow, or in another language, though no answer changed.
    """

    root: Entry
    entries: Mapping[Names, Entry]
    order: tuple[tuple[str, Entry], ...]
    lists: Mapping[str, Node]
    terrain: Terrain
    changing: frozenset[Names]


_kept: dict[str, Plan] = {}


def plan_of(form: Form) -> Plan:
    """Return a form's plan, made once for each digest.

    Raises:
        FormProblem: an expression is not understood.
        CircularCalculation: formulas need each other's results.
    """
    if (kept := _kept.get(form.digest)) is not None:
        return kept
    plan = _made(form)
    if form.digest:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[form.digest] = plan
    return plan


def names_of(path: str) -> Names:
    """Return the names of an absolute path, from the root down."""
    return tuple(path.strip("/").split("/"))


def _made(form: Form) -> Plan:
    nodes = {names_of(node.path): node for node in [form.root, *form.root.walk()]}
    lists = {name: _listed(choices) for name, choices in form.lists.items()}
    terrain = Terrain(
        frozenset(nodes),
        {names: node.choices for names, node in nodes.items() if isinstance(node, Question)},
        {name: _list_names(choices) for name, choices in form.lists.items()},
    )
    entries = {names: _entry(names, node, terrain) for names, node in nodes.items()}
    for names, entry in entries.items():
        if len(names) > 1:
            entries[names[:-1]].below.append(entry)
    order = _ordered(entries)
    changing = _changing(entries, order)
    tasks = tuple((task, entries[names]) for task, names in order)
    return Plan(entries[names_of(form.root.path)], entries, tasks, lists, terrain, changing)


def _listed(choices: tuple[Choice, ...]) -> Node:
    """Return a list of choices as the nodes that expressions can look at."""
    top = Node("root")
    for choice in choices:
        item = top.add("item")
        for name, value in {"name": choice.code, **choice.fields}.items():
            item.add(name).value = value
    return top


def _list_names(choices: tuple[Choice, ...]) -> frozenset[Names]:
    fields = {"name"} | {name for choice in choices for name in choice.fields}
    return frozenset({("root",), ("root", "item"), *(("root", "item", name) for name in fields)})


def _entry(names: Names, node: Question | Group, terrain: Terrain) -> Entry:
    where, entry = Where(names), Entry(names, node)
    try:
        entry.relevant = _compiled(node.relevant, where, terrain)
        for value in _values_said(node):
            work = compiled(value, where, terrain)
            entry.values[value] = work.formula
            entry.shows |= work.reads
        if isinstance(node, Group):
            entry.count = _compiled(node.count, where, terrain)
            entry.shows |= entry.count.reads if entry.count else set()
            return entry
        entry.calculation = _compiled(node.calculation, where, terrain)
        entry.required = _compiled(node.required, where, terrain)
        entry.constraint = _compiled(node.constraint, where, terrain)
        entry.default = _compiled(node.default_formula, where, terrain)
        if node.choice_filter:
            items = f"instance('{node.list_name}')/root/item[{node.choice_filter}]"
            entry.choices, reads = filtered(items, where, terrain)
            entry.shows |= reads
        entry.codes = frozenset(choice.code for choice in node.choices)
    except FormProblem as problem:
        raise FormProblem(problem.code, node.path, problem.detail) from problem
    return entry


def _compiled(text: str, where: Where, terrain: Terrain) -> Compiled | None:
    return compiled(text, where, terrain) if text else None


def _values_said(node: Question | Group) -> set[str]:
    """Return the expressions whose values a node's texts say."""
    said = [node.labels]
    if isinstance(node, Question):
        said += [node.hints, node.constraint_messages, node.required_messages, *(each.labels for each in node.choices)]
    return {value for texts in said for text in texts.values() for value in values_in(text)}


def values_in(text: str) -> list[str]:
    """Return the expressions that stand in a text as ${expression}."""
    return [part.partition("}")[0] for part in text.split("${")[1:]]


def _ordered(entries: Mapping[Names, Entry]) -> list[Task]:
    """Return what is to be worked out, each after what it needs."""
    tasks: dict[Task, Compiled] = {}
    for names, entry in entries.items():
        if entry.relevant:
            tasks["relevant", names] = entry.relevant
        if entry.calculation:
            tasks["calculation", names] = entry.calculation
    graph = {task: set(_needed(work.reads, tasks)) for task, work in tasks.items()}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as loop:
        paths = ["/" + "/".join(names) for _, names in loop.args[1][:-1]]
        raise CircularCalculation(list(dict.fromkeys(paths))) from loop


def _needed(reads: set[Names], tasks: Mapping[Task, Compiled]) -> Iterator[Task]:
    """Yield what must be known before nodes can be read: what they say, and whether they and those above are there."""
    for names in reads:
        if ("calculation", names) in tasks:
            yield "calculation", names
        for length in range(1, len(names) + 1):
            if ("relevant", names[:length]) in tasks:
                yield "relevant", names[:length]


def _changing(entries: Mapping[Names, Entry], order: list[Task]) -> frozenset[Names]:
    found: set[Names] = set()
    conditions: set[Names] = set()
    for task, names in order:
        entry = entries[names]
        work = entry.relevant if task == "relevant" else entry.calculation
        assert work is not None  # noqa: S101 - the order holds only what there is
        read_above = {read[:length] for read in work.reads for length in range(1, len(read) + 1)}
        if work.changing or work.reads & found or read_above & conditions:
            (conditions if task == "relevant" else found).add(names)
    return frozenset(found)
