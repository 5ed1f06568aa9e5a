"""Expressions made into functions, once a form, for the place in the form where they stand.

Paths mean what they mean in JavaRosa, the engine of ODK's clients: inside a repeat an absolute path leads to the same
repetition as far as both go the same way, while a path with `..` leads to all that stand where it arrives; irrelevant
nodes are not there; several answers where one is needed are an error and not "the first".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from arasha.questionnaires.rules import functions
from arasha.questionnaires.rules.calls import SIGNS, SPECIAL
from arasha.questionnaires.rules.expressions import Call, Chain, Literal, Minus, Path, Tree, parse
from arasha.questionnaires.rules.instance import Node, Scope, only
from arasha.questionnaires.rules.places import Finder, Formula, Names, Terrain, Where
from arasha.questionnaires.rules.problems import FormProblem
from arasha.questionnaires.rules.values import Value, to_number, to_truth


@dataclass
class Compiled:
    """A formula, what it reads, whether its result changes by itself, and whether it keeps its first result."""

    formula: Formula
    reads: set[Names] = field(default_factory=set)
    changing: bool = False
    once: bool = False


def compiled(text: str, where: Where, terrain: Terrain) -> Compiled:
    """Make a function of an expression.

    Raises:
        FormProblem: it is not understood, or uses what is not there.
    """
    compiler = Compiler(terrain)
    return Compiled(compiler.formula(parse(text), where), compiler.reads, compiler.changing, compiler.once)


def filtered(path: str, where: Where, terrain: Terrain) -> tuple[Finder, set[Names]]:
    """Make a function that finds the items of a list of choices, as an item set says; and tell what it reads."""
    compiler = Compiler(terrain)
    tree = parse(path)
    if not isinstance(tree, Path):
        raise FormProblem("expression", detail=path)
    return compiler.finder(tree, where), compiler.reads


class Compiler:
    """Compiles one expression and notes what it reads."""

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self.reads: set[Names] = set()
        self.changing = self.once = False

    def formula(self, tree: Tree, where: Where) -> Formula:
        """Return the function of a tree."""
        match tree:
            case Literal(value):
                return lambda node, scope: value
            case Minus(inner):
                negated = self.formula(inner, where)
                return lambda node, scope: -to_number(negated(node, scope))
            case Chain(first, rest):
                return self.chain(first, rest, where)
            case Call(name, arguments):
                return self.call(name, arguments, where)
            case Path():
                return one(self.finder(tree, where))

    def chain(self, first: Tree, rest: tuple[tuple[str, Tree], ...], where: Where) -> Formula:
        """Return the function of expressions worked off from left to right."""
        begin = self.formula(first, where)
        steps = [(sign, self.formula(tree, where)) for sign, tree in rest]
        if steps[0][0] in {"and", "or"}:
            stops, every = steps[0][0] == "or", [begin, *(step for _, step in steps)]
            return lambda node, scope: (
                stops if any(to_truth(each(node, scope)) is stops for each in every) else not stops
            )
        if len(steps) == 1:
            work, second = SIGNS[steps[0][0]], steps[0][1]
            return lambda node, scope: work(begin(node, scope), second(node, scope))
        worked = [(SIGNS[sign], step) for sign, step in steps]

        def several(node: Node, scope: Scope) -> Value:
            value = begin(node, scope)
            for work, step in worked:
                value = work(value, step(node, scope))
            return value

        return several

    def call(self, name: str, arguments: tuple[Tree, ...], where: Where) -> Formula:
        """Return the function of a call."""
        if name not in functions.ARGUMENTS:
            raise FormProblem("function", detail=name)
        least, most = functions.ARGUMENTS[name]
        if not least <= len(arguments) <= most:
            raise FormProblem("arguments", detail=name)
        self.changing = self.changing or name in functions.CHANGING
        self.once = self.once or name == "once"
        if name in functions.OVER_MANY:
            return self.over_many(name, arguments, where)
        if special := SPECIAL.get(name):
            return special(self, arguments, where)
        parts = [self.formula(each, where) for each in arguments]
        work = functions.SIMPLE[name]
        if len(parts) == 1:
            only = parts[0]
            return lambda node, scope: work(only(node, scope))
        return lambda node, scope: work(*[part(node, scope) for part in parts])

    def over_many(self, name: str, arguments: tuple[Tree, ...], where: Where) -> Formula:
        """Return the function of a call that takes all the answers that a path leads to."""
        if len(arguments) == 1 and isinstance(path := arguments[0], Path):
            find = self.finder(path, where)
            if name == "count":
                return lambda node, scope: float(len(find(node, scope)))
            work = functions.MANY[name]
            return lambda node, scope: work([each.value for each in find(node, scope)])
        if name in {"count", "sum"}:
            raise FormProblem("arguments", detail=name)
        parts, among = [self.formula(each, where) for each in arguments], functions.MANY[name]
        return lambda node, scope: among([part(node, scope) for part in parts])

    def target(self, path: Path, where: Where) -> tuple[Names, str, Names]:
        """Return where a path leads (names, list) and the names of the node that it starts from."""
        steps, start = tuple(step.name for step in path.steps), Names()
        if path.start == "instance":
            names, instance = steps, path.instance
            if instance not in self.terrain.lists:
                raise FormProblem("unknown_instance", detail=instance)
        elif path.start == "absolute":
            names, instance, start = steps, "", where.names if not where.instance else ()
        else:
            start = (where.original or where.names) if path.start == "current" else where.names
            instance = "" if path.start == "current" else where.instance
            if path.ups >= len(start):
                raise FormProblem("unknown_path", detail="/".join(["..", *steps]))
            names = start[: len(start) - path.ups] + steps
        if names not in (self.terrain.lists[instance] if instance else self.terrain.known):
            raise FormProblem("unknown_path", detail="/" + "/".join(names))
        if not instance:
            self.reads.add(names)
        return names, instance, start

    def finder(self, path: Path, where: Where) -> Finder:
        """Return the function that finds the nodes of a path."""
        names, instance, start = self.target(path, where)
        first = len(names) - len(path.steps)
        inner = where.original or where.names
        conditions = {
            first + place: [
                self.formula(each, Where(names[: first + place + 1], instance, inner)) for each in step.conditions
            ]
            for place, step in enumerate(path.steps)
            if step.conditions
        }
        shared = 0 if path.start in {"absolute", "instance"} else len(start) - path.ups
        while (
            path.start == "absolute"
            and shared < min(len(names), len(start))
            and names[shared] == start[shared]
            and shared not in conditions
        ):
            shared += 1
        walk = _walk(names, shared, conditions)
        from_current, ups = path.start == "current", len(start) - shared
        if not start or not shared:
            return _from_root(instance, walk)

        def found(node: Node, scope: Scope) -> list[Node]:
            node = scope.current if from_current else node
            for _ in range(ups):
                node = node.parent or node
            return [each for each in walk([node], scope) if each.relevant]

        return found


def _from_root(instance: str, walk: Callable[[list[Node], Scope], list[Node]]) -> Finder:
    if instance:
        return lambda node, scope: walk([scope.instances[instance]], scope)
    return lambda node, scope: [each for each in walk([scope.root], scope) if each.relevant]


def _walk(
    names: Names, shared: int, conditions: Mapping[int, list[Formula]]
) -> Callable[[list[Node], Scope], list[Node]]:
    """Return the function that goes down from nodes at the level `shared` (or the root) to those that are named."""
    begin = max(shared, 1)
    levels = [(names[level], conditions.get(level, [])) for level in range(begin, len(names))]

    def walk(nodes: list[Node], scope: Scope) -> list[Node]:
        for name, tests in levels:
            nodes = [child for node in nodes for child in node.children.get(name, ())]
            for order, test in enumerate(tests):
                places = [at + 1 if order else node.position for at, node in enumerate(nodes)]
                nodes = [node for at, node in zip(places, nodes, strict=True) if _passes(test, node, at, scope)]
        return nodes

    return walk


def _passes(test: Formula, node: Node, at: int, scope: Scope) -> bool:
    before, scope.at = scope.at, at
    try:
        return test(node, scope) is True
    finally:
        scope.at = before


def one(find: Finder) -> Formula:
    """Return the function of the only value that a path leads to."""
    return lambda node, scope: only(find(node, scope))
