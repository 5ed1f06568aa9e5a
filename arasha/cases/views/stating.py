"""Who says what: facts, what the child said, allegations, opinions and findings, each with its source, none mixed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import actions, queries, rules
from arasha.cases.forms import RelateForm, StatementForm, StrikeForm
from arasha.cases.views import happening, presenting
from arasha.cases.views.frame import GET_POST, opened
from arasha.cases.views.presenting import language, moment
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.ui.rules.parts import Empty

SHORT = 80


def groups(found: list[queries.Stated], now: datetime | None) -> list[dict[str, Any]]:
    """Return statements by kind, in the order of the kinds; each kind that has none says so."""
    known = {one.row.pk: one for one in found}
    return [
        {
            "kind": kind.code,
            "title": kind.label(language())[:1].upper() + kind.label(language())[1:],
            "rows": [_row(one, known, now) for one in found if one.row.kind == kind.code],
        }
        for kind in rules.STATEMENT_KINDS
    ]


def _row(one: queries.Stated, known: dict[UUID, queries.Stated], now: datetime | None) -> dict[str, Any]:
    row = one.row
    heard = format_date(row.heard_on, language()) if row.heard_on else ""
    source = [rules.STATEMENT_SOURCES.label(row.source), one.who, rules.STATEMENT_WAYS.label(row.way), heard]
    sealed = row.kind == rules.CHILD and row.facet >= int(Facet.REPORTER)
    struck = ""
    if row.struck_at:
        struck = f"{rules.STRIKE_REASONS.label(row.strike_reason)} · {moment(row.struck_at, now)}"
    return {
        "id": row.pk,
        "words": one.words,
        "sealed": sealed,
        "erased": one.words is None,
        "source": " · ".join(part for part in source if part),
        "by": f"{row.unit.name} · {moment(row.recorded_at, now)}",
        "struck": struck,
        "confirmed": [_short(known[pk]) for pk in one.confirmed if pk in known],
        "refuted": [_short(known[pk]) for pk in one.refuted if pk in known],
        "confirmed_elsewhere": sum(pk not in known for pk in one.confirmed),
        "refuted_elsewhere": sum(pk not in known for pk in one.refuted),
    }


def _short(one: queries.Stated) -> str:
    words = one.words or ""
    short = words if len(words) <= SHORT else f"{words[:SHORT]}…"
    return f"{rules.STATEMENT_KINDS.label(one.row.kind)}: {short}"


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def statements(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show who says what; write down another statement, join two, strike one."""
    opened(request, dossier)
    do = request.POST.get("do", "")
    if do in {"relate", "strike"}:
        return _done(request, dossier, do)
    form = _form(request, dossier)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _recorded(request, dossier, form):
            messages.success(request, _("Recorded."))
            return redirect("cases:statements", dossier=dossier)
    return _page(request, dossier, form)


def _page(request: StaffRequest, dossier: UUID, form: StatementForm | None, relate: Any = None) -> HttpResponse:
    found = queries.statements_of(dossier)
    others = [(str(one.row.pk), _short(one)) for one in found if one.row.struck_at is None]
    blocks = groups(found, request.now)
    by_id = {one.row.pk: one for one in found}
    for row in (row for block in blocks for row in block["rows"]):
        stated = by_id[row["id"]]
        if stated.row.struck_at is None and may_write(dossier, Facet(stated.row.facet)):
            mine = [other for other in others if other[0] != str(row["id"])]
            row["relate"] = _relating(row["id"], mine, relate)
            row["strike"] = StrikeForm(auto_id=f"id_{row['id']}_strike_%s")
    context = {
        "page_title": _("Who says what of what happened"),
        "page_meta": presenting.child_of(dossier),
        "tabs": presenting.tabs_named(dossier, "happened"),
        "parts": happening.parts_of(dossier, "statements"),
        "dossier": dossier,
        "groups": blocks,
        "any": bool(found),
        "form": form,
        "words_url": reverse("cases:hearing", kwargs={"dossier": dossier}),
        "nothing": Empty(
            _("No statement is written down that you may read"),
            _("Facts, allegations, opinions and findings stand here apart, each with who says it."),
        ),
    }
    wrong = (form is not None and form.is_bound and form.errors) or relate is not None
    return render(request, "cases/statements.html", context, status=422 if wrong else 200)


