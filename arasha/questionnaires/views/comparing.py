"""Two versions side by side: what differs, and what it means for figures."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.questionnaires import policy
from arasha.questionnaires.rules.comparing import Change, Difference, Meaning, differences
from arasha.questionnaires.views import words
from arasha.questionnaires.views.presenting import book_of, found
from arasha.ui.rules.page import Link

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
SECTIONS = (
    (gettext_lazy("The form as a whole"), (Change.ABOUT,)),
    (gettext_lazy("New questions"), (Change.ADDED,)),
    (gettext_lazy("Questions that fall away"), (Change.REMOVED,)),
    (gettext_lazy("Questions in another place"), (Change.MOVED, Change.ELSEWHERE)),
    (gettext_lazy("Wording"), (Change.WORDING,)),
    (gettext_lazy("Rules"), (Change.RULE,)),
    (
        gettext_lazy("Choices"),
        (
            *(Change.CHOICE_ADDED, Change.CHOICE_REMOVED, Change.CHOICE_WORDING, Change.CHOICE_ORDER),
            Change.CHOICE_DATA,
        ),
    ),
)
CHANGES = {
    Change.CHOICE_ADDED: gettext_lazy("new answer"),
    Change.CHOICE_REMOVED: gettext_lazy("answer that falls away"),
    Change.CHOICE_ORDER: gettext_lazy("order of the answers"),
    Change.MOVED: gettext_lazy("stands behind another question"),
    Change.ELSEWHERE: gettext_lazy("stands in another group"),
}
MEANINGS = {
    Meaning.BEGINS: gettext_lazy("Counted only from this version on."),
    Meaning.ENDS: gettext_lazy("No new answers; earlier ones stay countable."),
    Meaning.APART: gettext_lazy("Counted apart: earlier and later answers are not added up."),
    Meaning.CAREFUL: gettext_lazy("Asked in other words: compare with care."),
    Meaning.ACCEPTED: gettext_lazy("Other answers fit than before: compare with care."),
    Meaning.ASKED_OF_OTHERS: gettext_lazy("Asked of more or fewer people: compare shares, not numbers."),
    Meaning.COMPUTED: gettext_lazy("Computed otherwise: results of before and after are not comparable."),
}


@may(policy.PUBLISH)
@require_safe
def page(request: StaffRequest, number: int, other: int) -> HttpResponse:
    """Show what differs between two versions of a form, the older one first."""
    one, _others = found(request, number)
    another, _others = found(request, other)
    if one.code != another.code or one.row.pk == another.row.pk:
        raise Http404
    old, new = sorted((one, another), key=lambda volume: (volume.row.number, volume.row.pk))
    rows = differences(book_of(old), book_of(new))
    title = new.about.titled(words.language())
    values = {"old": old.row.number, "new": new.row.number}
    context = {
        "page_title": _("What differs between version %(old)s and version %(new)s") % values,
        "page_meta": title,
        "trail": words.trail(
            Link(title, words.address("page", new)), Link(_("Show the differences"), "", current=True)
        ),
        "sides": [
            (
                Link(_("version %(number)s") % {"number": side.row.number}, words.address("page", side)),
                words.tag_of(side),
            )
            for side in (old, new)
        ],
        "sections": [(title, found_rows) for title, found_rows in _sections(rows) if found_rows],
        "meant": sorted({str(MEANINGS[row.meaning]) for row in rows if row.meaning is not Meaning.NONE}),
    }
    return render(request, "questionnaires/difference.html", context)


def _sections(rows: list[Difference]) -> list[tuple[Any, list[dict[str, Any]]]]:
    return [(title, [_row(row) for row in rows if row.change in changes]) for title, changes in SECTIONS]


def _row(row: Difference) -> dict[str, Any]:
    parts = [str(CHANGES.get(row.change, "")), str(words.COLUMNS.get(row.column, row.column))]
    parts += [LANGUAGES.get(row.language, "")]
    first = _("at the beginning") if row.change is Change.MOVED else ""
    return {
        "name": row.name or row.list_name,
        "list": row.list_name if row.name else "",
        "what": " · ".join(part for part in parts if part),
        "before": _lines(row.before or first),
        "after": _lines(row.after or first),
        "meaning": MEANINGS.get(row.meaning, ""),
    }


def _lines(text: str) -> list[str]:
    """Return lines; those that begin with a language's code begin with its name."""
    lines = []
    for line in text.split("\n"):
        code, mark, rest = line.partition(": ")
        lines.append(f"{LANGUAGES[code]}: {rest}" if mark and code in LANGUAGES else line)
    return lines
