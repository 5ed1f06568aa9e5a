"""A record in memory: a tree of nodes, over which expressions are worked out."""

from datetime import date, datetime

from arasha.kernel.worktime.rules import local
from arasha.questionnaires.rules.problems import Uncountable
from arasha.questionnaires.rules.values import Value


class Node:
    """One element of a record, or of a list of choices. `own` says whether its own condition lets it be relevant."""

    __slots__ = ("children", "name", "own", "parent", "position", "row", "text", "value")

    def __init__(self, name: str, parent: "Node | None" = None, position: int = 1) -> None:
        self.name, self.parent, self.position = name, parent, position
        self.children: dict[str, list[Node]] = {}
        self.value: Value = ""
        self.text = ""
        self.own = True
        self.row = False

    def add(self, name: str, row: bool = False) -> "Node":
        """Return a new child, the last of its name; `row` marks a repetition."""
        same = self.children.setdefault(name, [])
        child = Node(name, self, len(same) + 1)
        child.row = row
        same.append(child)
        return child

    @property
    def relevant(self) -> bool:
        """Whether it counts: neither it nor anything that it stands in was conditioned away."""
        node: Node | None = self
        while node is not None:
            if not node.own:
                return False
            node = node.parent
        return True

    def line(self) -> list["Node"]:
        """Return the nodes from the root down to this one."""
        line = [self]
        while line[-1].parent is not None:
            line.append(line[-1].parent)
        return line[::-1]

    @property
    def key(self) -> str:
        """Its name within the record, repetitions numbered: "members[2]/name"."""
        return "/".join(f"{each.name}[{each.position}]" if each.row else each.name for each in self.line()[1:])

    @property
    def place(self) -> str:
        """Which repetition it stands in: "2", nested "2.1", outside of repeats nothing."""
        return ".".join(str(each.position) for each in self.line() if each.row)


class Scope:
    """What an evaluation knows besides the node it stands at."""

    __slots__ = ("at", "current", "instances", "language", "now", "root", "today")

    def __init__(self, root: Node, instances: dict[str, Node], today: date, now: datetime, language: str) -> None:
        self.root, self.instances, self.today, self.now, self.language = root, instances, today, local(now), language
        self.current = root
        self.at: int | None = None


def only(nodes: list[Node]) -> Value:
    """Return the value of what a path led to; nothing is the empty text.

    Raises:
        Uncountable: it led to several answers.
    """
    if len(nodes) > 1:
        raise Uncountable(nodes[0].name)
    return nodes[0].value if nodes else ""
