"""A provider with its sites and what each offers, and what was done to the entry."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import NotThere
from arasha.kernel.worktime.rules import local
from arasha.services import actions, policy, queries, rules
from arasha.services.models import Offering, Proposal, Provider, Site
from arasha.services.policy import KEEP, NotAllowed
from arasha.services.rules.proposals import LINK_LASTS
from arasha.services.views import words
from arasha.services.views.listing import tabs

View = Callable[..., HttpResponse]


def kept_alone(view: View) -> View:
    """Answer 404 for what the actor does not keep, as for what is not there."""

    @wraps(view)
    def asking(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotThere, NotAllowed):
            raise Http404 from None

    return asking


@may(KEEP)
@require_safe
@kept_alone
def provider(request: StaffRequest, provider: UUID) -> HttpResponse:
    """Show a provider as its keeper has it: sites, offerings, proposals, history."""
    return show_provider(request, kept_provider(request, provider))


def kept_provider(request: StaffRequest, provider: UUID) -> Provider:
    """Return a provider of which the actor keeps the body's place or a site. Raises NotThere."""
    found = queries.provider(request.actor, provider)
    if not policy.may_keep(request.actor, found.body.territory_id) and not any(
        policy.may_keep(request.actor, place) for place in found.sites.values_list("territory_id", flat=True).distinct()
    ):
        raise NotThere
    return found


def show_provider(request: StaffRequest, found: Provider, **more: Any) -> HttpResponse:
    """Render the page of a provider."""
    sites = list(found.sites.order_by("closed_on", "territory_id", "pk").prefetch_related("offerings"))
    kept = {place: policy.may_keep(request.actor, place) for place in {site.territory_id for site in sites}}
    keeps = policy.may_keep(request.actor, found.body.territory_id)
    waiting = queries.proposals_of([site.pk for site in sites if kept[site.territory_id]])
    standings = queries.standings_of(found.pk, request.now)
    context = {
        "page_title": found.body.name,
        "page_meta": " · ".join([rules.KINDS.label(found.kind), words.place(found.body.territory_id)]),
        "tabs": tabs(""),
        "provider": found,
        "facts": _facts(found),
        "keeps": keeps,
        "sites": [_site(site, kept[site.territory_id], standings, waiting) for site in sites],
        "may_add_site": not found.protected or keeps,
        "may_hide": not found.protected and keeps and keeps_a_region(request),
        "acts": _acts(found.pk),
    }
    return render(request, "services/provider.html", context | more)


def keeps_a_region(request: StaffRequest) -> bool:
    """Say whether the actor keeps a whole region, as what is protected asks for."""
    return request.actor.territory[2:] == "0000000"


def _facts(found: Provider) -> list[tuple[str, str]]:
    names = ("ownership", "funded_until", "source", "ended_on")
    return [(words.label(name), words.value(name, getattr(found, name))) for name in names if getattr(found, name)]


def _site(
    site: Site, kept: bool, standings: dict[UUID, tuple[str, bool]], proposals: list[tuple[Proposal, bool]]
) -> dict[str, Any]:
    said = queries.site_said(site)
    names = ("phone", "address_kk", "address_ru", "mail", "web", "step_free", "closed_on")
    hours = _("Open day and night") if site.around_the_clock else words.value("hours", site.hours)
    return {
        "site": site,
        "kept": kept,
        "called": getattr(site, f"name_{words.language()}") or words.place(site.territory_id),
        "place": words.place(site.territory_id),
        "facts": [
            *(
                (words.label(name), words.value(name, getattr(said, name)))
                for name in names
                if getattr(said, name) not in {None, "", "unknown"}
            ),
            (words.label("hours"), hours),
        ],
        "offerings": [_offering(row, *standings[row.pk]) for row in sorted(site.offerings.all(), key=_by_status)],
        "proposals": [(one, waits) for one, waits in proposals if one.site_id == site.pk],
    }


def _by_status(row: Offering) -> tuple[bool, str, str]:
    return row.status == "closed", row.service, str(row.pk)


def _offering(row: Offering, standing: str, stale: bool) -> dict[str, Any]:
    names = (
        "sexes",
        "with_parent",
        "son_to",
        "siblings",
        "languages",
        "needs",
        "conditions",
        "served",
        "cost",
        "price",
    )
    ages = _("%(from)s to %(to)s years") % {"from": row.age_from, "to": row.age_to}
    against = rules.findings(
        conditions=row.conditions,
        sexes=row.sexes,
        siblings=row.siblings,
        with_parent=row.with_parent,
        son_to=row.son_to,
    )
    return {
        "row": row,
        "service": words.service(row.service),
        "standing": rules.STANDINGS.label(standing),
        "tone": {"open": "open", "paused": "unsure", "planned": "waiting"}.get(standing, "neutral"),
        "stale": stale and standing not in {"closed", "ended"},
        "ages": ages,
        "facts": [
            (words.label(name), words.value(name, getattr(row, name)))
            for name in names
            if getattr(row, name) not in (None, "", [], "unknown")
        ],
        "findings": [rules.FINDINGS.label(code) for code in against],
    }


def _acts(provider: UUID) -> list[dict[str, Any]]:
    found = queries.acts_of_provider(provider)
    people = names_of({act.person for act in found if act.person})
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in={act.unit for act in found if act.unit})}
    return [
        {
            "at": act.at,
            "words": rules.ACTS.label(act.verb),
            "by": " · ".join(
                part
                for part in (
                    people.get(act.person or 0, ""),
                    units[act.unit].name if act.unit in units else "",
                )
                if part
            ),
        }
        for act in found
    ]


@may(KEEP)
@require_POST
@kept_alone
def confirm(request: StaffRequest, offering: UUID) -> HttpResponse:
    """Say that somebody asked there today and that all of the entry is so."""
    row = queries.offering(request.actor, offering)
    actions.confirm_offering(actor=request.actor, offering_id=offering, now=request.now)
    messages.success(request, _("Recorded. Families see that this was asked there today; it is fresh for six months."))
    return redirect("services:provider", provider=row.site.provider_id)


@may(KEEP)
@require_POST
@kept_alone
@sensitive_variables()
def link(request: StaffRequest, site: UUID) -> HttpResponse:
    """Make a link over which the site's people say whether its entry is so, and show it once."""
    row = queries.site(request.actor, site)
    token = actions.make_link(actor=request.actor, site_id=site, now=request.now)
    context = {
        "page_title": _("A link to have the entry checked"),
        "page_meta": row.provider.body.name,
        "address": f"{settings.PUBLIC_ADDRESS}/p/{token}/",
        "until": local(request.now + LINK_LASTS).date(),
        "mail": row.mail,
        "back": reverse("services:provider", args=[row.provider_id]),
    }
    response = render(request, "services/link.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
