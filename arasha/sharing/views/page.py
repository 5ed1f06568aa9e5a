"""A file's page: who reads what, why and until when; what was answered; taking back and ending."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.sharing import actions, policy, queries
from arasha.sharing.views import words
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show who reads a file, what was answered about it, and what was shared."""
    found(request, dossier)
    today = local(request.now).date()
    consents, shares = queries.consents(request.actor, dossier), queries.shares(request.actor, dossier)
    opened = queries.words_of([*consents, *shares])
    own_say, may_share = queries.own_say(dossier, today), policy.may_share(request.actor, dossier)
    running = {row.consent_id for row in shares if row.ended_at is None}
    answers = []
    for row in consents:
        carries = may_share and row.pk not in running and queries.may_carry(row, today, own_say=own_say)
        answers.append(words.consent(row, opened.get(row.pk), today) | {"carries": carries})
    context = {
        "page_title": _("Consent and sharing"),
        "before": before(dossier),
        "actions": _actions(request, dossier),
        "dossier": dossier,
        "readers": [words.reader(one) for one in queries.readers(dossier, request.now)],
        "answers": answers,
        "running": [words.share(row, opened.get(row.pk)) for row in shares if row.ended_at is None],
        "over": [words.share(row, opened.get(row.pk)) for row in shares if row.ended_at is not None],
        "left_over": queries.left_over(dossier, consents),
        "own_say": own_say,
        "may_record": policy.may_record(request.actor, dossier),
        "may_share": may_share,
        "may_end": policy.may_end(request.actor, dossier),
        "nothing": Empty(_("Nobody was asked yet"), _("What the child and the adults answer stands here.")),
    }
    return render(request, "sharing/of_file.html", context)


@signed_in
@require_POST
def withdraw(request: StaffRequest, dossier: UUID, consent: UUID) -> HttpResponse:
    """Write down that a consent was taken back."""
    found(request, dossier)
    step = lambda: actions.withdraw_consent(actor=request.actor, consent=consent, now=request.now)  # noqa: E731
    return _done(request, dossier, step, _("Recorded. Sharing on it has stopped, and the receivers are told."))


@signed_in
@require_POST
def share(request: StaffRequest, dossier: UUID, consent: UUID) -> HttpResponse:
    """Let a unit read what was agreed to."""
    found(request, dossier)
    step = lambda: actions.share_on_consent(actor=request.actor, consent=consent, now=request.now)  # noqa: E731
    return _done(request, dossier, step, _("Recorded. The unit is told that it may read."))


@signed_in
@require_POST
def end(request: StaffRequest, dossier: UUID, share: UUID) -> HttpResponse:
    """End a share whose purpose was reached."""
    found(request, dossier)
    step = lambda: actions.end_share(actor=request.actor, share=share, now=request.now)  # noqa: E731
    return _done(request, dossier, step, _("Recorded. The unit is told that it reads no further."))


def found(request: StaffRequest, dossier: UUID) -> None:
    """Note the look at a file whose page of sharing is there for the reader; else answer that there is none."""
    if not policy.may_see(dossier):
        raise Http404
    request.look(dossier)


def before(dossier: UUID, *, page: bool = False) -> list[Link]:
    """Return the way back."""
    there = [Link(_("The file"), cases.link(dossier))]
    return [*there, Link(_("Consent and sharing"), queries.link(dossier))] if page else there


def _done(request: StaffRequest, dossier: UUID, step: Callable[[], object], done: str) -> HttpResponse:
    try:
        step()
    except actions.NotThere:
        raise Http404 from None
    except actions.AlreadyEnded:
        messages.warning(request, _("A colleague was faster. Below is how it stands now."))
    except actions.CarriesNothing:
        messages.warning(request, _("Nothing can rest on this answer. See whether there is another ground."))
    except actions.UnitNotThere:
        messages.warning(request, _("This unit can’t be let in, or would read nothing of these parts."))
    else:
        messages.success(request, done)
    return redirect("sharing:of_file", dossier=dossier)


def _actions(request: StaffRequest, dossier: UUID) -> list[Any]:
    if not policy.may_record(request.actor, dossier):
        return []
    there = [Action(_("Write down an answer"), reverse("sharing:consent", args=[dossier]))]
    if policy.may_share(request.actor, dossier):
        there.append(Action(_("Share without consent"), reverse("sharing:without", args=[dossier]), "secondary"))
    return [*there, Action(_("Page for the family"), reverse("sharing:paper", args=[dossier]), "secondary")]
