"""What a child may be entitled to: what each rule answers and why, what to find out, what was decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.law.queries import ActAt, acts
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import DecideForm, FactsForm
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import capital, language, opened, said, source_words, tabs

# The shape with which an answer is drawn, of those that an obligation has.
SHAPES = {"met": "met", "not_met": "open", "unknown": "wait"}


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def eligibility(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show each rule with its answer; take what was found out, or a decision."""
    opened(request, dossier)
    if not policy.may_see_whole(request.actor, dossier):
        raise Http404
    writes = policy.may_make_whole(request.actor, dossier)
    sent: forms.Form | None = None
    if request.method == "POST":
        if not writes:
            raise Http404
        sent = _stated(request, dossier) if "facts" in request.POST else _decided(request, dossier)
        if not sent.errors:
            messages.success(request, _("Recorded."))
            return redirect("plans:eligibility", dossier=dossier)
    weighed = queries.weighed_rules(dossier, request.now)
    told, stated, answered = queries.decisions_of(dossier), queries.stated_of(dossier), queries.answered_of(dossier)
    cited = _acts(weighed, request.now)
    codes = _asked(weighed, stated, answered)
    context = {
        "page_title": _("What the child may be entitled to"),
        "page_meta": child_of(dossier),
        "tabs": tabs(dossier, "eligibility"),
        "rules": [_rule(one, told, cited, request, sent if writes else None, writes=writes) for one in weighed],
        "asked": _facts_form(codes, sent) if writes and codes else None,
        "stated": [stated_line(code, one, request.now) for code, one in stated.items()],
        "answered": [answered_line(code, one, request.now) for code, one in answered.items()],
    }
    return render(request, "plans/eligibility.html", context, status=422 if sent is not None else 200)


def _stated(request: StaffRequest, dossier: UUID) -> forms.Form:
    """Keep each fact that holds, one act each; what does not is shown at its field and keeps nothing else back."""
    form = FactsForm(request.POST, asked=sorted(rules.BY_HAND))
    form.is_valid()
    values = form.values()
    try:
        for fact, value in values.items():
            actions.state_fact(actor=request.actor, dossier=dossier, fact=fact, value=value, now=request.now)
    except (actions.FactDoesNotFit, actions.FileNotThere):
        raise Http404 from None
    if form.errors and values:
        words = _("Recorded: %(facts)s. What could not be read stands below.")
        messages.success(request, words % {"facts": "; ".join(rules.FACTS.label(fact) for fact in values)})
    elif not form.errors and not values:
        form.add_error(None, _("Nothing was filled in."))
    form.leave_only_faulty()
    return form


def _decided(request: StaffRequest, dossier: UUID) -> forms.Form:
    code = request.POST.get("rule", "")
    if code not in {rule.code for rule in rules.eligibility_rules()}:
        raise Http404
    form = DecideForm(request.POST, rule=code, today=local(request.now).date())
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("rule", "decided_by", "decided_on", "reason", "words")}
        entitled = form.cleaned_data["entitled"] == "yes"
        try:
            actions.decide_eligibility(
                actor=request.actor, dossier=dossier, entitled=entitled, now=request.now, **given
            )
        except actions.OverruleReasonMissing:
            form.add_error("reason", _("The rule answers otherwise, or does not know. Say why."))
        except actions.FileNotThere:
            raise Http404 from None
    return form


def _rule(
    one: queries.WeighedRule,
    told: list[queries.Told],
    cited: dict[str, ActAt],
    request: StaffRequest,
    sent: forms.Form | None,
    *,
    writes: bool,
) -> dict[str, Any]:
    """Return one rule as the page shows it."""
    rule, outcome = one.rule, one.decision.outcome
    form = None
    if writes:
        mine = isinstance(sent, DecideForm) and sent.data.get("rule") == rule.code
        form = sent if mine else DecideForm(rule=rule.code, today=local(request.now).date())
    return {
        "opens": said(rule.opens),
        "shape": SHAPES[outcome],
        "answer": answer(outcome),
        "lines": [_line(line, cited) for line in one.decision.lines],
        "missing": [rules.FACTS.label(code) for code in one.decision.missing],
        "decided_by": said(rule.decided_by),
        "note": said(rule.note),
        "since": format_date(rule.valid_from, language()),
        "version": rule.version,
        "unchecked": not rule.verified_by,
        "decisions": [_decision(row, rule, request.now) for row in told if row.row.rule == rule.code],
        "form": form,
        "open": form is not None and form is sent,
    }


