"""The door of those who report as part of their work: one form, and what happens then."""

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import district_of, territory
from arasha.signals import actions, policy, queries, rules
from arasha.signals.forms import Choices, ReportForm
from arasha.ui.fields import Option

FEW = 5
TITLES = {
    "police": lambda: _("Report that a child may be suffering violence: no statement is needed"),
    "health": lambda: _("Report that a child may be suffering violence"),
    "school": lambda: _("Report that a pupil may be suffering violence"),
}

# What the part "obliged" opens of a file to a unit of each kind (access/data): held by a test.
LEARNS = {
    "police": lambda: _(
        "This unit is told as well: %(unit)s. People who act there now: %(n)s. It learns that somebody of your"
        " organisation reported, what the child is called and how old the child is, what worries, where the child is,"
        " who must not know, and what it owes by when. It gets neither your words nor your name."
    ),
    "health": lambda: _(
        "This unit is told as well: %(unit)s. People who act there now: %(n)s. It learns that somebody of your"
        " organisation reported, what the child is called and how old the child is, what worries, where the child is,"
        " who must not know, the injuries, and what it owes by when. It gets neither your words nor your name."
    ),
    "school": lambda: _(
        "This unit is told as well: %(unit)s. People who act there now: %(n)s. It learns that somebody of your"
        " organisation reported, what the child is called, and what it owes by when. It gets neither what worries"
        " you, nor your words, nor your name."
    ),
}


@may("report_signal")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: StaffRequest) -> HttpResponse:
    """Show and take a report. Nothing is kept until it is sent; whatever goes wrong, what was typed stays."""
    if not policy.may_report(request.actor):
        raise Http404
    place = _place(request)
    asking = request.POST.get("show", "")[:20]
    data = request.POST if request.method == "POST" else None
    form = ReportForm(_shown(data, place, asking), choices=_choices(request, place), now=request.now, asking=asking)
    if data is None or asking:
        return _page(request, form, place)
    if form.is_valid():
        try:
            return _received(request, _keep(request, form))
        except actions.AlreadyTold:
            context = {"page_title": _("Your report has been received"), "before": True}
            return render(request, "signals/received.html", context, status=409)
        except actions.NobodyCoordinates:
            form.add_error(None, _("Nobody coordinates in this district. Call 102 or 111 now; nothing was sent."))
    return _page(request, form, place, status=422)


def _keep(request: StaffRequest, form: ReportForm) -> actions.Reported:
    return actions.report_with_receipt(
        actor=request.actor,
        report=form.report(rules.door_for(request.actor.functions)),
        phrase=form.cleaned_data["phrase"],
        ticket=form.cleaned_data["once"],
        now=request.now,
    )


def _received(request: StaffRequest, done: actions.Reported) -> HttpResponse:
    """Say what happens now, and show the receipt: once, on a page without an address, with nothing of the report."""
    context = {
        "page_title": _("Your report has been received"),
        "given": done.given,
        "direct": done.signal.way == "direct",
        "address": f"{settings.ADDRESS}{reverse('receipt:receipt')}",
    }
    return render(request, "signals/received.html", context, status=201)


def _place(request: StaffRequest) -> str:
    """Return the district that was chosen, by the form or in the address, else the reporter's own."""
    wish = request.POST.get("place") or request.GET.get("place", "")
    known = territory(wish) if wish.isascii() and wish.isdigit() and len(wish) < 10 else None
    district = district_of(known.kato if known else request.actor.territory)
    return district.kato if district else request.actor.territory


def _shown(data: QueryDict | None, place: str, asking: str) -> QueryDict | None:
    """Return what was sent, with the district that the page now shows where it is only shown again."""
    if data is None or not asking:
        return data
    changed = data.copy()
    changed["place"] = changed["shown_place"] = place
    return changed


def _choices(request: StaffRequest, place: str) -> Choices:
    language = get_language() or "kk"
    return Choices(
        place=place,
        districts=queries.districts(place, language),
        schools=[(unit.pk, unit.name) for unit in queries.places("education_school", place, request.now)],
        clinics=[(unit.pk, unit.name) for unit in queries.places("health_care", place, request.now)],
        bodies=[(body.pk, body.name) for body in queries.bodies_of(place, request.now)],
        institutions=[(body.pk, body.name) for body in queries.institutions_of(place, request.now)],
        told=[(one.user, Option(one.name, one.seat)) for one in queries.would_be_told(place, request.now)],
        ways=_ways(request),
        police=[(unit.pk, unit.name) for unit in queries.police_units(place, request.now)],
    )


def _ways(request: StaffRequest) -> list[tuple[str, Option]]:
    """Return the ways with what colleagues learn on each: no more and no less than the file opens to them."""
    direct = _("The coordinator of the child’s district reads it first. Nobody in your organisation is told anything.")
    head = queries.head_of(request.actor, request.now)
    ways = [("direct", Option(rules.WAYS.label("direct"), direct))]
    if head is not None:
        told = LEARNS[rules.door_for(request.actor.functions)]() % {
            "unit": head.name,
            "n": queries.readers_in(head, request.now),
        }
        ways.append(("through_head", Option(rules.WAYS.label("through_head"), told)))
    return ways


def _page(request: StaffRequest, form: ReportForm, place: str, *, status: int = 200) -> HttpResponse:
    own = queries.colleagues_in(request.actor.body_id, request.now)
    context = {
        "page_title": TITLES[rules.door_for(request.actor.functions)](),
        "form": form,
        "place": territory(place),
        "few": own if own <= FEW else 0,
    }
    return render(request, "signals/report.html", context, status=status)
