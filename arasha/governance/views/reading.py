"""What everybody on the staff reads: the register of pilots, and one pilot with its run."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.governance import policy, queries, rules
from arasha.governance.queries import Asked, Line
from arasha.governance.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import allows, signed_in
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import NotThere
from arasha.kernel.territory.queries import children_of, territory
from arasha.kernel.territory.rules import NATION, region_code
from arasha.ui.rules import sheets
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import beside, skipped
from arasha.ui.rules.parts import Empty, Figure

LONGEST_WORDS = 100


@signed_in
@require_safe
def pilots(request: StaffRequest) -> HttpResponse:
    """List the pilots: money that ended without a decision first, then what is due soonest."""
    today, asked = words.today_of(request), _asked(request.GET)
    everything = queries.every(request.actor, today=today)
    found, offset = queries.narrowed(everything, asked), skipped(request.GET.get("after", ""))
    units = {one.said.unit_id: one.said.unit.name for one in everything}
    add = [Action(_("Enter a pilot"), reverse("pilots:add"))] if allows(request.actor, policy.KEEP) else []
    context = {
        "page_title": _("Pilots"),
        "page_meta": _("Each ends with a decision: to scale up, to hand over or to stop"),
        "figures": _figures(everything),
        "rows": [words.row(one, today) for one in found[offset : offset + queries.PAGE]],
        "asked": asked,
        "areas": _areas(request, asked),
        "states": rules.STATES.choices(),
        "units": sorted(units.items(), key=lambda one: one[1]),
        "query": request.GET.urlencode(),
        "add": add,
        "nothing": _nothing(add, anything=bool(everything)),
    } | beside(request.GET, offset, queries.PAGE, more=len(found) > offset + queries.PAGE)
    return render(request, "governance/list.html", context)


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
def pilot(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Show one pilot: how it stands, what it is, its run, and what can be entered now."""
    today = words.today_of(request)
    try:
        found = queries.line(request.actor, pilot, today=today)
    except NotThere:
        raise Http404 from None
    run = queries.steps_of(request.actor, pilot)
    people = names_of({one.entered_by_id for one in run})
    keeps = policy.may_keep(request.actor, found.said.territories)
    row = words.row(found, today)
    aim, spoken = found.text("aim", words.language())
    ends = found.stands.decision in {"hand_over", "stop"}
    context = {
        "page_title": row["title"],
        "before": [Link(_("Pilots"), reverse("pilots:list"))],
        "row": row,
        "said": found.said,
        "aim": aim,
        "aim_lang": spoken if spoken != words.language() else "",
        "steps": [words.step(one, people, found, run) for one in reversed(run)],
        "after": next((one for one in run if one.kind == "decided" and one.pk not in found.stands.taken_back), None),
        "services": queries.paid_for(found.said.offerings, now=request.now, language=words.language()),
        "reminders": [(one, rules.REMINDERS.label(one.rung)) for one in queries.reminders_of(pilot)],
        "keeps": keeps,
        "add": _actions(found) if keeps else [],
        "handing_over": reverse("plans:handing_over") if ends and allows(request.actor, policy.KEEP) else "",
    }
    return render(request, "governance/pilot.html", context)


def _actions(found: Line) -> list[Action]:
    """Return what can be entered of a pilot, the decision first where it is due."""
    at = [found.pilot.pk]
    decided, due = found.stands.state == "decided", found.stands.state in {"due", "overdue"}
    decide = Action(_("Record the decision"), reverse("pilots:decide", args=at), kind="primary" if due else "secondary")
    extend = Action(_("Prolong the money"), reverse("pilots:extend", args=at), kind="secondary")
    evaluate = Action(_("Record an evaluation"), reverse("pilots:evaluate", args=at), kind="secondary")
    return [evaluate] if decided else [decide, evaluate, extend]


def _figures(found: list[Line]) -> list[Figure]:
    counts = dict.fromkeys((one.code for one in rules.STATES), 0)
    for one in found:
        counts[one.stands.state] += 1
    page = reverse("pilots:list")
    return [
        Figure(
            str(counts[code]),
            label,
            url=f"{page}?state={code}" if counts[code] else "",
            late=code == "overdue" and counts[code] > 0,
        )
        for code, label in rules.STATES.choices()
    ]


def _nothing(add: list[Action], *, anything: bool) -> Empty:
    if anything:
        return Empty(_("No pilot fits"), _("Choose other filters."), [])
    return Empty(
        _("No pilot is entered yet"),
        _("A pilot is entered here on its first day, and stays here until somebody decides what becomes of it."),
        add,
    )


def _export(request: StaffRequest, kind: str) -> HttpResponse:
    today = words.today_of(request)
    found = queries.narrowed(queries.every(request.actor, today=today), _asked(request.GET))
    heads = (
        _("Pilot"),
        _("Aim"),
        _("Where it runs"),
        _("Who answers for it"),
        _("Whom it serves"),
        _("How many children"),
        _("Who pays"),
        _("How much, in tenge"),
        _("First day of the money"),
        _("Last day of the money"),
        _("How many times prolonged"),
        _("How many evaluations"),
        _("How it stands"),
        _("Which decision"),
        _("Day of the decision"),
    )
    body = sheets.write([heads, *(_cells(words.row(one, today)) for one in found)], kind=kind)
    headers = {"Content-Disposition": f'attachment; filename="pilots.{kind}"'}
    return HttpResponse(body, content_type=sheets.KINDS[kind], headers=headers)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    line: Line = row["line"]
    said, stands = line.said, line.stands
    return (
        row["title"],
        line.text("aim", words.language())[0],
        row["place"],
        row["unit"],
        said.serves,
        "" if said.children is None else str(said.children),
        said.money,
        "" if said.amount is None else str(said.amount),
        said.first_day.isoformat(),
        stands.until.isoformat(),
        str(stands.prolonged),
        str(stands.evaluated),
        row["state"],
        row["decision"],
        stands.decided_on.isoformat() if stands.decided_on else "",
    )


def _areas(request: StaffRequest, asked: Asked) -> list[tuple[str, str]]:
    """Return the country, its regions, and below the chosen one (else the reader's own) its districts."""
    language, today = words.language(), words.today_of(request)
    whole = territory(NATION)
    opened = region_code(asked.area if asked.area != NATION else request.actor.territory)
    rows = [(NATION, whole.name(language) if whole else "")]
    for one in children_of(NATION, today, language=language):
        rows.append((one.kato, one.name(language)))
        if one.kato == opened:
            below = children_of(one.kato, today, language=language)
            rows += [(unit.kato, f"— {unit.name(language)}") for unit in below]
    return rows


def _asked(data: QueryDict) -> Asked:
    """Read the address; what is no choice is none."""
    area, state, unit = (data.get(name, "") for name in ("area", "state", "unit"))
    known = len(area) == 9 and area.isascii() and area.isdigit() and territory(area) is not None
    return Asked(
        area=area if known else NATION,
        state=state if state in rules.STATES else "",
        unit=int(unit) if unit.isascii() and unit.isdigit() and len(unit) < 10 else 0,
        words=data.get("words", "").replace("\x00", "")[:LONGEST_WORDS],
    )
