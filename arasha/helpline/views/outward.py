"""A signal from a contact, the list of call-backs, past contacts, and the supervisor's wall."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.helpline import actions, policy, queries, rules
from arasha.helpline.forms import SignalForm
from arasha.helpline.models import CallBack, Contact
from arasha.helpline.policy import ANSWER
from arasha.helpline.views import console, showing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.territory.queries import districts
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_duration, format_moment
from arasha.signals.actions import NobodyCoordinates
from arasha.ui.rules.page import Filter
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty, Figure

SIZE = 50
# What a reason means among the concerns of a report: the operator may change it.
CONCERNS = {
    "physical": "physical",
    "emotional": "psychological",
    "sexual": "sexual",
    "sexual_online": "sexual",
    "sexual_commercial": "exploitation",
    "neglect": "neglect",
    "domestic_witness": "witnessing",
    "labour": "exploitation",
    "trafficking": "exploitation",
    "bullying_offline": "bullying",
    "bullying_online": "bullying",
    "suicide": "self_harm",
    "self_harm": "self_harm",
}


@may(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def signal(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Make a signal of a contact: what the contact says is filled in."""
    row = console.found(request, contact)
    if request.actor.post_id not in {row.operator_id, row.joined_id}:
        raise Http404
    if row.signal_id is not None:
        messages.info(request, _("A signal was made of this contact before."))
        return redirect("helpline:contact", contact=row.pk)
    places = districts(row.region_id or request.actor.territory, showing.language())
    form = SignalForm(request.POST if request.method == "POST" else None, places=places, initial=_filled(request, row))
    if form.is_valid():
        try:
            actions.signal_from_contact(actor=request.actor, contact=row.pk, report=form.report(), now=request.now)
            messages.success(request, _("The signal is with who coordinates there. They are told now."))
            return redirect("helpline:contact", contact=row.pk)
        except NobodyCoordinates:
            form.add_error(None, _("Nobody coordinates in this district. Call 102 now; nothing was sent."))
        except actions.ContactEnded:
            return redirect("helpline:contact", contact=row.pk)
    context = {
        "page_title": _("Make a signal"),
        "page_meta": showing.title(row),
        "form": form,
        "back": reverse("helpline:contact", args=[row.pk]),
    }
    return render(request, "helpline/signal.html", context, status=422 if form.errors else 200)


@sensitive_variables()
def _filled(request: StaffRequest, row: Contact) -> dict[str, Any]:
    """Return what the contact says already: from its form, kept or half written, and from what was told."""
    kept = queries.draft_of(request.actor, row).form
    reasons = [row.reason, *row.reasons, kept.get("reason", ""), *kept.get("reasons", [])]
    told = [one.words for one in queries.talk_of(row) if one.direction in {"in", "note"} and one.words]
    return {
        "concerns": sorted({CONCERNS[code] for code in reasons if code in CONCERNS}),
        "safe_now": rules.SAFE_NOW.get(row.danger, "unknown"),
        "child_sex": row.sex if row.sex != "unknown" else kept.get("sex", "unknown"),
        "narrative": "\n".join(told)[:8000],
    }


@may(ANSWER)
@require_safe
@sensitive_variables()
def call_backs(request: StaffRequest) -> HttpResponse:
    """List whom to ring: the number is shown to who took it, and to nobody else."""
    actions.be_there(actor=request.actor, now=request.now)
    rows = [_ring(request, row) for row in queries.call_backs(request.actor)]
    context = {
        "page_title": _("Call-backs"),
        "tabs": console.tabs(request, "call_backs"),
        "rows": rows,
        "outcomes": rules.CALL_BACK_OUTCOMES.choices(),
        "nothing": Empty(_("Nobody is to be rung"), _("Who wishes a call-back, or rang in vain, stands here.")),
    }
    return render(request, "helpline/call_backs.html", context)


@sensitive_variables()
def _ring(request: StaffRequest, row: CallBack) -> dict[str, Any]:
    mine = row.operator_id == request.actor.post_id
    return {
        "id": row.pk,
        "title": showing.title(row.contact),
        "url": reverse("helpline:contact", args=[row.contact_id]),
        "due": format_moment(local(row.due_at), showing.language(), request.now),
        "late": row.due_at < request.now,
        "attempts": row.attempts,
        "free": row.state == "waiting",
        "mine": mine,
        "ask": queries.number_of(row) if mine else None,
        "danger": row.contact.danger == "not_safe",
    }


@may(ANSWER)
@require_POST
def take_call_back(request: StaffRequest, call_back: UUID | None = None) -> HttpResponse:
    """Take a call-back, or the one that is due first: two operators never take the same."""
    try:
        row = actions.take_call_back(actor=request.actor, call_back=call_back, now=request.now)
        if row is None:
            messages.info(request, _("Nobody is to be rung."))
    except actions.CallBackTaken:
        messages.error(request, _("Another operator has taken this call-back."))
    except actions.CallBackNotThere:
        raise Http404 from None
    return redirect("helpline:call_backs")


