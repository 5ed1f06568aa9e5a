"""Leave of the unit's workers: planned, called off, and what the substitute must know of each case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.cases.models import Case
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import may_write, names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_date
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty
from arasha.workforce import actions, policy, queries, rules
from arasha.workforce.forms import LeaveForm, NoteForm
from arasha.workforce.models import Handover, Leave

GET_POST = ["GET", "HEAD", "POST"]
PAGE = 25
GONE = (actions.NotThere, policy.NotAllowed)


@may(policy.SEE)
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """List the leaves of the reader's unit."""
    past = request.GET.get("shown") == "past"
    begin = skipped(request.GET.get("after", ""))
    rows = list(queries.leaves(request.actor, past=past)[begin : begin + PAGE + 1])
    names = names_of({user for row in rows for user in (row.worker_id, row.substitute_id)})
    add = [Action(_("Plan a leave"), reverse("workforce:new_leave"))]
    shown = "past" if past else "coming"
    context = {
        "page_title": _("Leave"),
        "before": [Link(_("How much the team has to do"), reverse("workforce:caseload"))],
        "add": add,
        "rows": [_line(row, names) for row in rows[:PAGE]],
        "tabs": [Link(_("Coming"), "?shown=coming", not past), Link(_("Past"), "?shown=past", past)],
        "following": f"?shown={shown}&after={begin + PAGE}" if len(rows) > PAGE else "",
        "previous": f"?shown={shown}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("No leave is planned"), _("Whoever goes on leave names here who stands in."), add),
    }
    return render(request, "workforce/leaves.html", context)


def states() -> dict[str, str]:
    """Return how a leave may stand, in words."""
    return {
        "planned": _("planned"),
        "running": _("away now"),
        "ended": _("over"),
        "cancelled": _("called off"),
    }


def _line(row: Leave, names: dict[int, str]) -> dict[str, Any]:
    language = get_language() or "kk"
    return {
        "row": row,
        "url": reverse("workforce:leave", args=[row.pk]),
        "worker": names.get(row.worker_id, ""),
        "substitute": names.get(row.substitute_id, ""),
        "from": format_date(row.first_on, language),
        "until": format_date(row.last_on, language),
        "state": states()[row.state],
    }


@may(policy.SEE)
@require_http_methods(GET_POST)
def new(request: StaffRequest) -> HttpResponse:
    """Plan a leave: one's own, or as the head of a colleague."""
    unit = Unit.objects.filter(pk=request.actor.unit_id or 0).first()
    if unit is None:
        raise Http404
    users = queries.workers(unit, request.now)
    names = sorted(names_of(users).items(), key=lambda one: one[1])
    may_plan = [one for one in names if policy.may_plan(request.actor, one[0], request.now)]
    form = LeaveForm(request.POST if request.method == "POST" else None, workers=names, may=may_plan)
    if form.is_valid() and (row := _planned(request, form)) is not None:
        messages.success(request, _("The leave is planned. Write below what the colleague must know of each case."))
        return redirect("workforce:leave", leave=row.pk)
    context = {
        "page_title": _("Plan a leave"),
        "before": [Link(_("Leave"), reverse("workforce:leaves"))],
        "form": form,
        "words": _("Plan it"),
        "back": reverse("workforce:leaves"),
    }
    return render(request, "workforce/form.html", context, status=422 if form.is_bound else 200)


def _planned(request: StaffRequest, form: LeaveForm) -> Leave | None:
    try:
        return actions.plan_leave(actor=request.actor, said=form.said, now=request.now, ticket=form.ticket)
    except rules.Faulty as faulty:
        form.show_fault(faulty)
    except actions.LeaveStands:
        form.add_error("first_on", _("This worker is away on these days already."))
    except GONE:
        raise Http404 from None
    return None


