"""Which forms are filled in on a file's page "Forms": all that are in force, but for those that have a place of their
own. Pure."""

from functools import cache

from arasha.coordination.rules.phrases import DATA
from arasha.plans.rules import DISCIPLINES, SUMMARY_FORM
from arasha.ui.rules import CodeList

# The kinds of forms in the order in which a page lists them. `here` "no": who gives a service would read what one child
# thinks of it. `paper`: the frame in which it is printed.
FORM_KINDS = CodeList(DATA / "form_kinds.csv")


@cache
def hosted_elsewhere() -> frozenset[str]:
    """Return the forms that an assessment together asks for: they are begun, handed in and read there."""
    return frozenset({row.more["form"] for row in DISCIPLINES} | {SUMMARY_FORM})


def is_filled_here(code: str, kind: str) -> bool:
    """Say whether a form belongs to the page "Forms". A kind that nobody described yet does."""
    return code not in hosted_elsewhere() and (kind not in FORM_KINDS or FORM_KINDS[kind].more["here"] == "yes")


def rank(kind: str) -> int:
    """Return the place of a kind in a list; one that nobody described yet comes last."""
    codes = [row.code for row in FORM_KINDS]
    return codes.index(kind) if kind in codes else len(codes)


def paper_frame(kind: str) -> str:
    """Return the frame of a form on paper: `plain` says nothing of the system, for a page that goes home."""
    return FORM_KINDS[kind].more["paper"] if kind in FORM_KINDS else "frame"
