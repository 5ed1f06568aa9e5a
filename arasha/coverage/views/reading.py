"""What everybody on the staff reads: the overview by territory, the lists that make its numbers, one commitment."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.coverage import policy, queries, rules
from arasha.coverage.forms import StepForm
from arasha.coverage.models import Step
from arasha.coverage.queries import Asked, Line, Row
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import allows, signed_in
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import NotThere
from arasha.kernel.territory.queries import ancestors, territory
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.rules import local
from arasha.ui.rules import sheets
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import beside, skipped
from arasha.ui.rules.parts import Empty

TONES = {"running": "open", "late": "late", "opened": "neutral", "dropped": "waiting"}


@signed_in
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """Show need, promised, opened, late and dropped side by side; never one number made of them."""
    asked, today = asked_of(request.GET), _today(request)
    kind, place = asked.kind or "school", territory(asked.area)
    if place is None:
        raise Http404
    rows = queries.overview(request.actor, place, kind, today=today, language=language())
    here = [one for one in rules.PROGRAMMES if one.more["kind"] == kind]
    country = queries.lines(request.actor, Asked(kind=kind), today=today)
    entered, below = queries.programmes(country), place.level < 1
    context = {
        "page_title": _("Infrastructure: need and promises"),
        "page_meta": f"{rules.KINDS.label(kind)} · {place.name(language())}",
        "before": _above(place.kato, kind),
        "tabs": [
            Link(_("Services"), reverse("services:find")),
            Link(_("Infrastructure"), reverse("infrastructure:overview"), current=True),
        ],
        "kinds": rules.KINDS.choices(),
        "kind": kind,
        "area": place.kato,
        "rows": [_territory(one, kind, deeper=below) for one in rows],
        "programmes": [_programme(one, entered[one.code]) for one in here],
        "add": _actions(request),
        "list": f"{reverse('infrastructure:list')}?{urlencode({'area': place.kato, 'kind': kind})}",
        "needs": f"{reverse('infrastructure:needs')}?{urlencode({'area': place.kato, 'kind': kind})}",
        "empty": not any(one.promised or one.needs for one in rows),
    }
    return render(request, "coverage/overview.html", context)


@signed_in
@require_safe
def commitments(request: StaffRequest) -> HttpResponse:
    """List the commitments, the first due first, with the sums of all that fit."""
    asked, offset = asked_of(request.GET), skipped(request.GET.get("after", ""))
    found = queries.lines(request.actor, asked, today=_today(request))
    place = territory(asked.area)
    add = _actions(request)
    context = {
        "page_title": _("Commitments"),
        "page_meta": place.name(language()) if place else "",
        "before": [Link(_("Infrastructure"), reverse("infrastructure:overview"))],
        "rows": [_row(one) for one in found[offset : offset + queries.PAGE]],
        "total": _total(found),
        "asked": asked,
        "kinds": rules.KINDS.choices(),
        "programmes": rules.PROGRAMMES.choices(),
        "shown": rules.SHOWN.choices(),
        "query": request.GET.urlencode(),
        "add": add,
        "nothing": Empty(_("No commitment fits"), _("Choose other filters, or enter what was promised."), add),
    } | beside(request.GET, offset, queries.PAGE, more=len(found) > offset + queries.PAGE)
    return render(request, "coverage/list.html", context)


@signed_in
@require_safe
def export_csv(request: StaffRequest) -> HttpResponse:
    """Give the list as a CSV table."""
    return _export(request, "csv")


@signed_in
@require_safe
def export_xlsx(request: StaffRequest) -> HttpResponse:
    """Give the list as a workbook."""
    return _export(request, "xlsx")


@signed_in
@require_safe
def commitment(request: StaffRequest, commitment: UUID) -> HttpResponse:
    """Show one commitment with its whole run."""
    return show(request, commitment)


def show(request: StaffRequest, commitment: UUID, form: StepForm | None = None) -> HttpResponse:
    """Return the page of a commitment, with the form of a step for who enters there. Raises Http404."""
    try:
        found = queries.line(request.actor, commitment, today=_today(request))
    except NotThere:
        raise Http404 from None
    steps = list(found.row.steps.order_by("on", "entered_at"))
    people = names_of({one.entered_by_id for one in steps})
    keeps = policy.may_keep(request.actor, found.row.territory_id)
    context = {
        "page_title": found.row.what,
        "before": [Link(_("Commitments"), reverse("infrastructure:list"))],
        "line": _row(found),
        "steps": [_step(one, people) for one in steps],
        "form": (form or StepForm(steps=choices(steps))) if keeps else None,
    }
    return render(request, "coverage/commitment.html", context, status=422 if form and form.errors else 200)


def choices(steps: list[Step]) -> list[tuple[str, str]]:
    """Return the steps that can be corrected, to choose from."""
    return [(str(one.pk), f"{rules.STEPS.label(one.kind)}, {one.on:%d.%m.%Y}") for one in steps if not one.corrects_id]


def _export(request: StaffRequest, kind: str) -> HttpResponse:
    found = queries.lines(request.actor, asked_of(request.GET), today=_today(request))
    heads = (
        _("What is promised"),
        _("Kind"),
        _("Programme"),
        _("Territory"),
        _("Promised by"),
        _("In which document"),
        _("To be open by"),
        _("Promised"),
        _("Opened so far"),
        _("Late"),
        _("Dropped"),
        _("How it stands"),
    )
    body = sheets.write([heads, *(_cells(one) for one in found)], kind=kind)
    headers = {"Content-Disposition": f'attachment; filename="infrastructure.{kind}"'}
    return HttpResponse(body, content_type=sheets.KINDS[kind], headers=headers)


def _cells(one: Line) -> tuple[str, ...]:
    row, stands = _row(one), one.stands
    numbers = (stands.promised, stands.opened, stands.late, stands.dropped)
    return (
        one.row.what,
        row["kind"],
        row["programme"],
        row["place"],
        one.row.promised_by,
        one.row.document,
        stands.due_on.isoformat(),
        *(str(number) for number in numbers),
        row["state"],
    )


def _row(one: Line) -> dict[str, Any]:
    programme = one.row.programme
    return {
        "row": one.row,
        "stands": one.stands,
        "url": reverse("infrastructure:commitment", args=[one.row.pk]),
        "kind": rules.KINDS.label(one.row.kind),
        "programme": rules.PROGRAMMES.label(programme) if programme in rules.PROGRAMMES else "",
        "place": one.row.territory.name(language()),
        "state": rules.STATES.label(one.stands.state),
        "tone": TONES[one.stands.state],
    }


def _step(one: Step, people: dict[int, str]) -> dict[str, Any]:
    return {"row": one, "kind": rules.STEPS.label(one.kind), "by": people.get(one.entered_by_id, "")}


def _total(found: list[Line]) -> dict[str, int]:
    names = ("promised", "opened", "late", "dropped")
    return {name: sum(getattr(one.stands, name) for one in found) for name in names}


def _territory(one: Row, kind: str, *, deeper: bool) -> dict[str, Any]:
    area = {"area": one.place.kato, "kind": kind} | ({"own": "1"} if one.own else {})
    page = reverse("infrastructure:list")
    numbers = [(code, getattr(one, code)) for code in ("promised", "opened", "late", "dropped")]
    down = deeper and not one.whole and not one.own
    return {
        "row": one,
        "name": one.place.name(language()),
        "needs": [(source, count, _needs(one.place.kato, kind, source)) for source, count in one.needs],
        "down": f"?{urlencode({'area': one.place.kato, 'kind': kind})}" if down else "",
        "numbers": [
            (number, f"{page}?{urlencode(area | ({} if code == 'promised' else {'shown': code}))}")
            for code, number in numbers
        ],
    }


def _needs(area: str, kind: str, source: str) -> str:
    return f"{reverse('infrastructure:needs')}?{urlencode({'area': area, 'kind': kind, 'source': source})}"


def _programme(one: Any, entered: int) -> dict[str, Any]:
    more = one.more
    return {
        "name": one.label(language()),
        "total": int(more["total"] or 0),
        "places": int(more["places"] or 0),
        "need": int(more["need"] or 0),
        "entered": entered,
        "source": more["source"],
        "verified": more["verified_by"],
        "url": f"{reverse('infrastructure:list')}?{urlencode({'programme': one.code})}",
    }


def _actions(request: StaffRequest) -> list[Action]:
    if not allows(request.actor, policy.KEEP):
        return []
    return [
        Action(_("Enter a commitment"), reverse("infrastructure:add")),
        Action(_("Enter what is missing"), reverse("infrastructure:add_need"), kind="secondary"),
    ]


def _above(area: str, kind: str) -> list[Link]:
    page = reverse("infrastructure:overview")
    units = reversed(ancestors(area))
    return [Link(one.name(language()), f"{page}?{urlencode({'area': one.kato, 'kind': kind})}") for one in units]


def asked_of(data: QueryDict) -> Asked:
    """Read the address; what is no choice is none."""
    area, kind, programme, shown = (data.get(name, "") for name in ("area", "kind", "programme", "shown"))
    known = len(area) == 9 and area.isascii() and area.isdigit() and territory(area) is not None
    return Asked(
        area=area if known else NATION,
        kind=kind if kind in rules.KINDS else "",
        programme=programme if programme in rules.PROGRAMMES else "",
        shown=shown if shown in rules.SHOWN else "",
        own=data.get("own", "") == "1",
    )


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def _today(request: StaffRequest) -> date:
    return local(request.now).date()
