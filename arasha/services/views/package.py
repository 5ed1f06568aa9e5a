"""The minimum package: its services, and where in a region each is offered now."""

import csv
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import districts
from arasha.kernel.territory.rules import NATION, region_code
from arasha.kernel.worktime.rules import local
from arasha.services import queries, rules
from arasha.services.policy import KEEP
from arasha.services.queries import Coverage
from arasha.services.rules import Service, is_protected
from arasha.services.views import words
from arasha.services.views.listing import tabs


@may(KEEP)
@require_safe
def package(request: StaffRequest) -> HttpResponse:
    """Show the package of the day and where it is offered in a region; with `as=csv` as a table."""
    regions = {region_code(below[0][0]) or "": (name, below) for name, below in _regions(request)}
    own = region_code(request.actor.territory) if request.actor.territory != NATION else None
    wanted = request.GET.get("region", "")
    region = wanted if wanted in regions else own or next(iter(regions))
    name, below = regions[region]
    day = local(request.now).date()
    services = list(rules.package(day).values())
    found = queries.coverage(region, day)
    table = [_row(one, found, region, below) for one in services]
    if request.GET.get("as") == "csv":
        return _csv(table, name, below)
    context = {
        "page_title": _("Minimum package of services"),
        "page_meta": name,
        "tabs": tabs("package"),
        "region": region,
        "region_name": name,
        "regions": [(code, called) for code, (called, _below) in regions.items()],
        "districts": below,
        "rows": table,
        "norms": [row for row in table if row["norm"]],
        "day": day,
        "csv": f"{reverse('services:package')}?region={region}&as=csv",
    }
    return render(request, "services/package.html", context)


def _regions(request: StaffRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    return districts(request.actor.territory, words.language())


def _row(one: Service, found: Coverage, region: str, below: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a service with its places. What only protected kinds give is told by the region alone."""
    language = words.language()
    hidden = all(is_protected(kind) for kind in one.kinds)
    counts = [(name, found.count(code, one), found.is_met(code, one)) for code, name in below]
    total = found.count(region, one)
    return {
        "name": one.label(language),
        "level": rules.LEVELS.label(one.level),
        "kinds": ", ".join(rules.KINDS.label(kind) for kind in one.kinds),
        "norm": _norm(one),
        "cost": _cost(one),
        "source": one.source,
        "verified": bool(one.verified_by),
        "hidden": hidden,
        "places": counts,
        "missing": [name for name, _count, met in counts if met is False],
        "total": total,
        "has": total > 0 or one.code in found.hidden,
        "met": found.is_met(region, one) if one.norm_per == "region" else _all(counts),
    }


def _all(counts: list[tuple[str, int, bool | None]]) -> bool | None:
    said = [met for _name, _count, met in counts if met is not None]
    return all(said) if said else None


def _norm(one: Service) -> str:
    if one.norm is None:
        return ""
    if one.norm_per == "district":
        return _("%(count)s per district") % {"count": one.norm}
    return _("%(count)s per region") % {"count": one.norm}


def _cost(one: Service) -> str:
    if one.unit_cost is None:
        return _("not known")
    return f"{one.unit_cost} ₸ · {one.unit_cost_per} ({one.cost_source})"


def _csv(table: list[dict[str, Any]], region: str, below: list[tuple[str, str]]) -> HttpResponse:
    out = StringIO()
    writer = csv.writer(out, delimiter=";")
    heads = [_("Service"), _("Level"), _("Who gives it"), _("Norm"), _("Norm met"), _("Cost"), _("Source"), region]
    writer.writerow([*heads, *(name for _code, name in below)])
    for row in table:
        met = {True: _("yes"), False: _("no"), None: ""}[row["met"]]
        cells = ["" if row["hidden"] else count for _name, count, _met in row["places"]]
        offered = (_("yes") if row["has"] else _("no")) if row["hidden"] else row["total"]
        writer.writerow(
            [row["name"], row["level"], row["kinds"], row["norm"], met, row["cost"], row["source"], offered, *cells]
        )
    headers = {"Content-Disposition": 'attachment; filename="arasha-minimum-package.csv"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
