"""The frame of a staff page as values: the top bar, the rail, the tabs, links and buttons.

Labels come in the reader's language (or lazily translated); addresses are paths of this site.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `current` marks where the reader is."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """A button: a link when `method` is get, else a form of its own that posts.

    `kind`: "primary" (one a page) | "secondary" | "warning" (hand-over to the police and what can't be undone).
    """

    label: str
    url: str
    kind: str = "primary"
    method: str = "get"
    small: bool = False


@dataclass(frozen=True, slots=True)
class RailItem:
    """One place of the left rail; `late` (a number above 0) shows as a brick badge instead of `count`.

    `group`: the heading under which it stands with its neighbours; none for what stands first.
    """

    label: str
    url: str
    current: bool = False
    count: int | None = None
    late: int = 0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """Everything around a staff page; the context variable `shell`. Without it a page shows mark and languages only.

    `standing`: what everybody here must know as long as it lasts, a line each.
    """

    post: str
    territory: str
    user: str
    rail: Sequence[RailItem] = ()
    change_url: str = ""
    search_url: str = ""
    messages_url: str = ""
    messages: int = 0
    account_url: str = ""
    sign_out_url: str = ""
    foot: Sequence[Link] = ()
    printed: str = ""
    standing: Sequence[Link] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A head of a sortable list: the code that stands in the address, and its words."""

    code: str
    label: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One group of choices in the filter panel; `code` is its name in the address."""

    code: str
    label: str
    choices: Sequence[tuple[str, str]]
    chosen: frozenset[str] = field(default_factory=frozenset)


def sort_order(wish: str, columns: Sequence[str], default: str) -> tuple[str, bool]:
    """Read `sort=due` or `sort=-due` from an address: (column, descending); an unknown column gives the default."""
    name, descending = wish.removeprefix("-"), wish.startswith("-")
    if name in columns:
        return name, descending
    return default.removeprefix("-"), default.startswith("-")
