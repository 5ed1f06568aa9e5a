"""One page on which a case is proposed for closing, decided, and opened again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.coordination import actions, policy, queries, rules
from arasha.coordination.forms import DecideForm, ProposeForm, ReopenForm
from arasha.coordination.models import Closing
from arasha.coordination.views import looking, presenting
from arasha.coordination.views.presenting import language, said, state
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import reads_plan
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.obligations.models import Obligation
from arasha.obligations.queries import link
from arasha.ui.rules.parts import State

SHAPES = {"proposed": "wait", "withdrawn": "suspended", "refused": "late", "closed": "met", "reopened": "open"}
KINDS = ("reached", "child", "decision", "reopened")


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show how the closing of a case stands and what is owed, and let it be proposed, decided or opened again."""
    page = queries.file_head(request.actor, dossier)
    if page is None or page.matter.case is None or not reads_plan(dossier):
        raise Http404
    request.look(dossier)
    rows = queries.closings_of(dossier)
    here = next((row for row in rows if row.state in {"proposed", "closed"}), None)
    form, deed = _form(request, dossier, here)
    if request.method == "POST":
        withdrawn = _withdrawn(request, here)
        if form is None and not withdrawn:
            raise Http404
        if withdrawn or (form.is_valid() and _done(request, dossier, here, form)):
            return redirect("coordination:closing", dossier=dossier)
    owed = queries.owed_besides(here) if here else queries.owed_in(dossier)
    context = {
        "page_title": _title(here),
        "page_meta": presenting.meta(page, request.now),
        "tabs": looking.tabs_of(dossier, "closing"),
        "dossier": dossier,
        "owed": [_duty(duty, request) for duty in owed],
        "blocking": sum(queries.blocks_closing(duty) for duty in owed),
        "rows": [_line(row) for row in rows],
        "here": here,
        "form": form,
        "deed": deed,
        "may_withdraw": here is not None and here.state == "proposed" and _leads(request, dossier),
    }
    return render(request, "coordination/closing.html", context, status=422 if form and form.errors else 200)


def _form(request: StaffRequest, dossier: UUID, here: Closing | None) -> tuple[Any, str]:
    """Return the form of what the actor may do next, and what its button says; None where it is nothing."""
    data = request.POST if request.method == "POST" else None
    if here is None:
        follow_up = local(request.now).date() + rules.FOLLOW_UP
        initial = {"follow_up_on": follow_up}
        return (
            (ProposeForm(data, initial=initial), _("Propose to close the case"))
            if _leads(request, dossier)
            else (None, "")
        )
    if here.state == "closed":
        may = policy.may_reopen(request.actor, dossier)
        return (ReopenForm(data), _("Open the case again")) if may else (None, "")
    if policy.may_decide_closing(request.actor, here):
        blocked = any(queries.blocks_closing(duty) for duty in queries.owed_besides(here))
        return DecideForm(data, blocked=blocked), _("Record the decision")
    return None, ""


def _done(request: StaffRequest, dossier: UUID, here: Closing | None, form: Any) -> bool:
    got = form.cleaned_data
    given: dict[str, Any] = {"actor": request.actor, "now": request.now}
    try:
        if isinstance(form, ProposeForm):
            actions.propose_closing(dossier=dossier, said=form.said(), **given)
            messages.success(request, _("Proposed. A supervisor owes a decision; until then the work goes on."))
        elif isinstance(form, ReopenForm):
            actions.reopen(dossier=dossier, reason=got["reason"], words=got["words"], **given)
            messages.success(request, _("The case is open again."))
        elif isinstance(form, DecideForm) and here is not None:
            closes = got["close"] == "yes"
            over = bool(got.get("over"))
            actions.decide_closing(closing=here.pk, close=closes, words=got["words"], over=over, **given)
            messages.success(request, _("The case is closed.") if closes else _("Recorded. The work goes on."))
    except rules.ClosingFaulty as fault:
        form.show_fault(fault)
    except actions.ClosingBlocked:
        form.add_error(None, _("Something is still owed: see below. To close it all the same, say so and why."))
    except actions.OwnDuty:
        form.add_error(None, _("Your own unit still owes something here. Do that first: nobody ends their own."))
    except (actions.ClosingStands, actions.ClosingNotThere):
        form.add_error(None, _("A colleague was faster: how it stands is said above."))
    return not form.errors


def _withdrawn(request: StaffRequest, here: Closing | None) -> bool:
    """Take the proposal back where that was pressed."""
    if request.POST.get("do") != "withdraw" or here is None:
        return False
    try:
        actions.withdraw_closing(actor=request.actor, closing=here.pk, now=request.now)
    except actions.ClosingNotThere:
        raise Http404 from None
    messages.success(request, _("The proposal was taken back. The work goes on."))
    return True


def _leads(request: StaffRequest, dossier: UUID) -> bool:
    case = queries.case_of_file(dossier)
    return case is not None and case.state == "open" and policy.may_propose_closing(request.actor, case)


def _title(here: Closing | None) -> str:
    if here is None:
        return _("Closing of the case")
    return _("The case is closed") if here.state == "closed" else _("Closing of the case is proposed")


def _duty(duty: Obligation, request: StaffRequest) -> dict[str, Any]:
    step = queries.step_of(duty)
    return {
        "url": link(duty.pk),
        "what": said(step.what),
        "unit": duty.unit.name if duty.unit else _("nobody was found"),
        "state": state(duty, request.now),
        "blocks": queries.blocks_closing(duty),
    }


def _line(row: Closing) -> dict[str, Any]:
    """Return a closing with what was said, as far as the reader reads it."""
    words = {one.row.kind: one for one in queries.words_of_closing(row)}
    titles = {
        "reached": _("What was reached"),
        "child": _("The child says"),
        "decision": _("Why it was decided so"),
        "reopened": _("Why it was opened again"),
    }
    return {
        "row": row,
        "state": State(SHAPES[row.state], rules.CLOSING_STATES.label(row.state)),
        "reason": _capital(rules.CLOSING_REASONS.label(row.reason)),
        "safe": _capital(rules.CLOSING_SAFE.label(row.safe)),
        "child": _capital(rules.CLOSING_CHILD.label(row.child)),
        "seen": format_date(row.seen_on, language()) if row.seen_on else "",
        "follow_up": format_date(row.follow_up_on, language()),
        "proposed": f"{row.unit.name}, {format_moment(row.asked_at, language())}",
        "decided": (
            f"{row.decided_by.name}, {format_moment(row.decided_at, language())}"
            if row.decided_by and row.decided_at
            else ""
        ),
        "reopened": rules.REOPENING_REASONS.label(row.reopened_why) if row.reopened_why else "",
        "words": [(titles[kind], words[kind].words) for kind in KINDS if kind in words],
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
