"""Supervision: one's own sessions with the notes of the two; of the unit's others, that they were kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.worktime.rules.formats import format_stamp
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty
from arasha.workforce import actions, policy, queries, rules
from arasha.workforce.forms import MomentForm, ReflectionForm, SessionForm
from arasha.workforce.models import Supervision

GET_POST = ["GET", "HEAD", "POST"]
PAGE = 25
GONE = (actions.NotThere, policy.NotAllowed)


@may(policy.SEE)
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """List the reader's own sessions, those nobody settled first; for a head, the dates of the unit's others."""
    past = request.GET.get("shown") == "past"
    begin = skipped(request.GET.get("after", ""))
    mine = list(queries.own_sessions(request.actor, past=past)[begin : begin + PAGE + 1])
    others = list(queries.unit_sessions(request.actor, request.now, past=past)[begin : begin + PAGE + 1])
    names = names_of({user for row in (*mine, *others) for user in (row.worker_id, row.supervisor_id)})
    shown = "past" if past else "coming"
    more = max(len(mine), len(others)) > PAGE
    add = [Action(_("Plan a session"), reverse("workforce:new_session"))]
    context = {
        "page_title": _("Supervision"),
        "before": [Link(_("How much the team has to do"), reverse("workforce:caseload"))],
        "add": add,
        "mine": [_line(row, names, request) for row in mine[:PAGE]],
        "others": [_line(row, names, request) for row in others[:PAGE]],
        "tabs": [Link(_("Coming"), "?shown=coming", not past), Link(_("Past"), "?shown=past", past)],
        "following": f"?shown={shown}&after={begin + PAGE}" if more else "",
        "previous": f"?shown={shown}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("No sessions"), _("Plan when you and a colleague talk about the work."), add),
    }
    return render(request, "workforce/supervision.html", context)


def _line(row: Supervision, names: dict[int, str], request: StaffRequest) -> dict[str, Any]:
    states = {"planned": _("planned"), "kept": _("kept"), "moved": _("moved"), "missed": _("missed")}
    return {
        "row": row,
        "url": reverse("workforce:session", args=[row.pk]),
        "worker": names.get(row.worker_id, ""),
        "supervisor": names.get(row.supervisor_id, ""),
        "at": format_stamp(row.starts_at, get_language() or "kk"),
        "state": states[row.state],
        "late": row.state == "planned" and row.starts_at <= request.now,
        "twice": queries.missed_twice(row) if row.state == "missed" else False,
    }


@may(policy.SEE)
@require_http_methods(GET_POST)
def new(request: StaffRequest) -> HttpResponse:
    """Plan a session with a colleague."""
    user = request.actor.user_id or 0
    people = names_of(queries.partners(request.actor, request.now))
    if user not in people:
        raise Http404
    others = sorted(((one, name) for one, name in people.items() if one != user), key=lambda pair: pair[1])
    form = SessionForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_valid():
        said, ticket = form.said_by(user), form.cleaned_data["once"]
        try:
            row = actions.plan_supervision(actor=request.actor, said=said, now=request.now, ticket=ticket)
        except rules.Faulty as faulty:
            form.show_fault(faulty)
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("The session is planned. Your colleague is told."))
            return redirect("workforce:session", session=row.pk)
    context = {"page_title": _("Plan a session"), "form": form, "words": _("Plan it")}
    return _form_page(request, context, reverse("workforce:supervision"))


def _form_page(request: StaffRequest, context: dict[str, Any], back: str) -> HttpResponse:
    more = {"before": [Link(_("Supervision"), reverse("workforce:supervision"))], "back": back}
    return render(request, "workforce/form.html", context | more, status=422 if context["form"].is_bound else 200)


def _own(request: StaffRequest, session: UUID) -> Supervision:
    row = policy.sessions_of(request.actor).filter(pk=session).first()
    if row is None:
        raise Http404
    return row


@may(policy.SEE)
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def one(request: StaffRequest, session: UUID) -> HttpResponse:
    """Show one's own session with what the two wrote; write of it."""
    row = _own(request, session)
    form = ReflectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (done := _written(request, row, form)):
        return done
    notes = queries.reflections(request.actor, row)
    names = names_of({row.worker_id, row.supervisor_id})
    language = get_language() or "kk"
    context = {
        "page_title": _("Session of supervision"),
        "before": [Link(_("Supervision"), reverse("workforce:supervision"))],
        "one": _line(row, names, request),
        "begun": row.starts_at <= request.now,
        "notes": [
            {"who": names.get(note.writer_id, ""), "at": format_stamp(note.written_at, language), "words": words}
            for note, words in notes
        ],
        "form": form,
    }
    return render(request, "workforce/session.html", context, status=422 if form.is_bound else 200)


def _written(request: StaffRequest, row: Supervision, form: ReflectionForm) -> HttpResponseRedirect | None:
    got = form.cleaned_data
    given: dict[str, Any] = {"session": row.pk, "now": request.now, "ticket": got["once"]}
    try:
        actions.write_reflection(actor=request.actor, words=got["words"], **given)
    except rules.Faulty as faulty:
        form.show_fault(faulty)
        return None
    except GONE:
        raise Http404 from None
    messages.success(request, _("Recorded. Only the two of you read it."))
    return redirect("workforce:session", session=row.pk)


@may(policy.SEE)
@require_POST
def settle(request: StaffRequest, session: UUID) -> HttpResponse:
    """Say that one's own session was kept or missed."""
    row = _own(request, session)
    state = request.POST.get("state", "")
    if state not in {"kept", "missed"}:
        return redirect("workforce:session", session=row.pk)
    try:
        actions.settle_supervision(actor=request.actor, session=row.pk, state=state, now=request.now)
    except GONE:
        raise Http404 from None
    except actions.SessionOver:
        messages.warning(request, _("This was done already, by you or a colleague."))
    else:
        messages.success(request, _("Recorded."))
    return redirect("workforce:session", session=row.pk)


@may(policy.SEE)
@require_http_methods(GET_POST)
def move(request: StaffRequest, session: UUID) -> HttpResponse:
    """Move one's own session to another moment."""
    row = _own(request, session)
    form = MomentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given: dict[str, Any] = {"session": row.pk, "starts_at": form.starts_at, "now": request.now}
        try:
            fresh = actions.move_supervision(actor=request.actor, **given)
        except rules.Faulty as faulty:
            form.show_fault(faulty)
        except actions.SessionOver:
            messages.warning(request, _("This was done already, by you or a colleague."))
            return redirect("workforce:session", session=row.pk)
        except GONE:
            raise Http404 from None
        else:
            messages.success(request, _("The session is moved. Your colleague is told."))
            return redirect("workforce:session", session=fresh.pk)
    context = {"page_title": _("Move the session"), "form": form, "words": _("Move it")}
    return _form_page(request, context, reverse("workforce:session", args=[row.pk]))
