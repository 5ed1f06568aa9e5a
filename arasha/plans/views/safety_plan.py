"""The safety plan of a child: made together, in versions, printed where that is safe."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import SafetyPlanForm
from arasha.plans.forms.safety_plan import initial_of
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import language, opened, tabs

# How far away the day begins on which a plan is gone through again: field practice, and anybody may choose another.
REVIEW = timedelta(days=14)


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def safety_plan(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the plan that stands, and let its next version be written."""
    opened(request, dossier)
    if not policy.may_see(request.actor, dossier):
        raise Http404
    newest = queries.newest_plan(dossier)
    shown = queries.plan_version(dossier, newest.number) if newest else None
    form = _form(request, dossier, shown)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _made(request, dossier, form):
            messages.success(request, _("Recorded."))
            return redirect("plans:safety_plan", dossier=dossier)
    context = {
        "page_title": _("Safety plan"),
        "page_meta": child_of(dossier),
        "tabs": tabs(dossier, "safety_plan"),
        "dossier": dossier,
        "plan": page_of(shown, request) if shown else None,
        "form": form,
        "editing": "edit" in request.GET or shown is None or bool(form and form.errors),
        "versions": [_line(row, request) for row in queries.plan_versions(dossier)],
    }
    return render(request, "plans/safety_plan.html", context, status=422 if form is not None and form.errors else 200)


@signed_in
@require_safe
def version(request: StaffRequest, dossier: UUID, number: int) -> HttpResponse:
    """Show an earlier version as it was."""
    opened(request, dossier)
    shown = queries.plan_version(dossier, number) if policy.may_see(request.actor, dossier) else None
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


def _form(request: StaffRequest, dossier: UUID, shown: queries.Version | None) -> SafetyPlanForm | None:
    if not policy.may_make(request.actor, dossier):
        return None
    today = local(request.now).date()
    initial: dict[str, Any] = {"after": 0, "language": language(), "carry": "not_asked", "review_on": today + REVIEW}
    if shown is not None:
        row = shown.row
        kept = {"language": row.language, "large": row.large, "carry": row.carry, "kept": row.kept}
        initial |= {"after": row.number, **kept, **initial_of(shown.items)}
    return SafetyPlanForm(request.POST if request.method == "POST" else None, today=today, initial=initial)


def _made(request: StaffRequest, dossier: UUID, form: SafetyPlanForm) -> bool:
    after = form.cleaned_data["after"]
    given: dict[str, Any] = {"draft": form.draft(), "after": after, "now": request.now}
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
