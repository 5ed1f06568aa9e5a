"""What happened: the incidents of a file in time, each with its versions; written down, known better, struck."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.cases import actions, queries, rules
from arasha.cases.forms import IncidentForm, LinkForm, StrikeForm, start
from arasha.cases.views import happening, presenting, stating
from arasha.cases.views.frame import GET_POST, opened
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import answers_for, may_read, may_write
from arasha.kernel.access.rules import Facet
from arasha.ui.rules.page import Filter
from arasha.ui.rules.parts import Empty

PAGE = 50


@signed_in
@require_safe
def happened(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the incidents of a file, those that began first first, narrowed by form, setting and year."""
    opened(request, dossier)
    if not may_read(dossier, Facet.CONCERN):
        return redirect("cases:hearing", dossier=dossier)
    found = queries.incidents_of(dossier)
    kept = [one for one in found if _fits(one, request)]
    page = _page(request, len(kept))
    context = _frame(dossier, happening.counted_title(sum(one.row.struck_at is None for one in found)), "happened") | {
        "filters": _filters(found, request),
        "rows": [happening.shown(one, dossier, request.now) for one in kept[page * PAGE : (page + 1) * PAGE]],
        "heard": happening.heard_lines(dossier)[:5],
        "may_write": may_write(dossier, Facet.CONCERN),
        "may_take": answers_for(dossier),
        "nothing": _nothing(bool(found)),
        "previous": _address(request, page - 1) if page else "",
        "following": _address(request, page + 1) if (page + 1) * PAGE < len(kept) else "",
        "unchecked": True,
    }
    return render(request, "cases/happened.html", context)


def _frame(dossier: UUID, title: str, here: str) -> dict[str, Any]:
    return {
        "page_title": title,
        "page_meta": presenting.child_of(dossier),
        "tabs": presenting.tabs_named(dossier, "happened"),
        "parts": happening.parts_of(dossier, here),
        "dossier": dossier,
    }


def _nothing(any_at_all: bool) -> Empty:
    if any_at_all:
        return Empty(_("No incident fits what you asked for"), _("Choose less on the left, or show all."))
    return Empty(
        _("No incident is written down yet"),
        _("Write down what is already known from reports and papers. The child is not asked for this form."),
    )


def _filters(found: list[queries.Happened], request: StaffRequest) -> list[Filter]:
    forms = {form.parent: form for one in found for form in one.forms}
    headings = {form.code: form.label(presenting.language()) for form in queries.forms_listed() if not form.parent}
    settings = {one.version.setting for one in found}
    years = sorted({one.version.since.year for one in found if one.version.since})
    asked = [
        ("form", _("Form of violence"), [(code, headings.get(code, code)) for code in sorted(forms)]),
        (
            "where",
            _("Where it happens"),
            [(one.code, one.label(presenting.language())) for one in rules.SETTINGS if one.code in settings],
        ),
        ("began", _("Began in"), [(str(year), str(year)) for year in years]),
        ("struck", _("Struck ones"), [("yes", _("show them too"))] if any(one.row.struck_at for one in found) else []),
    ]
    return [
        Filter(code, label, choices, frozenset(request.GET.getlist(code))) for code, label, choices in asked if choices
    ]


def _fits(one: queries.Happened, request: StaffRequest) -> bool:
    if one.row.struck_at and "yes" not in request.GET.getlist("struck"):
        return False
    told = {
        "form": {form.parent for form in one.forms},
        "where": {one.version.setting},
        "began": {str(one.version.since.year)} if one.version.since else set(),
    }
    return all(not (asked := set(request.GET.getlist(code))) or asked & known for code, known in told.items())


