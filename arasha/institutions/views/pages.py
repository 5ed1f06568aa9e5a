"""The list of institutions with how each stands, one of them, and those of a file's place."""

import csv
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.cases.queries import link
from arasha.coordination.queries import file_head
from arasha.coordination.rules import neutral
from arasha.institutions import actions, policy, queries, rules
from arasha.institutions.forms import ContactForm
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import allows, may, signed_in
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import children_of
from arasha.kernel.territory.rules import CodeInvalid, lies_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Filter, Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE, MOST, SHOWN = 50, 20_000, 10


@may(policy.SEE)
@require_safe
def institutions(request: StaffRequest) -> HttpResponse:
    """List the institutions of the reader's territory; those that have nobody stand first."""
    place, standings = _asked(request)
    found = queries.institutions(request.actor, request.now, place=place, standings=standings)
    begin = skipped(request.GET.get("after", ""))
    rows = list(found[begin : begin + PAGE + 1])
    counts = queries.counted(request.actor, request.now, place)
    context = {
        "page_title": _title(counts),
        "page_meta": Territory.objects.get(pk=place).name(get_language() or "kk"),
        "counts": [(rules.STANDINGS.label(code), n, rules.STANDINGS[code].more["tone"]) for code, n in counts.items()],
        "filters": _filters(request, place, standings),
        "rows": [_line(row) for row in rows[:PAGE]],
        "previous": f"?after={max(begin - PAGE, 0)}" if begin else "",
        "following": f"?after={begin + PAGE}" if len(rows) > PAGE else "",
        "table": "?" + urlencode([("in", place), *(("standing", code) for code in sorted(standings))]),
        "nothing": Empty(_("No institution is found here"), _("Choose less, or show all.")),
    }
    return render(request, "institutions/list.html", context)


@may(policy.SEE)
@require_safe
def export(request: StaffRequest) -> HttpResponse:
    """Give the list as a table."""
    place, standings = _asked(request)
    found = queries.institutions(request.actor, request.now, place=place, standings=standings)[:MOST]
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="institutions-{local(request.now):%Y-%m-%d}.csv"'
    table = csv.writer(answer)
    table.writerow(
        [_("Institution"), _("Territory"), _("How it stands"), _("Police unit"), _("Safety team"), _("Said on")]
    )
    for row in found:
        line = _line(row)
        cells = [line["name"], line["place"], line["state"], line["police"], line["team"]]
        said = local(line["at"]).date().isoformat() if line["at"] else ""
        table.writerow([*(neutral(cell) for cell in cells), said])
    return answer


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: StaffRequest, institution: int) -> HttpResponse:
    """Show an institution, and let its own people or coordination say who answers for it, or confirm that."""
    unit = queries.institution(request.actor, institution, request.now)
    if unit is None:
        raise Http404
    sees_list = allows(request.actor, policy.SEE)
    may_keep, newest = policy.may_keep(request.actor, unit), queries.newest(request.actor, unit.pk)
    if request.method == "POST" and not may_keep:
        raise Http404
    form = None
    if may_keep:
        initial = {"police": newest.police_id or "", "team": newest.team} if newest else {}
        sent = request.POST if request.method == "POST" else None
        form = ContactForm(sent, police=queries.answering(unit, request.now), initial=initial)
    if request.method == "POST" and form is not None and form.is_valid() and _kept(request, unit, form):
        return redirect("institutions:one", institution=unit.pk)
    at = newest.at if newest else None
    code = rules.standing(newest.police_id if newest else None, newest.team if newest else [], at, request.now)
    context = {
        "page_title": unit.name,
        "before": [Link(_("Schools and who answers"), reverse("institutions:list"))] if sees_list else [],
        "page_meta": unit.territory.name(get_language() or "kk"),
        "state": rules.STANDINGS.label(code),
        "tone": rules.STANDINGS[code].more["tone"],
        "newest": _said(newest) if newest else None,
        "history": [_said(row) for row in queries.history(request.actor, unit.pk)[1 : SHOWN + 1]],
        "form": form,
    }
    return render(request, "institutions/one.html", context, status=422 if form and form.errors else 200)


@signed_in
@require_safe
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the schools of a file's place, each with the police unit that answers for it and its team."""
    page = file_head(request.actor, dossier)
    if page is None:
        raise Http404
    request.look(dossier)
    rows = [_line(row) for row in queries.near(request.actor, dossier, request.now)]
    context = {
        "page_title": _("Schools near the child, and who answers for them"),
        "before": [Link(_("The file"), link(dossier))],
        "rows": rows,
        "nothing": Empty(_("No school of this place is known"), _("Administration enters schools with their units.")),
    }
    return render(request, "institutions/of_file.html", context)


def _kept(request: StaffRequest, unit: Unit, form: ContactForm) -> bool:
    try:
        actions.keep_contact(
            actor=request.actor, institution=unit.pk, said=form.said, now=request.now, ticket=form.ticket
        )
    except rules.Faulty as fault:
        form.show_fault(fault)
        return False
    except (policy.NotAllowed, actions.NotThere):
        raise Http404 from None
    messages.success(request, _("Recorded."))
    return True


def _asked(request: StaffRequest) -> tuple[str, frozenset[str]]:
    """Return which territory is asked for, the reader's own or one in it, and how its institutions are to stand."""
    place = request.GET.get("in", "") or request.actor.territory
    try:
        inside = lies_in(place, request.actor.territory)
    except CodeInvalid:
        raise Http404 from None
    if not inside or not Territory.objects.filter(pk=place).exists():
        raise Http404
    return place, frozenset(code for code in request.GET.getlist("standing") if code in rules.STANDINGS)


def _filters(request: StaffRequest, place: str, standings: frozenset[str]) -> list[Filter]:
    language = get_language() or "kk"
    there = children_of(request.actor.territory)
    places = [(one.pk, one.name(language)) for one in there if one.level <= 2]
    states = Filter("standing", _("How it stands"), rules.STANDINGS.choices(), standings)
    if not places:
        return [states]
    return [states, Filter("in", _("Territory"), places, frozenset({place}))]


def _line(row: Any) -> dict[str, Any]:
    code = queries.ORDER[row.stands]
    return {
        "name": row.name,
        "url": queries.link(row.pk),
        "place": row.territory.name(get_language() or "kk"),
        "state": rules.STANDINGS.label(code),
        "tone": rules.STANDINGS[code].more["tone"],
        "police": row.police_name or "",
        "phone": row.police_phone or "",
        "team": ", ".join(rules.TEAM.label(code) for code in row.team or [] if code in rules.TEAM),
        "at": row.said_at,
    }


def _said(row: Any) -> dict[str, Any]:
    return {
        "police": row.police.name if row.police else "",
        "phone": (row.police.phone or "") if row.police else "",
        "team": [rules.TEAM.label(code) for code in row.team if code in rules.TEAM],
        "at": row.at,
        "by": row.unit.name,
    }


def _title(counts: dict[str, int]) -> str:
    n = counts["none"]
    if not n:
        return _("Every institution has a contact unit")
    return ngettext("%(n)s institution has no contact unit", "%(n)s institutions have no contact unit", n) % {"n": n}