def answer(outcome: str) -> str:
    """Return what a rule answers, in words."""
    return {
        "met": _("The conditions are met"),
        "not_met": _("The conditions are not met"),
        "unknown": _("Not known yet"),
    }[outcome]


def _line(line: rules.Line, cited: dict[str, ActAt]) -> dict[str, Any]:
    outcome = {"met": _("yes"), "not_met": _("no"), "unknown": _("to find out")}[line.outcome]
    if line.condition is None:
        words = _("All of these:") if line.kind == "all" else _("At least one of these:")
        return {"depth": line.depth, "words": words, "outcome": outcome, "shape": SHAPES[line.outcome], "basis": ""}
    basis = [f"{_name(one.act, cited)}: {one.point[language()]}" for one in line.condition.basis]
    return {
        "depth": line.depth,
        "words": said(line.condition.words),
        "outcome": outcome,
        "shape": SHAPES[line.outcome],
        "basis": "; ".join(basis),
    }


def _acts(weighed: list[queries.WeighedRule], now: datetime) -> dict[str, ActAt]:
    keys = {one.act for rule in weighed for found in rules.conditions(rule.rule.when) for one in found.basis}
    return acts(sorted(keys), now)


def _name(key: str, cited: dict[str, ActAt]) -> str:
    return cited[key].names[language()] if key in cited else key


def _asked(
    weighed: list[queries.WeighedRule], stated: dict[str, queries.Stated], answered: dict[str, queries.Answered]
) -> list[str]:
    """Return the facts that a person writes down: what keeps an answer open first, then what was stated before.

    What a form says is asked of nobody again, unless somebody wrote down something else.
    """
    missing = [code for one in weighed for code in one.decision.missing]
    wanted = [code for code in dict.fromkeys([*missing, *stated]) if code in rules.BY_HAND]
    return [code for code in wanted if code not in answered or answered[code].differs or code in stated]


def _facts_form(codes: list[str], sent: forms.Form | None) -> FactsForm:
    """Return the form with the facts asked for; with what could not be kept, where it was sent."""
    if not isinstance(sent, FactsForm):
        return FactsForm(asked=codes)
    faulty = [name.removeprefix("fact_") for name in sent.errors if name.startswith("fact_")]
    shown = list(dict.fromkeys([*faulty, *codes]))
    form = FactsForm(sent.data, asked=shown)
    for error in sent.non_field_errors():
        form.add_error(None, error)
    return form


def stated_line(code: str, one: queries.Stated, now: datetime) -> dict[str, Any]:
    """Return what was written down by hand as a line, with what stood before it."""
    value = one.row
    said_so = {"yes": _("yes"), "no": _("no")}.get(value.code, str(value.number))
    who = " · ".join(
        part for part in (value.unit.name, one.who, format_moment(value.stated_at, language(), now)) if part
    )
    before = [stated_line(code, earlier, now) for earlier in one.before if earlier.fact != one.fact]
    return {"words": rules.FACTS.label(code), "value": said_so, "who": who, "before": before}


def answered_line(code: str, one: queries.Answered, now: datetime) -> dict[str, Any]:
    """Return what a form says as a line: the value, and from where it is known."""
    return {
        "words": rules.FACTS.label(code),
        "value": value_of(one.fact),
        "who": source_words(one.source, now),
        "differs": one.differs,
        "open": one.fact.highest is not None and one.fact.highest != one.fact.number,
    }


def value_of(fact: rules.Fact) -> str:
    """Return a fact that a form says, in words: yes, no, a number or between which two, kinds of cruel treatment."""
    if fact.number is not None:
        most = fact.number if fact.highest is None else fact.highest
        return str(fact.number) if most == fact.number else f"{fact.number}–{most}"
    plain = {"yes": _("yes"), "no": _("no")}
    kinds = [row.code for row in rules.CRUEL_KINDS if row.code in fact.codes]
    return ", ".join(
        [plain[code] for code in plain if code in fact.codes] + [rules.CRUEL_KINDS.label(c) for c in kinds]
    )


def _decision(told: queries.Told, rule: rules.Eligibility, now: datetime) -> dict[str, Any]:
    row = told.row
    decision = _("the child is entitled") if row.entitled else _("the child is not entitled")
    return {
        "decision": capital(decision),
        "by": rules.DECIDERS.label(row.decided_by),
        "on": format_date(row.decided_on, language()),
        "answer": answer(row.answer),
        "reason": rules.OVERRULES.label(row.reason) if row.reason else "",
        "words": told.words,
        "who": " · ".join(
            part for part in (row.unit.name, told.who, format_moment(row.recorded_at, language(), now)) if part
        ),
        "changed": row.version != rule.version,
    }
