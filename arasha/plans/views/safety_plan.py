"""The safety plan of a child: made together, in versions, printed where that is safe."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import SafetyPlanForm
from arasha.plans.forms.safety_plan import AFTER, sent
from arasha.plans.views import drafting
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import language, opened, tabs
from arasha.ui.rules.languages import keeps_language


@signed_in
@keeps_language
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def safety_plan(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the plan that stands, and let its next version be written; what is half written is kept."""
    opened(request, dossier)
    if not policy.may_see_whole(request.actor, dossier):
        raise Http404
    newest = queries.newest_plan(dossier)
    shown = queries.plan_version(dossier, newest.number) if newest else None
    may_make = policy.may_make_whole(request.actor, dossier)
    form = _form(request, dossier, shown) if may_make else None
    if request.method == "POST":
        if form is None:
            raise Http404
        gone = _sent(request, dossier, form)
        if gone is not None:
            return gone
    draft = queries.plan_draft(dossier) if may_make else queries.PlanDraft(0, None)
    editing = form is not None and ("edit" in request.GET or shown is None or form.is_bound or draft.main is not None)
    context = {
        "page_title": _("Safety plan"),
        "page_meta": child_of(dossier),
        "tabs": tabs(dossier, "safety_plan"),
        "dossier": dossier,
        "plan": page_of(shown, request) if shown else None,
        "form": form,
        "editing": editing,
        "keeps_form": "write-plan" if editing else "",
        "live": editing,
        "versions": [_line(row, request) for row in queries.plan_versions(dossier)],
        **drafting.context_of(request, dossier, draft, shown.row.number if shown else 0),
    }
    return render(request, "plans/safety_plan.html", context, status=422 if form is not None and form.errors else 200)


def _sent(request: StaffRequest, dossier: UUID, form: SafetyPlanForm) -> HttpResponse | None:
    """Keep what was sent, first as a draft, so that a fault or another window costs no word, then as the plan.

    Returns where to go on; None where the form is shown again with what is wrong.
    """
    wanted = request.POST.get("go", "")
    writing = f"{reverse('plans:safety_plan', kwargs={'dossier': dossier})}?edit=1#write"
    try:
        kept = drafting.keep(request, dossier, form)
    except actions.DraftTooLong:
        form.add_error(None, _("This is longer than can be kept. Shorten it; what you wrote before is kept."))
        return None
    if kept is not None and kept.copy is not None:
        messages.warning(request, _("Somebody wrote here meanwhile. Both are kept: choose below."))
        return redirect("plans:safety_plan", dossier=dossier)
    if wanted == "leave":
        messages.success(request, _("Kept. You can go on at any time."))
        return redirect(cases.link(dossier))
    if wanted == "stay":
        return redirect(writing)
    if form.is_valid() and _made(request, dossier, form, kept):
        messages.success(request, _("Recorded."))
        return redirect("plans:safety_plan", dossier=dossier)
    return None


@signed_in
@require_safe
def version(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Show an earlier version as it was."""
    opened(request, dossier)
    shown = queries.plan_version(dossier, number) if policy.may_see_whole(request.actor, dossier) else None
    if shown is None:
        raise Http404
    context = {
        "page_title": _("Safety plan, version %(number)s") % {"number": number},
        "page_meta": child_of(dossier),
        "tabs": tabs(dossier, "safety_plan"),
        "dossier": dossier,
        "plan": page_of(shown, request) | {"prints": []},
        "replaced": number < queries.newest_number(dossier),
    }
    return render(request, "plans/safety_plan_version.html", context)


def page_of(shown: queries.Version, request: StaffRequest) -> dict[str, Any]:
    """Return a version as its page shows it."""
    row, today = shown.row, local(request.now).date()
    prints = rules.CARRYING[row.carry].more["prints"]
    return {
        "number": row.number,
        "sections": sections(shown.items, language()),
        "erased": shown.erased,
        "facts": [
            (_("Language of the child"), _language_name(row.language)),
            (_("On paper"), rules.CARRYING.label(row.carry)),
            (_("Where the plan is kept"), rules.KEEPING.label(row.kept)),
            (_("Agreed"), ", ".join(rules.AGREEING.label(code) for code in row.agreed) or _why_not(row.not_agreed)),
            (_("Made"), _who(shown, request)),
        ],
        "review": format_date(row.review_on, language()),
        "late": rules.is_late(row.review_on, today),
        "prints": {"plain": [False, True], "disguised": [True]}.get(prints, []),
    }


def sections(items: tuple[rules.Item, ...] | list[rules.Item], tongue: str) -> list[dict[str, Any]]:
    """Return the lines of a plan by kind, with the kind's title, in a language."""
    found = []
    for kind in rules.KINDS:
        lines = [_with_day(item, tongue) for item in items if item.kind == kind.code]
        if lines:
            found.append({"title": kind.label(tongue), "lines": lines})
    return found


def _with_day(item: rules.Item, tongue: str) -> str:
    return f"{item.words} – {format_date(item.by, tongue)}" if item.by else item.words


def _form(request: StaffRequest, dossier: UUID, shown: queries.Version | None) -> SafetyPlanForm:
    """Return the form as it was sent, or with what is half written, or with the version that stands."""
    today = local(request.now).date()
    initial = drafting.begun_with(request, shown)
    if request.method == "POST":
        return SafetyPlanForm(sent(request.POST), today=today, initial=initial)
    main = queries.plan_draft(dossier).main
    # The page shows the version that stands above the draft: what is kept now comes after it.
    return SafetyPlanForm(today=today, initial={AFTER: initial[AFTER], **main.fields} if main else initial)


def _made(request: StaffRequest, dossier: UUID, form: SafetyPlanForm, kept: actions.DraftKept | None) -> bool:
    after = form.cleaned_data["after"]
    given: dict[str, Any] = {"draft": form.draft(), "after": after, "kept": kept, "now": request.now}
    try:
        actions.make_safety_plan(actor=request.actor, dossier=dossier, **given)
    except actions.PlanChanged:
        data = cast("QueryDict", form.data).copy()
        data["after"] = str(queries.newest_number(dossier))
        form.data = data
        form.add_error(
            None,
            _("A colleague wrote a newer version meanwhile: it stands above. To keep yours after it, press again."),
        )
    except actions.FileNotThere:
        raise Http404 from None
    return not form.errors


def _who(shown: queries.Version, request: StaffRequest) -> str:
    parts = (shown.row.unit.name, shown.who, format_moment(shown.row.made_at, language(), request.now))
    return " · ".join(part for part in parts if part)


def _why_not(code: str) -> str:
    return rules.NOT_AGREED.label(code) if code else ""


def _line(row: Any, request: StaffRequest) -> dict[str, Any]:
    moment = format_moment(row.made_at, language(), request.now)
    return {"number": row.number, "words": f"{row.unit.name} · {moment}"}


def _language_name(code: str) -> str:
    return {"kk": "Қазақша", "ru": "Русский", "en": "English"}[code]
