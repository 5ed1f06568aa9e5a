"""A worker's side of the talk with a teller: who waits, what they wrote, and the answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from arasha.doors import actions, policy, queries, rules
from arasha.evidence.queries import exhibits
from arasha.evidence.queries import link as files_of
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_ago, format_moment
from arasha.signals.queries import by_dossier
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty


class AnswerForm(forms.Form):
    """The answer to a teller."""

    words = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=rules.MOST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "true"}),
        error_messages={"required": gettext_lazy("Write an answer first.")},
    )


@signed_in
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """List the tellers who wait for an answer of this unit, the longest first."""
    found = queries.waiting_tellers(request.actor)
    signals = by_dossier(request.actor, [one.dossier for one in found])
    title = ngettext("%(n)s teller waits for an answer", "%(n)s tellers wait for an answer", len(found))
    context = {
        "page_title": title % {"n": len(found)} if found else _("Nobody waits for an answer"),
        "rows": [_row(one, signals.get(one.dossier), request.now) for one in found],
        "nothing": Empty(
            _("Everybody who told was answered"), _("Whoever tells or writes again over a code stands here.")
        ),
    }
    return render(request, "doors/waiting.html", context)


def _row(one: queries.Waiting, signal: Any, now: datetime) -> dict[str, Any]:
    return {
        "url": queries.link(one.dossier),
        "called": (signal.child_called if signal else "") or _("A child without a name"),
        "tonight": signal is not None and signal.urgency == "tonight",
        "since": format_ago(now - one.since, _language()),
    }


@signed_in
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show what was said over a code, and take the answer."""
    if not policy.may_read_talk(request.actor, dossier):
        raise Http404
    request.look(dossier)
    may_answer = policy.may_answer(request.actor, dossier)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may_answer:
            raise Http404
        if form.is_valid() and _answered(request, dossier, form):
            messages.success(request, _("The answer lies ready. The teller reads it with their code."))
            return redirect("tellers:talk", dossier=dossier)
    return _page(request, dossier, form, may_answer=may_answer)


def _answered(request: StaffRequest, dossier: UUID, form: forms.Form) -> bool:
    words = form.cleaned_data["words"]
    try:
        actions.answer_teller(actor=request.actor, dossier=dossier, words=words, now=request.now)
    except actions.NothingWritten:
        form.add_error("words", _("Write an answer first."))
    except actions.CannotBeAnswered:
        form.add_error(None, _("The teller changed or forgot the code a moment ago. Your words were not sent."))
    except policy.NotAllowed:
        raise Http404 from None
    return not form.errors


@sensitive_variables()
def _page(request: StaffRequest, dossier: UUID, form: forms.Form, *, may_answer: bool) -> HttpResponse:
    found = queries.talk_of(dossier)
    signal = by_dossier(request.actor, [dossier]).get(dossier)
    if signal is None:
        raise Http404
    context = {
        "page_title": _("Answer the teller"),
        "page_meta": signal.child_called,
        "tabs": [Link(_("The file"), f"/files/{dossier}/"), Link(_("Tellers"), reverse("tellers:waiting"))],
        "said": [_said(one, request.now) for one in found.said],
        "answerable": found.mailbox is not None,
        "may_answer": may_answer and found.mailbox is not None,
        "form": form,
        "most": rules.MOST_ANSWER,
        "files": len(exhibits(request.actor, dossier)),
        "checking": queries.files_waiting(dossier),
        "files_url": files_of(dossier),
    }
    return render(request, "doors/talk.html", context, status=422 if form.is_bound and form.errors else 200)


def _said(one: queries.Said, now: datetime) -> dict[str, Any]:
    return {
        "of_teller": one.of_teller,
        "words": (one.words or _("Sent files without words.")) if one.words is not None else _("Lawfully erased."),
        "by": " · ".join(part for part in (one.by, one.unit) if part),
        "at": format_moment(local(one.at), _language(), now),
    }


def _language() -> str:
    return get_language() or "kk"