def _page(request: StaffRequest, count: int) -> int:
    typed = request.GET.get("page", "")
    return min(int(typed), max(count - 1, 0) // PAGE) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def _address(request: StaffRequest, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"?{asked.urlencode()}"


@signed_in
@require_safe
def incident(request: StaffRequest, dossier: UUID, incident: UUID) -> HttpResponse:
    """Show one incident: what is known now, who says so, who has to do with it, and what was known before."""
    opened(request, dossier)
    return _shown(request, dossier, incident)


def _shown(request: StaffRequest, dossier: UUID, pk: UUID, *, status: int = 200, **forms: Any) -> HttpResponse:
    versions = queries.incident_of(dossier, pk)
    if not versions:
        raise Http404
    now, stands = versions[0], versions[0].row.struck_at is None
    people = happening.people_for(request.actor, dossier) if stands else []
    writes = may_write(dossier, Facet.CONCERN) and stands
    context = _frame(dossier, happening.title(now), "happened") | {
        "one": happening.shown(now, dossier, request.now),
        "codes": happening.codes_of(now),
        "before": [happening.shown(one, dossier, request.now) for one in versions[1:]],
        "people": [happening.linked(one) for one in now.people],
        "groups": stating.groups(queries.statements_of(dossier, incident=pk), request.now),
        "may_write": writes,
        "strike": forms.get("strike") or (StrikeForm() if writes else None),
        "link": forms.get("link") or (LinkForm(people=people) if people else None),
    }
    return render(request, "cases/incident.html", context, status=status)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def new_incident(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Write down what happened."""
    found = opened(request, dossier)
    if not may_write(dossier, Facet.CONCERN):
        raise Http404
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.record_incident(
                actor=request.actor, dossier=dossier, said=form.said(), key=form.cleaned_data["key"], now=request.now
            )
        except actions.FileNotThere:
            raise Http404 from None
        except (rules.NotYet, rules.EndsTooEarly, actions.FormUnknown) as wrong:
            _add(form, wrong)
        else:
            messages.success(request, _("Recorded."))
            return redirect("cases:incident", dossier=dossier, incident=row.pk)
    return _filled(request, dossier, form, _("Write down what happened"))


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def change_incident(request: StaffRequest, dossier: UUID, incident: UUID) -> HttpResponse:
    """Write down what is known better; what was known stays as an earlier version."""
    found = opened(request, dossier)
    versions = queries.incident_of(dossier, incident)
    if not versions or not may_write(dossier, Facet.CONCERN) or versions[0].row.struck_at:
        raise Http404
    form = _form(request, found, versions[0])
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            actions.change_incident(
                actor=request.actor, incident=incident, seen=seen, said=form.said(), now=request.now
            )
        except (actions.FileNotThere, actions.Struck):
            raise Http404 from None
        except actions.ChangedMeanwhile:
            fresh = request.POST.copy()
            fresh["seen"] = str(versions[0].version.number)
            form.data = fresh
            form.add_error(
                None,
                _(
                    "A colleague changed this meanwhile. Nothing of yours is lost:"
                    " compare it with what stands now, below, and save again."
                ),
            )
        except (rules.NotYet, rules.EndsTooEarly, actions.FormUnknown) as wrong:
            _add(form, wrong)
        else:
            messages.success(request, _("Recorded."))
            return redirect("cases:incident", dossier=dossier, incident=incident)
    now = happening.shown(versions[0], dossier, request.now)
    return _filled(request, dossier, form, _("What is known better now"), now=now)


def _form(request: StaffRequest, found: Dossier, known: queries.Happened | None = None) -> IncidentForm:
    places = happening.places_for(found)
    if known and known.version.territory_id and known.version.territory_id not in dict(places):
        places.append((known.version.territory_id, dict(happening.facts(known)).get(_("In which place"), "")))
    return IncidentForm(
        request.POST if request.method == "POST" else None,
        initial=start(known),
        listed=queries.forms_listed(),
        kept=known.forms if known else (),
        places=places,
        language=presenting.language(),
    )


def _add(form: IncidentForm, wrong: Exception) -> None:
    if isinstance(wrong, rules.NotYet):
        today_or_before = _("This lies in days to come.")
        form.add_error("since" if "since" in form.changed_data else "until", today_or_before)
    elif isinstance(wrong, rules.EndsTooEarly):
        form.add_error("until", _("It cannot have ended before it began; what goes on has no end."))
    else:
        form.add_error(NON_FIELD_ERRORS, _("This form of violence is no longer in the list. Choose another."))


def _filled(request: StaffRequest, dossier: UUID, form: IncidentForm, title: str, **more: Any) -> HttpResponse:
    context = _frame(dossier, title, "happened") | {"form": form, **more}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "cases/incident_form.html", context, status=status)


@signed_in
@require_http_methods(["POST"])
def strike_incident(request: StaffRequest, dossier: UUID, incident: UUID) -> HttpResponse:
    """Strike an incident with a reason."""
    opened(request, dossier)
    form = StrikeForm(request.POST)
    if not form.is_valid():
        return _shown(request, dossier, incident, status=422, strike=form)
    if not queries.incident_of(dossier, incident):
        raise Http404
    try:
        reason = form.cleaned_data["reason"]
        actions.strike_incident(actor=request.actor, incident=incident, reason=reason, now=request.now)
    except actions.FileNotThere:
        raise Http404 from None
    except actions.Struck:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("cases:incident", dossier=dossier, incident=incident)


@signed_in
@require_http_methods(["POST"])
def link_incident(request: StaffRequest, dossier: UUID, incident: UUID) -> HttpResponse:
    """Say who of the file has to do with an incident, or take that back."""
    opened(request, dossier)
    if not queries.incident_of(dossier, incident):
        raise Http404
    try:
        if "end" in request.POST:
            actions.end_link(actor=request.actor, link=_uuid(request.POST["end"]), now=request.now)
        else:
            form = LinkForm(request.POST, people=happening.people_for(request.actor, dossier))
            if not form.is_valid():
                return _shown(request, dossier, incident, status=422, link=form)
            _linked(request, incident, *form.cleaned_data["who"].split())
    except (actions.FileNotThere, actions.Struck):
        raise Http404 from None
    return redirect("cases:incident", dossier=dossier, incident=incident)


def _linked(request: StaffRequest, incident: UUID, part: str, key: str) -> None:
    if part == "suspect":
        actions.link_suspect(actor=request.actor, incident=incident, allegation=_uuid(key), now=request.now)
    else:
        actions.link_person(actor=request.actor, incident=incident, person=_uuid(key), part=part, now=request.now)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
