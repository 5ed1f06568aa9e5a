"""The box: what was typed is sent, never written into an address; what was found, and what it means to find nothing."""

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.cases.queries import link
from arasha.coordination import queries
from arasha.coordination.views import presenting
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.territory.queries import territory
from arasha.people.rules import SEXES, AskedTooMuch, IinInvalid, NothingAsked, Question, name_shown, read_iin

log = logging.getLogger("arasha.find")


@signed_in
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: StaffRequest) -> HttpResponse:
    """Look for a child, another person or a case among the files that the reader may know of."""
    typed = request.POST.get("q", "").strip() if request.method == "POST" else ""
    context: dict[str, Any] = {"page_title": _("Find a child, case or signal"), "q": typed}
    if not typed:
        return render(request, "coordination/find.html", context)
    numbered, case = queries.case_numbered(request.actor, typed)
    if case is not None:
        return redirect(link(case.dossier_id))
    request.look(None, kind="search")
    status = 200
    try:
        asked = [] if numbered else queries.read_box(typed, request.now)
        context |= _results(request, asked)
    except NothingAsked:
        context["problem"], status = _("There is no name and no number in it to look for."), 422
    except AskedTooMuch:
        context["problem"], status = _("This is longer than any name. Write the name and the year of birth."), 422
    except DatabaseError:
        log.error("search_failed")
        context["failed"], status = True, 503
    return render(request, "coordination/find.html", context, status=status)


def _results(request: StaffRequest, asked: list[Question]) -> dict[str, Any]:
    hits = queries.find_people(request.actor, asked) if asked else []
    for dossier in queries.dossiers_of(hits):
        request.look(dossier, kind="search")
    rows = [_row(request, hit) for hit in hits]
    title = ngettext("%(n)s person may be meant", "%(n)s people may be meant", len(rows)) % {"n": len(rows)}
    return {
        "page_title": title if rows else _("Nobody was found in your files"),
        "asked": True,
        "rows": rows,
        "warning": _number_warning(asked),
    }


def _number_warning(asked: list[Question]) -> str:
    """Say that a number can't be right, whatever was found by it."""
    if asked and asked[0].iin:
        try:
            read_iin(asked[0].iin)
        except IinInvalid:
            return _("This is no identification number: a figure is wrong. Look at it once more.")
    return ""


def _row(request: StaffRequest, hit: queries.Hit) -> dict[str, Any]:
    found = hit.found
    if hit.person is not None:
        about = hit.matter
        known = presenting.child(about) if about else ""
        number = about.number if about else ""
        return {
            "called": name_shown(hit.person.called, hit.person.role),
            "url": _address(hit),
            "born": queries.born(hit.person, request.now),
            "role": queries.role_of(hit.person),
            "file": number or (_("register") if hit.of_register else _("signal")),
            "child": known if hit.person.role != "child" else "",
            "alike": not found.cost,
        }
    place = territory(found.territory)
    return {
        "called": found.called or _("A child in a file of another unit"),
        "url": "",
        "born": str(found.birth_first.year) if found.birth_first else "",
        "role": SEXES.label(found.sex) if found.sex != "unknown" else "",
        "ask": hit.lead.name if hit.lead else "",
        "place": place.name(presenting.language()) if place else "",
        "alike": not found.cost,
    }


def _address(hit: queries.Hit) -> str:
    """Return the page of a file; a register's is a list of thousands, so there it is the person's."""
    if hit.of_register:
        return reverse("people:person", args=[hit.found.dossier, hit.found.person])
    return link(hit.found.dossier)
