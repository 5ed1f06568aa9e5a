"""A form as the engine and the pages see it: read once from its published XForm, never changed.

Texts are held by language ("kk", "ru", "en"). Expressions are XPath 1.0 with the ODK functions that we allow, as
pyxform writes them into the XForm; an empty expression says nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]
# What somebody answered, by name: a text in the form that ODK writes (dates as ISO 8601, the codes of several choices
# with a space between), a group's answers, or a repeat's answers, one mapping for each time.
Answers: TypeAlias = Mapping[str, "str | Answers | list[Answers]"]

NOBODY_ASKED = frozenset({"calculate", "hidden", "note"})


@dataclass(frozen=True)
class Choice:
    """One answer to choose. `fields` are its other columns, by which a cascade filters."""

    code: str
    labels: Texts
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One node of a form that may hold an answer, or says something (a note).

    `kind` is one of: text, integer, decimal, date, time, datetime, select_one, select_multiple, acknowledge, image,
    file, note, calculate, hidden. `path` is absolute in the instance ("/data/child/age"). A text holds values as
    "${expression}". `default_formula` is worked out once, when a record or a repetition begins.
    """

    path: str
    name: str
    kind: str
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    required: str = ""
    required_messages: Texts = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    default_formula: str = ""
    read_only: bool = False
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    list_name: str = ""
    choice_filter: str = ""


@dataclass(frozen=True)
class Group:
    """Questions that stand together; with `repeat`, as often as somebody adds them, or as `count` says."""

    path: str
    name: str
    labels: Texts = field(default_factory=dict)
    relevant: str = ""
    appearance: str = ""
    repeat: bool = False
    count: str = ""
    children: tuple["Question | Group", ...] = ()

    def walk(self) -> Iterator["Question | Group"]:
        """Yield everything below, in the order of the form, groups before what they hold."""
        for child in self.children:
            yield child
            if isinstance(child, Group):
                yield from child.walk()


@dataclass(frozen=True)
class Form:
    """A published form. `root` is its outermost group, whose path is "/" and the instance's name.

    `lists` are its lists of choices by name; `digest` is the SHA-256 of the XForm that it was read from.
    """

    code: str
    version: str
    titles: Texts
    languages: tuple[str, ...]
    root: Group
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    digest: str = ""

    def questions(self) -> Iterator[Question]:
        """Yield every question, in the order of the form."""
        return (node for node in self.root.walk() if isinstance(node, Question))
