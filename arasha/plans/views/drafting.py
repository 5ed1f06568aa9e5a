"""A safety plan that is half written: kept while it is typed, or by a button; two windows side by side."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import SafetyPlanForm
from arasha.plans.forms.safety_plan import AFTER, initial_of, sent
from arasha.plans.views.filling import Kept, settled, uuid_of, whole_number
from arasha.plans.views.words import language, opened
from arasha.questionnaires.rules.keeping import digest

MOST = 32_767
# How far away the day begins on which a plan is gone through again: field practice, and anybody may choose another.
REVIEW = timedelta(days=14)


def begun_with(request: StaffRequest, shown: queries.Version | None) -> dict[str, Any]:
    """Return with what the next version begins where nothing is half written: with the version that stands."""
    review_on = local(request.now).date() + REVIEW
    initial: dict[str, Any] = {AFTER: 0, "language": language(), "carry": "not_asked"}
    initial |= {"kept": rules.KEEPING.choices()[0][0], "review_on": review_on}
    if shown is None:
        return initial
    row = shown.row
    kept = {"language": row.language, "large": row.large, "carry": row.carry, "kept": row.kept}
    return initial | {AFTER: row.number, **kept, **initial_of(shown.items)}


@sensitive_variables()
def keep(request: StaffRequest, dossier: UUID, form: SafetyPlanForm) -> actions.DraftKept | None:
    """Keep what a window sent as the draft; None where it says no more than what stands.

    Raises Http404, DraftTooLong.
    """
    draft, newest = queries.plan_draft(dossier), queries.newest_number(dossier)
    after = min(whole_number(request.POST.get(AFTER, "")), MOST)
    if draft.main is None and not form.says_more(newer=after < newest):
        return None
    window = actions.Window(
        whole_number(request.POST.get("revision", "")),
        request.POST.get("seen", ""),
        uuid_of(request.POST.get("copy", "")),
    )
    try:
        return actions.save_plan_draft(
            actor=request.actor, dossier=dossier, fields=form.typed(), after=after, window=window, now=request.now
        )
    except actions.FileNotThere:
        raise Http404 from None


@signed_in
@sensitive_post_parameters()
@require_POST
def save(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Keep what is being typed."""
    opened(request, dossier)
    if not (policy.may_see_whole(request.actor, dossier) and policy.may_make_whole(request.actor, dossier)):
        raise Http404
    newest = queries.newest_plan(dossier)
    shown = queries.plan_version(dossier, newest.number) if newest else None
    form = SafetyPlanForm(sent(request.POST), today=local(request.now).date(), initial=begun_with(request, shown))
    context: dict[str, Any] = {"here": f"{reverse('plans:safety_plan', kwargs={'dossier': dossier})}?edit=1"}
    try:
        kept = keep(request, dossier, form)
    except actions.DraftTooLong:
        return render(request, "plans/parts/kept.html", context | {"too_long": True})
    moment = format_moment(request.now, language(), request.now)
    context |= {"kept": drawn(dossier, kept), "kept_at": moment}
    return render(request, "plans/parts/kept.html", context)


def drawn(dossier: UUID, kept: actions.DraftKept | None = None) -> Kept:
    """Return from what a window goes on: from what it has just sent, or from what stands."""
    if kept is not None:
        return Kept(kept.revision, [kept.seen], kept.copy)
    draft = queries.plan_draft(dossier)
    return Kept(draft.revision, [digest(dict(draft.main.fields) if draft.main else {})])


@signed_in
@require_POST
def settle(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Take what came second into the draft, or lay it or the draft itself aside."""
    opened(request, dossier)
    draft, takes = settled(request)
    try:
        actions.settle_plan_draft(actor=request.actor, dossier=dossier, draft=draft, takes=takes, now=request.now)
    except actions.FileNotThere:
        raise Http404 from None
    except actions.DraftNotThere:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("plans:safety_plan", dossier=dossier)


@sensitive_variables()
def context_of(request: StaffRequest, dossier: UUID, draft: queries.PlanDraft, newest: int) -> dict[str, Any]:
    """Return what the page says of a draft: who kept it last, what came second, whether a newer version stands."""
    main = draft.main
    values = {"name": main.by, "moment": format_moment(main.kept_at, language(), request.now)} if main else {}
    return {
        "draft": main.id if main else None,
        "kept": Kept(draft.revision, [digest(dict(main.fields) if main else {})]),
        "kept_words": _("Last saved: %(name)s, %(moment)s") % values if main else "",
        "overtaken": main is not None and main.after < newest,
        "copies": [_beside(request, main.fields if main else {}, copy) for copy in draft.copies],
        "settle_url": reverse("plans:plan_draft_settle", kwargs={"dossier": dossier}),
    }


def _beside(request: StaffRequest, stands: Mapping[str, Any], copy: queries.HalfWritten) -> dict[str, Any]:
    """Return a copy with the fields in which it differs from the draft, both side by side."""
    form = SafetyPlanForm(today=local(request.now).date())
    rows = [
        {"label": field.label, "stands": _said(field, stands.get(name)), "other": _said(field, copy.fields.get(name))}
        for name, field in form.fields.items()
        if stands.get(name) != copy.fields.get(name)
    ]
    return {
        "id": copy.id,
        "facts": f"{copy.by} · {format_moment(copy.kept_at, language(), request.now)}",
        "rows": rows,
    }


def _said(field: Any, value: Any) -> str:
    """Return what a field says as its page does: choices by their labels."""
    if value is True:
        return _("yes")
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    given = value if isinstance(value, list) else [value] if value else []
    return ", ".join(labels.get(str(one), str(one)) for one in given)