def _relating(pk: UUID, others: list[tuple[str, str]], sent: Any) -> RelateForm | None:
    if not others:
        return None
    auto = f"id_{pk}_%s"
    if sent is not None and sent.get("statement") == str(pk):
        form = RelateForm(sent, others=others, auto_id=auto)
        form.is_valid()
        return form
    return RelateForm(initial={"statement": pk}, others=others, auto_id=auto)


def _form(request: StaffRequest, dossier: UUID) -> StatementForm | None:
    """Return the form for who may write anything that is said, else None."""
    facets = (Facet.NARRATIVE, Facet.OBLIGATIONS, Facet.HEALTH, Facet.JUSTICE)
    if request.actor.unit_id is None or not any(may_write(dossier, facet) for facet in facets):
        return None
    sayings = [(str(one.row.pk), _saying(one, request.now)) for one in queries.words_of(dossier) if one.row.sealed]
    return StatementForm(
        request.POST if request.method == "POST" else None,
        initial={"incident": request.GET.get("incident", "")},
        today=local(request.now).date(),
        incidents=happening.choices_of(queries.incidents_of(dossier, struck=False)),
        sayings=sayings,
    )


def _saying(one: queries.Said, now: datetime) -> str:
    words = one.words or ""
    return f"{format_moment(one.row.said_at, language(), now)}: {words[:SHORT]}"


def _recorded(request: StaffRequest, dossier: UUID, form: StatementForm) -> bool:
    said = form.cleaned_data
    child = said["kind"] == rules.CHILD
    try:
        actions.record_statement(
            actor=request.actor,
            dossier=dossier,
            kind=said["kind"],
            source=said["source"],
            way=said["way"],
            words="" if child else said["words"],
            who="" if child else said["who"],
            heard_on=said["heard_on"],
            incident=UUID(said["incident"]) if said["incident"] else None,
            said=UUID(said["said"]) if child else None,
            now=request.now,
        )
    except actions.FileNotThere:
        raise Http404 from None
    except actions.MayNotWriteFindings:
        form.add_error(
            "source",
            _(
                "Findings of this source are written by who works on that part of the file."
                " Keep the paper under Documents, or write what it says as a fact from a document."
            ),
        )
        return False
    return True


def _done(request: StaffRequest, dossier: UUID, do: str) -> HttpResponse:
    """Join two statements or strike one. What is not typed right is shown again."""
    try:
        statement = UUID(request.POST.get("statement", ""))
        if statement not in {one.row.pk for one in queries.statements_of(dossier)}:
            raise Http404
        if do == "strike":
            form = StrikeForm(request.POST)
            if form.is_valid():
                reason = form.cleaned_data["reason"]
                actions.strike_statement(actor=request.actor, statement=statement, reason=reason, now=request.now)
            else:
                messages.warning(request, _("Say why it is struck."))
            return redirect("cases:statements", dossier=dossier)
        relation, other = request.POST.get("relation", ""), request.POST.get("other", "")
        if relation not in rules.STATEMENT_RELATIONS or not other:
            return _page(request, dossier, _fresh(request, dossier), relate=request.POST)
        actions.link_statements(
            actor=request.actor, statement=statement, other=UUID(other), relation=relation, now=request.now
        )
    except (ValueError, actions.FileNotThere):
        raise Http404 from None
    except actions.Struck:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("cases:statements", dossier=dossier)


def _fresh(request: StaffRequest, dossier: UUID) -> StatementForm:
    return StatementForm(
        today=local(request.now).date(),
        incidents=happening.choices_of(queries.incidents_of(dossier, struck=False)),
        sayings=[(str(one.row.pk), _saying(one, request.now)) for one in queries.words_of(dossier) if one.row.sealed],
    )
