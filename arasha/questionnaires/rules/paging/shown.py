"""What a page shows, ready for the template: words in the reader's language, no expressions."""

from dataclasses import dataclass, field
from typing import TypeAlias

Block: TypeAlias = "FieldShown | NoteShown | GroupShown | RepeatShown"


@dataclass(frozen=True)
class OptionShown:
    """One answer to choose; `face` is good, middling, bad or nothing."""

    code: str
    label: str
    on: bool
    id: str
    face: str = ""


@dataclass(frozen=True)
class FieldShown:
    """A question. `widget`: radios, faces, checkboxes, select, text, lines, number, date, moment, time, agree, said,
    elsewhere (files). `drives` says that other parts of the page depend on its answer."""

    key: str
    id: str
    widget: str
    label: str
    hint: str = ""
    value: str = ""
    options: tuple[OptionShown, ...] = ()
    needed: bool = False
    error: str = ""
    drives: bool = False
    unprinted: bool = False
    block: str = "field"

    @property
    def described(self) -> str:
        """The ids of what describes it: its hint and its error."""
        parts = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*parts, f"{self.id}-error"] if self.error else parts)

    @property
    def first(self) -> str:
        """The id to which an error leads."""
        return self.options[0].id if self.options and self.widget != "select" else self.id

    @property
    def chosen(self) -> bool:
        """Whether any of its options is on."""
        return any(option.on for option in self.options)


@dataclass(frozen=True)
class NoteShown:
    """Words that ask nothing."""

    text: str
    unprinted: bool = False
    block: str = "note"


@dataclass(frozen=True)
class GroupShown:
    """A group within a page, under its heading."""

    label: str
    blocks: tuple[Block, ...]
    unprinted: bool = False
    block: str = "group"


@dataclass(frozen=True)
class RowShown:
    """One repetition; `key` is what the button to remove it sends, empty where their number is given."""

    key: str
    number: int
    blocks: tuple[Block, ...]
    removable: bool


@dataclass(frozen=True)
class RepeatShown:
    """A repeat with its rows; `addable` where people decide how many there are."""

    key: str
    id: str
    label: str
    rows: tuple[RowShown, ...]
    addable: bool
    error: str = ""
    block: str = "repeat"


@dataclass(frozen=True)
class ErrorShown:
    """A line of the error summary: where it leads, the question and what is wrong."""

    id: str
    label: str
    words: str


@dataclass(frozen=True)
class PageShown:
    """A page. `shown` are the keys of its questions as the browser sends them back; `drives`: answers change it."""

    name: str
    number: int
    of: int
    title: str
    blocks: tuple[Block, ...]
    errors: tuple[ErrorShown, ...] = ()
    shown: tuple[str, ...] = field(default=())
    rows: tuple[str, ...] = field(default=())
    repeats: tuple[str, ...] = field(default=())
    drives: bool = False

    @property
    def is_last(self) -> bool:
        """Whether no page follows."""
        return self.number >= self.of