@may(policy.SEE)
@require_http_methods(GET_POST)
def one(request: StaffRequest, leave: UUID) -> HttpResponse:
    """Show a leave with the cases that the reader sees; call it off, or say that the worker is back."""
    row = policy.visible_to(request.actor).filter(pk=leave).first()
    if row is None:
        raise Http404
    arranges = policy.may_plan(request.actor, row.worker_id, request.now)
    if request.method == "POST":
        return _ended(request, row)
    found, notes = queries.cases_of(request.actor, row), queries.notes_of(row)
    given = {note.given_to_id for note in notes.values() if note.given_to_id}
    names = names_of({row.worker_id, row.substitute_id} | given)
    context = {
        "page_title": _("Leave of %(name)s") % {"name": names.get(row.worker_id, "")},
        "before": [Link(_("Leave"), reverse("workforce:leaves"))],
        "one": _line(row, names),
        "open": row.state in {"planned", "running"} and arranges,
        "cases": [_case(case, row, notes.get(case.dossier_id), names) for case in found],
        "nothing": Empty(_("No cases"), _("The worker answers for no open case.")),
    }
    return render(request, "workforce/leave.html", context)


def _ended(request: StaffRequest, row: Leave) -> HttpResponse:
    try:
        actions.end_leave(actor=request.actor, leave=row.pk, now=request.now)
    except GONE:
        raise Http404 from None
    except actions.LeaveOver:
        messages.warning(request, _("This was done already, by you or a colleague."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("workforce:leave", leave=row.pk)


def _case(case: Case, leave: Leave, note: Handover | None, names: dict[int, str]) -> dict[str, Any]:
    words = queries.words_of(note) if note else {}
    return {
        "called": case.child_called or _("A child, name not known"),
        "number": case.number,
        "url": reverse("workforce:note", args=[leave.pk, case.dossier_id]),
        "words": words,
        "written": any(words.values()),
        "stays": bool(note and note.stays),
        "given_to": names.get(note.given_to_id or 0, "") if note else "",
    }


@may(policy.SEE)
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def note(request: StaffRequest, leave: UUID, dossier: UUID) -> HttpResponse:
    """Write what the substitute must know of one case."""
    row = policy.visible_to(request.actor).filter(pk=leave).first()
    case = queries.case_of(request.actor, row, dossier) if row else None
    if row is None or case is None or not _may_note(request, row, dossier):
        raise Http404
    request.look(dossier)
    found = queries.notes_of(row).get(dossier)
    words = queries.words_of(found) if found else {}
    initial = {**words, "seen": found.revision if found else 0, "stays": bool(found and found.stays)}
    form = NoteForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _noted(request, row, dossier, form):
        messages.success(request, _("Recorded. Whoever stands in reads it in the file."))
        return redirect("workforce:leave", leave=row.pk)
    back = reverse("workforce:leave", args=[row.pk])
    context = {
        "page_title": _("Handing over a case"),
        "page_meta": f"{case.child_called or _('A child, name not known')} · {case.number}",
        "before": [Link(_("Leave"), reverse("workforce:leaves"))],
        "form": form,
        "words": _("Record"),
        "back": back,
    }
    return render(request, "workforce/form.html", context, status=422 if form.is_bound else 200)


def _may_note(request: StaffRequest, row: Leave, dossier: UUID) -> bool:
    arranges = policy.may_plan(request.actor, row.worker_id, request.now)
    return arranges and row.state in {"planned", "running"} and may_write(dossier, Facet.NARRATIVE)


def _noted(request: StaffRequest, row: Leave, dossier: UUID, form: NoteForm) -> bool:
    given: dict[str, Any] = {"leave": row.pk, "dossier": dossier, "now": request.now}
    try:
        actions.write_note(actor=request.actor, said=form.said, seen=form.cleaned_data["seen"], **given)
    except rules.Faulty as faulty:
        form.show_fault(faulty)
    except actions.NoteChanged:
        form.add_error(None, _("A colleague changed this meanwhile. Open the page again; copy your words first."))
    except (*GONE, actions.LeaveOver):
        raise Http404 from None
    else:
        return True
    return False
