"""Duties that are answered on a page of a higher folder, which lends their addresses: a referral, a question."""

from collections.abc import Callable

from arasha.obligations.models import Obligation

Find = Callable[[Obligation], str]
_PAGES: dict[str, Find] = {}


def lend_page(protocol: str, find: Find) -> None:
    """Let a higher folder say, once, when it is ready, at which address a procedure's duties are answered.

    `find` returns "" for a duty of the procedure that is answered on its own page.
    """
    _PAGES[protocol] = find


def answered_at(row: Obligation, protocol: str) -> str:
    """Return the address of the page on which a duty of this procedure is answered; "" for its own page."""
    find = _PAGES.get(protocol)
    return find(row) if find is not None else ""
