"""Whom the reader's own unit keeps on the register, what is to be gone through first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.cases.queries import of_dossiers
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.medical_social import queries
from arasha.medical_social.models import Enrolment
from arasha.medical_social.views.words import language
from arasha.services.rules import NEEDS
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty, State

PAGE = 25


@may("keep_enrolments")
@require_safe
def kept(request: StaffRequest) -> HttpResponse:
    """List the unit's own, and nobody else's: there is no list of children that others could search."""
    rows = queries.kept_by(request.actor)
    today, begin = local(request.now).date(), skipped(request.GET.get("after", ""))
    late = rows.filter(review_on__lt=today).count()
    shown = list(rows[begin : begin + PAGE + 1])
    children = of_dossiers([row.dossier_id for row in shown])
    context = {
        "page_title": _title(late),
        "page_meta": _("Medical-social register of your unit"),
        "rows": [_line(row, children, late=row.review_on < today) for row in shown[:PAGE]],  # type: ignore[operator]  # kept
        "previous": f"?after={max(begin - PAGE, 0)}" if begin else "",
        "following": f"?after={begin + PAGE}" if len(shown) > PAGE else "",
        "nothing": Empty(
            _("Nobody is on your register"),
            _("A notice of internal affairs comes into your work by itself; whom you take on stands here."),
        ),
    }
    return render(request, "medical_social/list.html", context)


def _title(late: int) -> str:
    if not late:
        return _("Special social services that your unit owes")
    words = ngettext("%(n)s child was to be gone through again", "%(n)s children were to be gone through again", late)
    return words % {"n": late}


def _line(row: Enrolment, children: dict[Any, Any], *, late: bool) -> dict[str, Any]:
    case = children.get(row.dossier_id)
    day = format_date(row.review_on, language()) if row.review_on else ""
    return {
        "url": queries.enrolment_link(row.dossier_id),
        "child": (case.child_called if case else "") or _("A child, name not known"),
        "needs": ", ".join(NEEDS.label(code) for code in row.needs if code in NEEDS),
        "state": State("late" if late else "open", day),
    }
