"""The doors of signals for people: the queue, one signal and what may be decided on it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.cases.actions import CaseNotFound
from arasha.cases.models import Case
from arasha.cases.queries import coordinates_since, offered
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.signals import actions, queries, rules
from arasha.signals.forms import CloseSignalForm
from arasha.signals.models import Signal
from arasha.signals.views import closing, presenting
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25


@may("receive_signals")
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    """Show the unit's signals, the shortest time left first."""
    state = request.GET.get("state", "")
    state = state if state in rules.STATES else ""
    chosen = {code: request.GET.getlist(code) for code in ("urgency", "door", "who")}
    asked = queries.queue(
        request.actor,
        states=[state] if state else queries.OPEN,
        urgencies=[code for code in chosen["urgency"] if code in rules.URGENCIES],
        doors=[code for code in chosen["door"] if code in rules.DOORS],
        who=[code for code in chosen["who"] if code in presenting.HOLDERS],
    )
    first = not ({"after", "before"} & set(request.GET)) and not state and not any(chosen.values())
    tonight = list(queries.unsafe_tonight(request.actor)[:PAGE]) if first else []
    if first:
        asked = asked.exclude(pk__in=[signal.pk for signal in tonight])
    shown = page_of(asked, moment="answer_by", size=PAGE, asked=request.GET.dict())
    kept = "".join(f"&{code}={value}" for code, values in chosen.items() for value in values if value.isalpha())
    kept += f"&state={state}" if state else ""
    context = {
        "page_title": presenting.queue_title(queries.waiting_count(request.actor)),
        "filters": presenting.filters(chosen),
        "tonight": [presenting.row(signal, request.now) for signal in tonight],
        "rows": [presenting.row(signal, request.now) for signal in shown.rows],
        "previous": shown.previous and shown.previous + kept,
        "following": shown.following and shown.following + kept,
        "tabs": presenting.queue_tabs(state),
        "offers": presenting.offers(offered(request.actor).count()),
        "coordinates": presenting.coordinates(coordinates_since(request.actor.territory, request.now)),
        "nothing": Empty(_("No signal here"), _("New signals of your territory come by themselves.")),
    }
    return render(request, "signals/queue.html", context)


@may("receive_signals")
@require_safe
def page(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Show one signal with what may be done with it."""
    return _page(request, signal, CloseSignalForm())


def _page(
    request: StaffRequest, signal: UUID, form: CloseSignalForm, *, notice: str = "", status: int = 200
) -> HttpResponse:
    found = queries.find(request.actor, signal)
    if found is None:
        raise Http404
    request.look(found.dossier_id)
    context = presenting.page(request.actor, found, request.now) | {"form": form, "notice": notice}
    context |= closing.part(request, found)
    context["ways"] = queries.ways_of(request.actor, [found.dossier_id], found)
    return render(request, "signals/page.html", context, status=status)


@may("receive_signals")
@require_POST
def take(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Take the signal: this unit answers for it from now on."""
    return _done(request, signal, lambda: actions.take_signal(actor=request.actor, signal=signal, now=request.now))


@may("receive_signals")
@require_POST
def close(request: StaffRequest, signal: UUID) -> HttpResponse:
    """End the consideration with a reason."""
    form = CloseSignalForm(request.POST)
    if not form.is_valid():
        return _page(request, signal, form, status=422)
    closing = form.cleaned_data["closing"]
    if not rules.closes(closing):
        return _not_closed(request, signal, form)
    return _done(
        request,
        signal,
        lambda: actions.close_signal(actor=request.actor, signal=signal, closing=closing, now=request.now),
    )


def _not_closed(request: StaffRequest, signal: UUID, form: CloseSignalForm) -> HttpResponse:
    """Say why reconciliation closes nothing, and what was recorded instead."""
    found = queries.find(request.actor, signal)
    if found is None:
        raise Http404
    try:
        actions.refuse_reconciliation(actor=request.actor, dossier=found.dossier_id, now=request.now)
    except actions.FileNotThere:
        raise Http404 from None
    refused = _("Reconciliation ends no violence, and neither does a withdrawn statement: the signal stays open.")
    recorded = _("It was recorded as pressure; the prosecutor and the ombudsperson are told.")
    form.add_error("closing", f"{refused} {recorded}")
    return _page(request, signal, form, status=422)


@may("lead_case")
@require_POST
def join(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Let the signal join the open case of the same child."""
    try:
        case = UUID(request.POST.get("case", ""))
    except ValueError:
        raise Http404 from None
    return _done(
        request, signal, lambda: actions.join_signal(actor=request.actor, signal=signal, case=case, now=request.now)
    )


@may("lead_case")
@require_POST
def leave(request: StaffRequest, signal: UUID) -> HttpResponse:
    """Take the signal out of the case again."""
    return _done(request, signal, lambda: actions.leave_signal(actor=request.actor, signal=signal, now=request.now))


def _done(request: StaffRequest, signal: UUID, action: Callable[[], Signal | Case]) -> HttpResponse:
    """Do what was asked; a second click or a faster colleague is told so, and nothing is lost."""
    try:
        result = action()
    except (actions.SignalNotFound, CaseNotFound, PermissionError):
        raise Http404 from None
    except actions.CannotBecome:
        return _page(
            request, signal, CloseSignalForm(), notice=_("This was done already, by you or a colleague."), status=409
        )
    if isinstance(result, Signal):
        return redirect("signals:page", signal=signal)
    return redirect(f"/files/{result.dossier_id}/")
