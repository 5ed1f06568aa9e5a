"""Silences of a file, with muting them, and how one is told wherever it stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases.rules import RISKS
from arasha.coordination import actions, policy, queries
from arasha.coordination.forms.silence import MuteForm
from arasha.coordination.models import Silence
from arasha.coordination.rules import watching as rules
from arasha.coordination.views import looking, presenting
from arasha.coordination.views.presenting import language
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.ui.rules.parts import Empty, State

SHOWN = 10


@signed_in
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show what nobody does in a file, and let who answers for it mute one with a reason and a day."""
    page = queries.file_head(request.actor, dossier)
    if page is None:
        raise Http404
    request.look(dossier)
    rows = queries.silences_of(dossier)
    form = _form(request, rows)
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _muted(request, form):
            return redirect("coordination:silences_of", dossier=dossier)
    awake = [one for one in rows if not asleep(one.row, request)]
    level = queries.level_of(dossier)
    context = {
        "page_title": title(len(awake)),
        "page_meta": presenting.meta(page, request.now),
        "tabs": looking.tabs_of(dossier, "silences"),
        "rows": [_line(one, request, level) for one in rows],
        "form": form,
        "nothing": Empty(
            _("Nobody is silent here"), _("What nobody does for longer than may be at this risk comes here by itself.")
        ),
    }
    return render(request, "coordination/silences.html", context, status=422 if form and form.errors else 200)


def most_pressing(request: StaffRequest) -> dict[str, Any]:
    """Return what my work shows of silences: the most pressing, and how many there are."""
    found = queries.lasting(request.actor, local(request.now).date())
    rows = list(found[: SHOWN + 1])
    return {"silences": lines(rows[:SHOWN], request), "silences_more": len(rows) > SHOWN}


def of_head(rows: list[Silence], request: StaffRequest) -> list[dict[str, Any]]:
    """Return the silences that a file's page shows on top: those that last and are not muted."""
    awake = [row for row in rows if row.ended_at is None and not asleep(row, request)]
    level = queries.level_of(awake[0].dossier_id) if awake else ""
    return [_line(queries.SilenceRead(row, None), request, level) for row in awake]


def asleep(row: Silence, request: StaffRequest) -> bool:
    """Say whether a silence is muted now."""
    return row.muted_until is not None and row.muted_until > local(request.now).date()


def title(n: int) -> str:
    """Say the situation in one sentence."""
    if not n:
        return _("No silence lasts")
    return ngettext("%(n)s silence lasts", "%(n)s silences last", n) % {"n": n}


def level_words(level: str) -> str:
    """Return a level of risk in words; nothing where the reader may not know it."""
    if level == "none":
        return _("risk not judged")
    return RISKS.label(level) if level in RISKS else ""


def lines(rows: list[Silence], request: StaffRequest) -> list[dict[str, Any]]:
    """Return silences of several files as a list tells them, each with its child."""
    known = queries.matters([row.dossier_id for row in rows])
    return [
        _line(queries.SilenceRead(row, None), request, getattr(row, "level", None) or "")
        | {"child": presenting.child(known[row.dossier_id])}
        for row in rows
    ]


def _form(request: StaffRequest, rows: list[queries.SilenceRead]) -> MuteForm | None:
    level = queries.level_of(rows[0].row.dossier_id) if rows else ""
    mutable = [one.row for one in rows if policy.may_mute(request.actor, one.row, level)]
    if not mutable:
        return None
    choices = [(str(row.pk), rules.SILENCES.label(row.rule)) for row in mutable]
    return MuteForm(request.POST if request.method == "POST" else None, choices=choices)


def _muted(request: StaffRequest, form: MuteForm) -> bool:
    got = form.cleaned_data
    said = {"reason": got["reason"], "words": got["words"], "until": got["until"]}
    try:
        actions.mute_silence(actor=request.actor, silence=UUID(got["silence"]), now=request.now, **said)
    except rules.MuteFaulty as fault:
        form.show_fault(fault)
    except actions.SilenceNotThere:
        form.add_error(None, _("It has ended meanwhile, or is not yours to mute."))
    else:
        messages.success(request, _("Muted until that day. If it lasts, it comes back by itself."))
    return not form.errors


def _line(one: queries.SilenceRead, request: StaffRequest, level: str) -> dict[str, Any]:
    row, n = one.row, rules.days(one.row.since, request.now)
    words = ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    until = format_date(row.muted_until, language()) if row.muted_until and asleep(row, request) else ""
    return {
        "what": rules.SILENCES.label(row.rule),
        "url": queries.silences_link(row.dossier_id),
        "state": State("suspended" if until else "late" if level in rules.URGENT else "wait", words),
        "level": level_words(level),
        "muted": _("muted until %(day)s") % {"day": until} if until else "",
        "why": rules.MUTES.label(row.mute_reason) if until and row.mute_reason in rules.MUTES else "",
        "by": row.muted_by.name if until and row.muted_by else "",
        "words": one.words if until else None,
    }
