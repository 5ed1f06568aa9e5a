"""The page "Forms" of a file: what is half written, what was handed in, what may be begun; and one form on paper."""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from arasha.coordination import actions, policy, queries, rules
from arasha.coordination.views import looking, paper, presenting
from arasha.coordination.views.presenting import language
from arasha.kernel.access.actions import TooManyToday
from arasha.kernel.access.door import BudgetSpent, StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import signature
from arasha.kernel.access.rules import Refused
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.questionnaires.queries import InForce
from arasha.questionnaires.rules.codes import WITHDRAWALS
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def forms(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List a file's forms as far as the reader's facets reach: nothing tells of what lies beyond them."""
    page = queries.file_head(request.actor, dossier)
    if page is None:
        raise Http404
    request.look(dossier)
    found = queries.file_forms(request.actor, page.dossiers, request.now)
    for facet in found.sealed:
        request.look(dossier, kind="facet", facet=facet)
    context = {
        "page_title": _title(found),
        "page_meta": presenting.meta(page, request.now),
        "tabs": looking.tabs_of(dossier, "forms"),
        "dossier": dossier,
        "drafts": [_draft(one, request) for one in found.drafts],
        "handed_in": [_chain(chain, request.now) for chain in found.handed_in],
        "kinds": _kinds(found.offered),
        "nothing": Empty(
            _("No form was handed in yet"), _("What is handed in stands here, with its earlier versions.")
        ),
        "none_offered": Empty(
            _("There is no form here for your unit to fill in"),
            _("A form is offered to whoever may write in the part of the file under which its answers lie."),
        ),
    }
    return render(request, "coordination/forms.html", context)


def _title(found: queries.FileForms) -> str:
    """Say the situation in one sentence."""
    if found.drafts:
        words = ngettext("%(n)s form is half written", "%(n)s forms are half written", len(found.drafts))
        return words % {"n": len(found.drafts)}
    if found.handed_in:
        n = len(found.handed_in)
        return ngettext("%(n)s form was handed in", "%(n)s forms were handed in", n) % {"n": n}
    return _("Forms of this file")


def _draft(one: queries.Filled, request: StaffRequest) -> dict[str, Any]:
    writes = one.own and policy.may_fill_in(request.actor, one.row.dossier_id, one.about.facet)
    return {
        "title": one.about.titled(language()),
        "url": queries.filled_link(one.row.pk) if writes else "",
        "corrects": one.row.supersedes_id is not None,
        "who": f"{one.row.unit.name}, {one.by}" if one.by else one.row.unit.name,
        "at": format_moment(one.at, language(), request.now),
        "notes": notes(one),
    }


def notes(one: queries.Filled) -> list[str]:
    """Say what became of a form since it was begun."""
    if one.in_force is None:
        return [_("This form is not in force any more.")]
    if not one.replaced:
        return []
    return [_("A newer version of this form is in force (%(number)s).") % {"number": one.in_force.number}]


def _chain(chain: list[queries.Filled], now: datetime) -> dict[str, Any]:
    return {"title": chain[0].about.titled(language()), "rows": [line(one, now) for one in chain]}


def line(one: queries.Filled, now: datetime) -> dict[str, Any]:
    """Return one form that was handed in as a line of a list."""
    return {
        "url": queries.filled_link(one.row.pk),
        "at": format_moment(one.at, language(), now),
        "who": f"{one.row.unit.name}, {one.by}" if one.by else one.row.unit.name,
        "version": _("version %(number)s") % {"number": one.row.version.number},
        "state": one.row.state,
        "words": state_words(one),
        "notes": notes(one) if one.row.state == "submitted" else [],
    }


def state_words(one: queries.Filled) -> str:
    """Say whether what was handed in still counts; nothing where it does."""
    if one.row.state == "corrected":
        return _("a correction took its place")
    if one.row.state == "withdrawn":
        return _("withdrawn: %(why)s") % {"why": WITHDRAWALS.label(one.row.reason)}
    return ""


def _kinds(offered: list[InForce]) -> list[dict[str, Any]]:
    """Return the forms that may be begun, kind by kind."""
    return [
        {"title": _kind(kind), "forms": [_offered(one) for one in rows]}
        for kind, rows in groupby(offered, key=lambda one: one.about.kind)
    ]


def _kind(kind: str) -> str:
    return rules.FORM_KINDS.label(kind) if kind in rules.FORM_KINDS else _("Other forms")


def _offered(one: InForce) -> dict[str, Any]:
    purpose = one.about.purpose
    return {
        "code": one.code,
        "title": one.about.titled(language()),
        "purpose": purpose.get(language()) or purpose.get("kk", ""),
        "unchecked": not one.about.verified_by,
    }


@signed_in
@require_POST
def begin(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Begin to fill in one of the forms that are offered."""
    if queries.file_head(request.actor, dossier) is None:
        raise Http404
    request.look(dossier)
    code = request.POST.get("form", "")
    try:
        row = actions.begin_form(actor=request.actor, dossier=dossier, code=code, language=language(), now=request.now)
    except actions.FormNotOffered:
        messages.warning(request, _("This form can’t be begun here any more. Those below can."))
        return redirect(queries.forms_link(dossier))
    return redirect(queries.filled_link(row.pk))


@signed_in
@sensitive_variables()
@require_POST
def take(request: StaffRequest, response: UUID) -> HttpResponse:
    """Give one form out as a PDF, without what its author marked as not to be printed."""
    found = queries.filled(request.actor, response, request.now)
    if found is None:
        raise Http404
    printed = paper.filled(found, request.now, signature(request.actor))
    if printed is None:
        raise Http404
    try:
        actions.print_form(actor=request.actor, response=response, now=request.now)
    except Refused:
        raise Http404 from None
    except TooManyToday:
        raise BudgetSpent from None
    return paper.answer(*printed)
