"""Calling a sitting, its agenda, who keeps the minutes, and asking for a conference."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arasha.cases import queries as cases
from arasha.conferences import actions, policy, queries, rules
from arasha.conferences.forms import NumberForm, PutOffForm, SecretaryForm, SittingForm, WishForm
from arasha.conferences.views import listing, words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Post
from arasha.kernel.access.policy import may, signed_in
from arasha.kernel.access.queries import names_of
from arasha.ui.rules.page import Link

GET_POST = ["GET", "HEAD", "POST"]
GONE = (actions.NotThere, policy.NotAllowed)


@may(policy.HOLD)
@require_http_methods(GET_POST)
def new(request: StaffRequest) -> HttpResponse:
    """Call a sitting."""
    if not policy.keeps_minutes(request.actor, request.actor.unit_id or 0):
        raise Http404
    kinds = [(code, label) for code, label in rules.KINDS.choices() if policy.may_hold(request.actor, code)]
    form = SittingForm(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_valid():
        try:
            row = actions.hold_sitting(actor=request.actor, said=form.said, now=request.now, ticket=form.ticket)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        else:
            messages.success(request, _("The sitting is called. Below stands what the rules propose."))
            return redirect("conferences:sitting", sitting=row.pk)
    return _form(request, form, _("Call a sitting"), back=reverse("conferences:list"), words=_("Call it"))


@may(policy.HOLD)
@require_http_methods(GET_POST)
def secretary(request: StaffRequest) -> HttpResponse:
    """Name who keeps the unit's minutes."""
    unit = request.actor.unit_id or 0
    if not policy.may_name_secretary(request.actor, unit):
        raise Http404
    posts = list(Post.objects.filter(unit=unit, holder__isnull=False, until=None).order_by("pk"))
    names = names_of({post.holder_id for post in posts if post.holder_id})
    choices = [(post.pk, f"{names.get(post.holder_id or 0, '')}, {post.title}") for post in posts]
    now_there = queries.secretary_of(unit)
    initial = {"post": now_there.post_id} if now_there else {}
    form = SecretaryForm(request.POST if request.method == "POST" else None, posts=choices, initial=initial)
    if form.is_valid():
        try:
            actions.name_secretary(actor=request.actor, post=form.cleaned_data["post"], now=request.now)
        except GONE:
            raise Http404 from None
        messages.success(request, _("Recorded. The commission’s copy opens for them alone."))
        return redirect("conferences:list")
    return _form(request, form, _("Who keeps the minutes"), back=reverse("conferences:list"), words=_("Record"))


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def wish(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Ask a unit to put the file on its agenda."""
    case = cases.of_dossiers([dossier]).get(dossier) if cases.file(request.actor, dossier) else None
    if case is None or not policy.may_wish(request.actor, dossier):
        raise Http404
    request.look(dossier)
    units = [(unit.pk, unit.name) for unit in queries.holders(dossier, case.territory_id, request.now)]
    form = WishForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_valid():
        got = form.cleaned_data
        try:
            actions.wish_conference(
                actor=request.actor,
                dossier=dossier,
                unit=got["unit"],
                urgent=got["urgent"],
                words=got["words"],
                now=request.now,
                ticket=form.ticket,
            )
        except (*GONE, actions.UnitNotThere):
            raise Http404 from None
        messages.success(request, _("Recorded. It stands among what the rules propose for their next sitting."))
        return redirect("conferences:of_file", dossier=dossier)
    back = reverse("conferences:of_file", args=[dossier])
    return _form(request, form, _("Ask for a conference"), back=back, words=_("Ask for it"), meta=words.child(case))


@signed_in
@require_POST
def put_on(request: StaffRequest, sitting: UUID) -> HttpResponse:
    """Put a proposed file on the agenda, or another one by its number."""
    row = queries.sitting_of(request.actor, sitting)
    if row is None:
        raise Http404
    dossier, reason, urgent = _id(request.POST.get("dossier", "")), request.POST.get("reason", "other"), False
    form = None
    if dossier is None:
        form = NumberForm(request.POST)
        if not form.is_valid():
            return listing.shown_sitting(request, row, form, status=422)
        case = cases.newest(request.actor).filter(number=form.cleaned_data["number"].strip()).first()
        dossier = case.dossier_id if case else None
        reason, urgent = "other", form.cleaned_data["urgent"]
    if dossier is None and form is not None:
        form.add_error("number", _("Your unit is on no case with this number."))
        return listing.shown_sitting(request, row, form, status=422)
    try:
        actions.put_on(
            actor=request.actor,
            sitting=sitting,
            dossier=dossier or sitting,
            reason=reason if reason in rules.REASONS else "other",
            urgent=urgent or reason == "urgent",
            now=request.now,
        )
    except GONE:
        raise Http404 from None
    except actions.SittingOver:
        messages.warning(request, _("This sitting is over."))
    else:
        messages.success(request, _("It stands on the agenda. Who works on the file is invited."))
    return redirect("conferences:sitting", sitting=sitting)


@signed_in
@require_POST
def leave_out(request: StaffRequest, sitting: UUID) -> HttpResponse:
    """Leave a file out, with a reason."""
    dossier, form = _id(request.POST.get("dossier", "")), PutOffForm(request.POST)
    if dossier is None or queries.sitting_of(request.actor, sitting) is None:
        raise Http404
    if not form.is_valid():
        messages.warning(request, _("Say why it is left out."))
        return redirect("conferences:sitting", sitting=sitting)
    try:
        actions.leave_out(
            actor=request.actor,
            sitting=sitting,
            dossier=dossier,
            reason=form.cleaned_data["reason"],
            now=request.now,
        )
    except GONE:
        raise Http404 from None
    except (actions.SittingOver, actions.ItemChanged):
        messages.warning(request, _("A colleague has dealt with it meanwhile."))
    else:
        messages.success(request, _("Left out. What comes back by itself comes back at the next sitting."))
    return redirect("conferences:sitting", sitting=sitting)


@signed_in
@require_POST
def end(request: StaffRequest, sitting: UUID) -> HttpResponse:
    """Say that a sitting was held, or is called off."""
    try:
        actions.end_sitting(
            actor=request.actor, sitting=sitting, held=request.POST.get("what") != "call_off", now=request.now
        )
    except GONE:
        raise Http404 from None
    except actions.SittingOver:
        messages.warning(request, _("This sitting is over."))
    else:
        messages.success(request, _("Recorded. What was left open comes back at the next sitting."))
    return redirect("conferences:sitting", sitting=sitting)


def _form(
    request: StaffRequest,
    form: SittingForm | SecretaryForm | WishForm,
    title: str,
    *,
    back: str,
    words: str,
    meta: str = "",
) -> HttpResponse:
    context = {
        "page_title": title,
        "page_meta": meta,
        "form": form,
        "back": back,
        "words": words,
        "before": [Link(_("Case conferences"), reverse("conferences:list"))],
    }
    return render(request, "conferences/form.html", context, status=422 if form.errors else 200)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
