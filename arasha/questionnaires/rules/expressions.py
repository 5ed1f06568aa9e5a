"""Expressions of forms: XPath 1.0 as ODK uses it, from text to a tree.

Left out on purpose, because no form of the profile needs it and no client of ODK knows it: axes other than child,
parent and self, attributes, `//`, unions, variables, and conditions on a path that are a bare number.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from arasha.questionnaires.rules.problems import FormProblem

LONGEST = 20_000
DEEPEST = 60
TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?|\.\d+)|(?P<text>"[^"]*"|'[^']*')|(?P<sign>\.\.|!=|<=|>=|[/()\[\].,=<>+\-*])
    |(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?))""",
    re.VERBOSE,
)
WORDS = {"and", "or", "div", "mod"}
# From the loosest to the tightest.
LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


@dataclass(frozen=True)
class Literal:
    """A number or a text."""

    value: float | str


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True)
class Chain:
    """Expressions of one level, worked off from left to right: a long sum is as flat as it looks."""

    first: "Tree"
    rest: tuple[tuple[str, "Tree"], ...]


@dataclass(frozen=True)
class Minus:
    """A negated number."""

    inner: "Tree"


@dataclass(frozen=True)
class Step:
    """One name of a path, with its conditions."""

    name: str
    conditions: tuple["Tree", ...] = ()


@dataclass(frozen=True)
class Path:
    """A path: `start` is "absolute", "here", "current" or "instance"; `ups` counts the `..` at its beginning."""

    start: str
    ups: int
    steps: tuple[Step, ...]
    instance: str = ""


Tree: TypeAlias = Literal | Call | Chain | Minus | Path


@lru_cache(maxsize=4096)
def parse(text: str) -> Tree:
    """Return the expression's tree.

    Raises:
        FormProblem: `expression`, with the part that was not understood.
    """
    if len(text) > LONGEST:
        raise FormProblem("expression", detail=f"{text[:60]}…")
    reader = _Reader(text)
    tree = reader.chained(0)
    if reader.peek():
        raise reader.lost()
    return tree


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.tokens: list[tuple[str, str, int]] = []
        position = 0
        end = len(text.rstrip())
        while position < end:
            if not (found := TOKEN.match(text, position)):
                raise FormProblem("expression", detail=text[position : position + 60].strip())
            kind = found.lastgroup or ""
            self.tokens.append((kind, found[kind], found.start(kind)))
            position = found.end()

    def peek(self, ahead: int = 0) -> str:
        """Return a sign or name that comes, or an empty text for literals and the end."""
        if self.at + ahead >= len(self.tokens):
            return ""
        kind, word, _ = self.tokens[self.at + ahead]
        return word if kind in {"sign", "name"} else "literal"

    def kind(self) -> str:
        """Return the kind of the next token."""
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def take(self, sign: str = "") -> str:
        """Return the next token's text and go on; with a sign, only if it is that."""
        if self.at >= len(self.tokens) or (sign and self.peek() != sign):
            raise self.lost()
        word = self.tokens[self.at][1]
        self.at += 1
        return word

    def lost(self) -> FormProblem:
        """Return the error that shows where reading ended."""
        begin = self.tokens[self.at][2] if self.at < len(self.tokens) else max(0, len(self.text) - 20)
        return FormProblem("expression", detail=self.text[begin : begin + 60].strip())

    def chained(self, level: int) -> Tree:
        """Read what is bound at least as tightly as a level."""
        if level == len(LEVELS):
            return self.unary()
        first, rest = self.chained(level + 1), []
        while self.peek() in LEVELS[level]:
            rest.append((self.take(), self.chained(level + 1)))
        return Chain(first, tuple(rest)) if rest else first

    def unary(self) -> Tree:
        """Read a negation, or what it stands before."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.lost()
        if self.peek() == "-":
            self.take()
            inner: Tree = Minus(self.unary())
        else:
            inner = self.primary()
        self.depth -= 1
        return inner

    def primary(self) -> Tree:
        """Read a literal, a call, something in brackets, or a path."""
        kind = self.kind()
        if kind == "number":
            return Literal(float(self.take()))
        if kind == "text":
            return Literal(self.take()[1:-1])
        if self.peek() == "(":
            self.take()
            inner = self.chained(0)
            self.take(")")
            return inner
        if kind == "name" and self.peek(1) == "(":
            return self.call()
        return self.path()

    def call(self) -> Tree:
        """Read a function; `instance('…')` and `current()` begin a path."""
        name = self.take()
        self.take("(")
        arguments: list[Tree] = []
        while self.peek() != ")":
            if arguments:
                self.take(",")
            arguments.append(self.chained(0))
        self.take(")")
        if name == "current" and not arguments:
            return self.tail("current", "")
        if name == "instance":
            if len(arguments) != 1 or not isinstance(arguments[0], Literal) or isinstance(arguments[0].value, float):
                raise self.lost()
            return self.tail("instance", arguments[0].value)
        return Call(name, tuple(arguments))

    def tail(self, start: str, instance: str) -> Path:
        """Read what follows a path's beginning, slash first."""
        if self.peek() != "/":
            return Path(start, 0, (), instance)
        self.take()
        ups, steps = self.steps()
        return Path(start, ups, steps, instance)

    def path(self) -> Path:
        """Read an absolute or a relative path."""
        absolute = self.peek() == "/"
        if absolute:
            self.take()
        ups, steps = self.steps()
        if absolute and (ups or not steps):
            raise self.lost()
        return Path("absolute" if absolute else "here", ups, steps)

    def steps(self) -> tuple[int, tuple[Step, ...]]:
        """Read `..` and `.` at the beginning, then names with their conditions."""
        ups, steps = 0, list[Step]()
        while True:
            word = self.peek()
            if word == ".." and not steps:
                self.take()
                ups += 1
            elif word == ".":
                self.take()
            elif self.kind() == "name":
                steps.append(Step(self.take(), self.conditions()))
            else:
                raise self.lost()
            if self.peek() != "/":
                return ups, tuple(steps)
            self.take()

    def conditions(self) -> tuple[Tree, ...]:
        """Read conditions in square brackets."""
        found = []
        while self.peek() == "[":
            self.take()
            if self.kind() == "number" and self.peek(1) == "]":
                raise self.lost()
            found.append(self.chained(0))
            self.take("]")
        return tuple(found)