@may(ANSWER)
@require_POST
def call_back_done(request: StaffRequest, call_back: UUID) -> HttpResponse:
    """Say what came of ringing."""
    outcome = request.POST.get("outcome", "")
    if outcome not in rules.CALL_BACK_OUTCOMES:
        messages.error(request, _("Choose what came of it."))
        return redirect("helpline:call_backs")
    try:
        actions.call_back_done(actor=request.actor, call_back=call_back, outcome=outcome, now=request.now)
        messages.success(request, _("Written down."))
    except actions.CallBackTaken:
        messages.error(request, _("Another operator has taken this call-back."))
    except actions.CallBackNotThere:
        raise Http404 from None
    return redirect("helpline:call_backs")


@may(ANSWER)
@require_safe
def past(request: StaffRequest) -> HttpResponse:
    """List the past contacts of the unit, by codes alone."""
    asked = {name: request.GET.getlist(name) for name in queries.FILTERS}
    cut = page_of(
        queries.past(request.actor, asked), moment="began_at", size=SIZE, asked=request.GET.dict(), descending=True
    )
    lists = {"channel": rules.CHANNELS, "kind": rules.KINDS, "danger": rules.DANGERS, "caller": rules.CALLERS}
    heads = {"channel": _("Channel"), "kind": _("What it was"), "danger": _("Safe now?"), "caller": _("Who it was")}
    context = {
        "page_title": _("Past contacts"),
        "tabs": console.tabs(request, "past"),
        "rows": [_past(row, request) for row in cut.rows],
        "page": cut,
        "filters": [
            Filter(name, heads[name], codes.choices(), frozenset(asked[name])) for name, codes in lists.items()
        ],
        "nothing": Empty(_("No contact here"), _("Contacts stand here when they are written down.")),
    }
    return render(request, "helpline/past.html", context)


def _past(row: Contact, request: StaffRequest) -> dict[str, Any]:
    language = showing.language()
    talked = (row.ended_at - row.taken_at) if row.ended_at and row.taken_at else None
    return {
        "url": reverse("helpline:contact", args=[row.pk]),
        "at": format_moment(local(row.began_at), language, request.now),
        "channel": rules.CHANNELS.label(row.channel),
        "kind": rules.KINDS.label(row.kind) if row.kind else "–",
        "caller": rules.CALLERS.label(row.caller),
        "region": row.region.name(language) if row.region else "–",
        "lasted": format_duration(talked, language) if talked else "–",
        "danger": row.danger == "not_safe",
    }


@may(ANSWER)
@require_safe
def wall(request: StaffRequest) -> HttpResponse:
    """Show a supervisor this moment: counts, and who is in which contact how long; no word of any."""
    units = policy.supervised_units(request.actor)
    if not units:
        raise Http404
    actions.be_there(actor=request.actor, now=request.now)
    shown = _wall(request, units)
    part = "helpline/parts/wall.html"
    mark = console.fingerprint(part, shown)
    if request.headers.get("HX-Request"):
        if request.GET.get("have") == mark:
            return HttpResponse(status=console.UNCHANGED)
        return render(request, part, shown | {"mark": mark})
    context = shown | {
        "page_title": _("Wall"),
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "wall"),
        "mark": mark,
        "live": True,
    }
    return render(request, "helpline/wall.html", context)


def _wall(request: StaffRequest, units: list[int]) -> dict[str, Any]:
    found, language = queries.wall(request.actor, units, request.now), showing.language()
    longest = format_duration(found.longest, language) if found.longest is not None else "–"
    figures = [
        Figure(str(found.waiting), _("wait now"), late=found.waiting > 0 and _long(found)),
        Figure(longest, _("the longest wait"), late=_long(found)),
        Figure(str(found.danger), _("in danger"), late=found.danger > 0),
        Figure(str(found.there), _("operators at the console")),
        Figure(str(found.offered), _("came in today")),
        Figure(str(found.answered), _("answered today")),
        Figure(str(found.abandoned), _("left before an answer")),
        Figure(str(found.missed), _("missed today")),
        Figure(str(found.call_backs), _("to ring back")),
    ]
    rows = [
        {
            "url": reverse("helpline:contact", args=[one.contact.pk]),
            "title": showing.title(one.contact),
            "operator": one.operator,
            "lasts": format_duration(request.now - one.since, language),
            "danger": one.contact.danger == "not_safe",
            "state": rules.STATES.label(one.contact.state),
            "here": one.here,
            "joined": one.contact.joined_id is not None,
            "id": one.contact.pk,
            "mine": one.contact.joined_id == request.actor.post_id,
        }
        for one in queries.held(request.actor, units, request.now)
    ]
    return {"figures": figures, "held": rows}


def _long(found: queries.Wall) -> bool:
    return found.longest is not None and found.longest >= rules.LONG_WAIT
