"""Forms of the directory: a provider, a site, an offering; entered and changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.services import actions, policy, queries
from arasha.services.forms import (
    EntryForm,
    OfferingForm,
    Places,
    ProviderChangeForm,
    ProviderForm,
    SiteForm,
    site_initial,
)
from arasha.services.models import Offering, Site
from arasha.services.policy import KEEP, NotAllowed
from arasha.services.rules import EntryFaulty, Service, is_protected, package, service
from arasha.services.views import words
from arasha.services.views.pages import keeps_a_region, kept_alone, kept_provider

GET_POST = ["GET", "HEAD", "POST"]


@may(KEEP)
@require_http_methods(GET_POST)
@kept_alone
def add_provider(request: StaffRequest) -> HttpResponse:
    """Enter a provider, then its first site."""
    form = ProviderForm(request.POST if request.method == "POST" else None, places=_places(request))
    if form.is_valid():
        said = form.said()
        try:
            if is_protected(said.kind) and not _places(request).is_regional:
                raise NotAllowed
            entered = actions.add_provider(actor=request.actor, said=said, now=request.now, provider_id=form.ticket)
            return redirect("services:add_site", provider=entered)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
        except NotAllowed:
            form.add_error("territory", _("You don’t keep the directory there. Choose a place of your own territory."))
    return page(request, form, _("Enter a provider"), back=reverse("services:keep"))


@may(KEEP)
@require_http_methods(GET_POST)
@kept_alone
def change_provider(request: StaffRequest, provider: UUID) -> HttpResponse:
    """Change what a provider is, or end it on a day."""
    row = kept_provider(request, provider)
    policy.require_keeping(request.actor, row.body.territory_id)
    said, names = queries.provider_said(row), ("kind", "ownership", "funded_until", "source", "ended_on")
    initial = {name: getattr(said, name) for name in names} | {"seen": queries.revision(row)}
    form = ProviderChangeForm(request.POST or None, protected=row.protected, initial=initial)
    differences: list[dict[str, str]] = []
    if form.is_valid():
        typed = form.said(said)
        try:
            actions.change_provider(
                actor=request.actor, provider_id=provider, said=typed, now=request.now, seen=form.cleaned_data["seen"]
            )
            return _done(request, provider)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
        except actions.ChangedMeanwhile:
            form.see(queries.revision(row))
            differences = words.differences(said, typed)
    back = reverse("services:provider", args=[provider])
    return page(request, form, _("Change the provider"), back=back, meta=row.body.name, differences=differences)


@may(KEEP)
@require_http_methods(GET_POST)
@kept_alone
def add_site(request: StaffRequest, provider: UUID) -> HttpResponse:
    """Enter a site of a provider; of a protected one a telephone, hours and the region."""
    row = kept_provider(request, provider)
    hidden = row.protected or ("hidden" in request.GET and keeps_a_region(request))
    form = SiteForm(
        request.POST if request.method == "POST" else None,
        places=_places(request),
        protected=hidden,
        new=True,
        initial={"district": _places(request).district_of(row.body.territory_id)},
    )
    if _wants_places(request, form):
        return page(request, form, _("Enter a site"), back="", meta=row.body.name, hidden=hidden)
    if form.is_valid():
        try:
            site = actions.add_site(
                actor=request.actor, provider_id=provider, said=form.said(), now=request.now, site_id=form.ticket
            )
            return redirect("services:add_offering", site=site)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
    back = reverse("services:provider", args=[provider])
    return page(request, form, _("Enter a site"), back=back, meta=row.body.name, hidden=hidden)


@may(KEEP)
@require_http_methods(GET_POST)
@kept_alone
def change_site(request: StaffRequest, site: UUID) -> HttpResponse:
    """Change what is known of a site, or close it on a day."""
    row = _site(request, site)
    said, places = queries.site_said(row), _places(request)
    form = SiteForm(
        request.POST if request.method == "POST" else None,
        places=places,
        protected=row.protected,
        new=False,
        initial=site_initial(said, places) | {"seen": queries.revision(row)},
    )
    context: dict[str, Any] = {"meta": row.provider.body.name, "hidden": row.protected}
    back = reverse("services:provider", args=[row.provider_id])
    if not _wants_places(request, form) and form.is_valid():
        typed = form.said()
        try:
            seen = form.cleaned_data["seen"]
            actions.change_site(actor=request.actor, site_id=site, said=typed, now=request.now, seen=seen)
            return _done(request, row.provider_id)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
        except actions.ChangedMeanwhile:
            form.see(queries.revision(row))
            context["differences"] = words.differences(said, typed)
    return page(request, form, _("Change the site"), back=back, **context)


@may(KEEP)
@require_http_methods(GET_POST)
@kept_alone
def add_offering(request: StaffRequest, site: UUID) -> HttpResponse:
    """Enter what a site offers."""
    row = _site(request, site)
    form = _offering_form(request, row, None)
    if form.is_valid():
        try:
            said, ticket = form.said(), form.ticket
            actions.add_offering(actor=request.actor, site_id=site, said=said, now=request.now, offering_id=ticket)
            return _done(request, row.provider_id)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
    back = reverse("services:provider", args=[row.provider_id])
    return page(request, form, _("Enter what is offered"), back=back, meta=row.provider.body.name)


@may(KEEP)
@require_http_methods(GET_POST)
@kept_alone
def change_offering(request: StaffRequest, offering: UUID) -> HttpResponse:
    """Change what is offered; pause it, close it, or let it end on a day."""
    row = queries.offering(request.actor, offering)
    site = _site(request, row.site_id)
    form = _offering_form(request, site, row)
    said, differences = queries.offering_said(row), []
    if form.is_valid():
        typed = form.said(said)
        try:
            seen = form.cleaned_data["seen"]
            actions.change_offering(actor=request.actor, offering_id=offering, said=typed, now=request.now, seen=seen)
            return _done(request, site.provider_id)
        except EntryFaulty as faulty:
            form.show_faults(faulty)
        except actions.ChangedMeanwhile:
            form.see(queries.revision(row))
            differences = words.differences(said, typed)
    back = reverse("services:provider", args=[site.provider_id])
    meta = site.provider.body.name
    return page(request, form, _("Change what is offered"), back=back, meta=meta, differences=differences)


def page(
    request: StaffRequest,
    form: EntryForm,
    title: str,
    *,
    back: str,
    meta: str = "",
    hidden: bool = False,
    differences: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """Show a form of the directory; `differences`: what somebody else wrote meanwhile beside what was typed."""
    context = {
        "page_title": title,
        "page_meta": meta,
        "form": form,
        "back": back or reverse("services:keep"),
        "hidden": hidden,
        "places": "settlement" in form.fields,
        "differences": differences or [],
    }
    wrong = form.is_bound and (form.errors or differences)
    return render(request, "services/entry.html", context, status=422 if wrong else 200)


def services_for(request: StaffRequest, row: Offering | None) -> dict[str, Service]:
    """Return what may be chosen: the package of the day, and the service that stands there."""
    day = local(request.now).date()
    found = dict(package(day))
    if row is not None and row.service not in found:
        found[row.service] = service(row.service, day)
    return found


def _offering_form(request: StaffRequest, site: Site, row: Offering | None) -> OfferingForm:
    initial: dict[str, Any] = {}
    if row is not None:
        said = queries.offering_said(row)
        initial = {name: getattr(said, name) for name in said.__dataclass_fields__} | {"seen": queries.revision(row)}
    return OfferingForm(
        request.POST if request.method == "POST" else None,
        services=services_for(request, row),
        places=_places(request),
        at=site.territory_id,
        protected=site.protected,
        initial=initial,
    )


def _wants_places(request: StaffRequest, form: EntryForm) -> bool:
    """Say whether a form only asks for another district's towns and villages; then nothing is wrong with it yet."""
    wanted = request.method == "POST" and request.POST.get("step") == "places"
    if wanted:
        form.initial = {**form.initial, **{name: request.POST.get(name, "") for name in form.fields}}
        form.is_bound = False
    return wanted


def _site(request: StaffRequest, site: UUID) -> Site:
    row = queries.site(request.actor, site)
    policy.require_keeping(request.actor, row.territory_id)
    return row


def _places(request: StaffRequest) -> Places:
    return Places(request.actor.territory, words.language())


def _done(request: StaffRequest, provider: UUID) -> HttpResponse:
    messages.success(request, _("Recorded."))
    return redirect("services:provider", provider=provider)
