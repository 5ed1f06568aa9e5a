"""What each act is called: its sentence, its short label, its kind, and the tone that gives it its colour."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.utils.translation import get_language

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
PHRASES = CodeList(DATA / "phrases.csv")
VERBS = CodeList(DATA / "verbs.csv")
KINDS = CodeList(DATA / "kinds.csv")
LIMITS = CodeList(DATA / "limits.csv")
# What a released paper may say of an act, and the part that must be agreed for it. What is not listed is never said.
RELEASED = CodeList(DATA / "released.csv")
# The same acts, and the titles of the parts, said to a child.
RELEASED_CHILD = CodeList(DATA / "released_child.csv")
# What the paper says of a part where none of its acts may be said; `code` of a part, unverified. For a child beside it.
RELEASED_NONE = CodeList(DATA / "released_none.csv")
RELEASED_NONE_CHILD = CodeList(DATA / "released_none_child.csv")
EMERGENCIES = CodeList(DATA / "emergencies.csv")
# A verb that nobody described yet: somebody did something in the child's case.
OTHER = "case"


class _Said(dict[str, str]):
    """Values for a phrase; what is not known is said as a dash rather than breaking the story."""

    def __missing__(self, key: str) -> str:
        return "—"


def days(limit: str) -> timedelta:
    """Return a limit of `data/limits.csv`: field practice, with its source beside it and who verified it."""
    return timedelta(days=int(LIMITS[limit].more["days"]))


def sentence(verb: str, values: Mapping[str, str]) -> str:
    """Return the act's sentence in the reader's language.

    A verb without a phrase is an error for the test of completeness, and stands by its code for the
    reader: an act is never left out of the story.
    """
    return PHRASES.label(verb).format_map(_Said(values)) if verb in PHRASES else verb


def tone(verb: str) -> str:
    """Return the colour of meaning of the act."""
    return PHRASES[verb].more["tone"] if verb in PHRASES else "done"


def short(verb: str) -> str:
    """Return two or three words for the act in the reader's language, or nothing: then its number stands alone."""
    return VERBS[verb].label((get_language() or "kk")[:2]) if verb in VERBS else ""


def kind(verb: str) -> str:
    """Return the kind of the act, a code of `data/kinds.csv`, that readers filter by."""
    return VERBS[verb].more["kind"] if verb in VERBS else OTHER


def is_work(verb: str) -> bool:
    """Say whether the act breaks a silence: somebody did something for the child, and not the clock or a reader."""
    return VERBS[verb].more["person"] == "yes" if verb in VERBS else True


def is_drawn(verb: str) -> bool:
    """Say whether the journey draws the act; those that it draws as gaps, or not at all, stand in the list alone."""
    return VERBS[verb].more["draw"] == "yes" if verb in VERBS else True


def verbs_of(kinds: frozenset[str]) -> list[str]:
    """Return the verbs of these kinds; those that nobody described belong to `OTHER`, see `described`."""
    return [row.code for row in VERBS if row.more["kind"] in kinds]


def described() -> list[str]:
    """Return every verb that has a kind of its own."""
    return [row.code for row in VERBS]
