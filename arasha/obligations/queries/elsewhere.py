"""Duties that have a page of a higher folder, which lends its address: a referral, a decision, an action of a plan."""

from collections.abc import Callable

from arasha.obligations.models import Obligation

Find = Callable[[Obligation], str]
_PAGES: dict[str, tuple[Find, bool]] = {}


def lend_page(protocol: str, find: Find, *, answers: bool = True) -> None:
    """Let a higher folder say, once, when it is ready, on which page a procedure's duties stand.

    With `answers` they are answered there and nowhere else; without, the page says what was agreed or decided. `find`
    returns "" for a duty that has no such page, for whoever acts.
    """
    _PAGES[protocol] = find, answers


def answered_at(row: Obligation, protocol: str) -> str:
    """Return the address of the page on which a duty of this procedure is answered; "" for its own page."""
    find, answers = _PAGES.get(protocol, (None, False))
    return find(row) if find is not None and answers else ""


def told_at(row: Obligation, protocol: str) -> str:
    """Return the address of the page that says what was agreed or decided; "" where there is none for whoever acts."""
    find, answers = _PAGES.get(protocol, (None, False))
    return find(row) if find is not None and not answers else ""
