"""The directory's entry of one's own workplace: looked at, and changes proposed to who keeps it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from arasha.kernel.access import policy
from arasha.kernel.access.door import StaffRequest
from arasha.services import actions, queries
from arasha.services.forms import EntryForm, OfferingProposalForm, Places, SiteForm, site_initial
from arasha.services.models import Offering, Site
from arasha.services.policy import visible_sites
from arasha.services.rules import EntryFaulty
from arasha.services.rules.proposals import PROTECTED_SITE, SITE
from arasha.services.views import words
from arasha.services.views.editing import GET_POST, services_for
from arasha.services.views.pages import kept_alone


@policy.signed_in
@require_safe
@kept_alone
def sites(request: StaffRequest) -> HttpResponse:
    """List the sites of the actor's own body."""
    found = visible_sites(request.actor).filter(provider__body=request.actor.body_id).prefetch_related("offerings")
    if request.actor.body_id is None or not found:
        raise Http404
    rows = [
        {
            "site": one,
            "called": getattr(one, f"name_{words.language()}") or words.place(one.territory_id),
            "phone": words.value("phone", one.phone),
            "offerings": [(row, words.service(row.service)) for row in one.offerings.all()],
        }
        for one in found.order_by("territory_id", "pk")
    ]
    return render(request, "services/own.html", {"page_title": _("Our entry in the directory"), "rows": rows})


@policy.signed_in
@require_http_methods(GET_POST)
@kept_alone
def site(request: StaffRequest, site: UUID) -> HttpResponse:
    """Propose what changes of one's own site."""
    row = _own(request, queries.site(request.actor, site))
    said, places = queries.site_said(row), Places(row.territory_id, words.language())
    data = request.POST if request.method == "POST" else None
    form = SiteForm(data, places=places, protected=row.protected, new=True, initial=site_initial(said, places))
    days = {name for name in form.fields if name.startswith("day_")}
    for name in set(form.fields) - {*(PROTECTED_SITE if row.protected else SITE), *days, "once"}:
        del form.fields[name]
    if form.is_valid():
        values = {name: getattr(said, name) for name in said.__dataclass_fields__}
        typed = type(said)(**values | {name: form.cleaned_data[name] for name in form.cleaned_data if name in SITE})
        try:
            actions.propose_site(actor=request.actor, site_id=site, said=typed, now=request.now, proposal=form.ticket)
            return _sent(request)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
        except actions.NothingProposed:
            form.add_error(None, _("This is as it stands already."))
    return _page(request, form, row)


@policy.signed_in
@require_http_methods(GET_POST)
@kept_alone
def offering(request: StaffRequest, offering: UUID) -> HttpResponse:
    """Propose what changes of what one's own site offers."""
    row = queries.offering(request.actor, offering)
    _own(request, row.site)
    said = queries.offering_said(row)
    form = _offering_form(request, row)
    if form.is_valid():
        try:
            actions.propose_offering(
                actor=request.actor,
                offering_id=offering,
                said=form.proposed(said),
                now=request.now,
                proposal=form.ticket,
            )
            return _sent(request)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
        except actions.NothingProposed:
            form.add_error(None, _("This is as it stands already."))
    return _page(request, form, row.site)


def _offering_form(request: StaffRequest, row: Offering) -> OfferingProposalForm:
    said = queries.offering_said(row)
    return OfferingProposalForm(
        request.POST if request.method == "POST" else None,
        services=services_for(request, row),
        places=Places(row.site.territory_id, words.language()),
        at=row.site.territory_id,
        protected=row.protected,
        initial={name: getattr(said, name) for name in said.__dataclass_fields__},
    )


def _own(request: StaffRequest, row: Site) -> Site:
    if request.actor.body_id is None or row.provider.body_id != request.actor.body_id:
        raise Http404
    return row


def _page(request: StaffRequest, form: EntryForm, row: Site) -> HttpResponse:
    context: dict[str, Any] = {
        "page_title": _("Propose a change"),
        "page_meta": row.provider.body.name,
        "form": form,
        "back": reverse("services:own"),
        "proposes": True,
        "differences": [],
    }
    return render(request, "services/entry.html", context, status=422 if form.errors else 200)


def _sent(request: StaffRequest) -> HttpResponse:
    messages.success(request, _("Sent. Who keeps the directory looks at it; until then the entry stays as it is."))
    return redirect("services:own")
