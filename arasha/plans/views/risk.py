"""How likely harm is: what the rules suggest, what was chosen and why, by when somebody answers it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import actions as cases
from arasha.cases import queries, rules
from arasha.cases.models import RiskJudgement
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_read, may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.obligations.queries import link as duty_link
from arasha.plans import actions
from arasha.plans.forms import RiskForm
from arasha.plans.queries import Weighing, answers_owed, weighing
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import capital, language, opened, source_words, tabs


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def risk(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show how likely harm was judged to be and what the rules suggest now; judge it anew."""
    opened(request, dossier)
    if not may_read(dossier, Facet.CONCERN):
        raise Http404
    last = queries.risk_of(dossier)
    form = _form(request, dossier, last)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _judged(request, dossier, form):
            messages.success(request, _("Recorded."))
            return redirect("plans:risk", dossier=dossier)
    context = {
        "page_title": _("Risk of harm"),
        "page_meta": child_of(dossier),
        "tabs": tabs(dossier, "risk"),
        "form": form,
        **_now(dossier, request.now),
        "history": [_shown(one, request.now) for one in queries.risk_history(dossier)],
    }
    return render(request, "plans/risk.html", context, status=422 if form is not None and form.errors else 200)


def _form(request: StaffRequest, dossier: UUID, last: RiskJudgement | None) -> RiskForm | None:
    if request.actor.unit_id is None or not may_write(dossier, Facet.CONCERN):
        return None
    return RiskForm(
        request.POST if request.method == "POST" else None,
        today=local(request.now).date(),
        last=last.level if last else "",
        seen=last is None or queries.seen_alone_since(dossier, last.judged_at),
        initial={"over": last.pk if last else None},
    )


def _judged(request: StaffRequest, dossier: UUID, form: RiskForm) -> bool:
    """Judge as the form says; what the rules ask for besides becomes an error at its field. Raises Http404."""
    names = ("level", "reasons", "words", "override", "unseen", "again_on", "over")
    said = rules.RiskSaid(**{name: form.cleaned_data[name] for name in names})
    try:
        actions.judge_risk(actor=request.actor, dossier=dossier, said=said, now=request.now)
    except rules.ReasonMissing as missing:
        words = _("With what is known the rules suggest: %(level)s. Say why you choose a lower level.")
        form.add_error("override", words % {"level": rules.RISKS.label(missing.suggested)})
    except cases.ReviewTooLate as late:
        words = _("Risk of this level is judged again by %(day)s at the latest.")
        form.add_error("again_on", words % {"day": format_date(late.latest, language())})
    except cases.JudgedMeanwhile:
        newest = queries.risk_of(dossier)
        form.look_again(newest.pk if newest else dossier)
    except actions.FileNotThere:
        raise Http404 from None
    return not form.errors


def _now(dossier: UUID, now: datetime) -> dict[str, Any]:
    """Return what stands now: the last level, by when it is answered, and what the rules suggest by what is known."""
    today, last = local(now).date(), queries.risk_of(dossier)
    facts = queries.risk_facts(dossier, now, last.reasons if last else ())
    forms = weighing(dossier, now)
    things = [*queries.incidents_weighed(dossier, now), *(one.facts for one in forms)]
    suggestion = rules.suggest(facts, today, things=things)
    owed = answers_owed(dossier)
    context: dict[str, Any] = {
        "suggested": capital(rules.RISKS.label(suggestion.level)) if suggestion.level else "",
        "grounds": [ground(rule, suggestion) for rule in suggestion.grounds],
        "points": suggestion.points,
        "unchecked": not all(rule.verified_by for rule in suggestion.grounds),
        "forms": [_form_line(one, now) for one in forms],
        "owed": [{"url": duty_link(row.pk), "due": row.due_now, "late": row.due_now < now} for row in owed],
        "injuries": _injuries(dossier, now, facts, things, suggestion),
    }
    return context | {"last": _level(last, today) if last else None}


def _form_line(one: Weighing, now: datetime) -> dict[str, Any]:
    return {"words": source_words(one.source, now), "old": one.old}


def _injuries(
    dossier: UUID, now: datetime, facts: rules.Facts, things: list[rules.Facts], without: rules.Suggestion
) -> dict[str, Any] | None:
    """Return what injuries add, for who reads health; a judgement, which others read, is never made of it."""
    if not may_read(dossier, Facet.HEALTH):
        return None
    today = local(now).date()
    known = rules.suggest(facts, today, things=[*things, *queries.injuries_weighed(dossier, now)])
    added = [rule for rule in known.grounds if rule not in without.grounds]
    if not added:
        return None
    level = known.level if known.level and known.level != without.level else ""
    return {
        "grounds": [ground(rule, known) for rule in added],
        "level": capital(rules.RISKS.label(level)) if level else "",
    }


def _level(row: RiskJudgement, today: date) -> dict[str, Any]:
    return {
        "level": capital(rules.RISKS.label(row.level)),
        "respond_by": row.respond_by,
        "again": format_date(row.again_on, language()),
        "late": row.again_on < today,
    }


def ground(rule: rules.RiskRule, suggestion: rules.Suggestion) -> dict[str, Any]:
    """Return one rule that holds as a line: its sentence, and what it does."""
    does = _("adds %(n)s") % {"n": rule.points} if rule.points >= 0 else _("takes away %(n)s") % {"n": -rule.points}
    if rule.floor:
        does = _("at least: %(level)s") % {"level": rules.RISKS.label(rule.floor)}
    elif not rule.points:
        does = ""
    return {"words": rule.words.label(language()), "does": does, "decides": rule is suggestion.floor}


def _shown(one: queries.RiskShown, now: datetime) -> dict[str, Any]:
    row = one.row
    who = " · ".join(part for part in (row.unit.name, one.who, format_moment(row.judged_at, language(), now)) if part)
    return {
        "level": capital(rules.RISKS.label(row.level)),
        "suggested": rules.RISKS.label(row.suggested) if row.suggested else "",
        "override": rules.OVERRIDES.label(row.override) if row.override else "",
        "unseen": rules.UNSEEN.label(row.unseen) if row.unseen else "",
        "reasons": [rules.RISK_REASONS.label(code) for code in row.reasons],
        "grounds": _grounds_then(row.grounds),
        "why": one.why,
        "who": who,
        "again": format_date(row.again_on, language()),
    }


def _grounds_then(kept: list[str]) -> list[str]:
    """Return the sentences of the rules that held then, as their versions say them; none of a line that is gone."""
    sentences = {rule.key: rule.words.label(language()) for rule in rules.risk_rules()}
    return [sentences[key] for key in kept if key in sentences]
