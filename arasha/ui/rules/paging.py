"""Paging by where the last row stood, not by counting: rows that come and go move nobody's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
SEPARATOR = "~"
DIGITS = 6


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, with the query strings of the pages before and after; empty where there is none."""

    rows: Sequence[Row]
    previous: str
    following: str


def skipped(text: str) -> int:
    """Return how many rows an address leaves out, of a list that no moment orders; what is no small number is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 0


def beside(asked: QueryDict, offset: int, size: int, *, more: bool) -> dict[str, str]:
    """Return the addresses of the pages before and after one that leaves out `offset` rows; filters stay in them.

    `more`: rows follow this page. Empty where there is no such page.
    """
    return {
        "previous": _leaving_out(asked, max(offset - size, 0)) if offset else "",
        "following": _leaving_out(asked, offset + size) if more else "",
    }


def page_of(
    rows: QuerySet[Row], *, moment: str, size: int, asked: dict[str, str], descending: bool = False
) -> Page[Row]:
    """Cut one page out of rows that are ordered by a moment and then by id.

    `asked` holds `after` or `before`, each "moment~id" as a page wrote it; anything else is the first page.
    """
    backwards = "before" in asked and "after" not in asked
    mark = _read(asked.get("after") or asked.get("before") or "")
    down = descending != backwards
    order = [f"-{moment}", "-pk"] if down else [moment, "pk"]
    found = rows.order_by(*order)
    if mark:
        at, key = mark
        side = "lt" if down else "gt"
        found = found.filter(Q(**{f"{moment}__{side}": at}) | Q(**{moment: at, f"pk__{side}": key}))
    cut = list(found[: size + 1])
    more, cut = len(cut) > size, cut[:size]
    if backwards:
        cut.reverse()
    before, after = (more, bool(mark)) if backwards else (bool(mark), more)
    return Page(
        cut,
        previous=f"?before={_write(cut[0], moment)}" if before and cut else "",
        following=f"?after={_write(cut[-1], moment)}" if after and cut else "",
    )


def _leaving_out(asked: QueryDict, offset: int) -> str:
    kept = asked.copy()
    kept["after"] = str(offset)
    return f"?{kept.urlencode()}"


def _write(row: Model, moment: str) -> str:
    return f"{getattr(row, moment).strftime('%Y%m%dT%H%M%S.%f')}{SEPARATOR}{row.pk}"


def _read(text: str) -> tuple[datetime, Any] | None:
    """Read a mark; one that nobody wrote is no mark."""
    at, separator, key = text.partition(SEPARATOR)
    if not separator:
        return None
    try:
        return datetime.strptime(f"{at}+0000", "%Y%m%dT%H%M%S.%f%z"), UUID(key)
    except ValueError:
        return None
