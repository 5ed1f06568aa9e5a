"""Judgements, concerns, the child's words, the household, documents: a list and a form on each page."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import actions, queries, rules
from arasha.cases.forms import ConcernForm, DecideForm, DocumentForm, HouseholdForm, SafetyForm, WordsForm
from arasha.cases.models import CaseDocument
from arasha.cases.views import presenting
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import attachment_headers, open_file
from arasha.kernel.vault.rules import FileRefused, VaultError, refusal_text

GET_POST = ["GET", "HEAD", "POST"]
Done = Callable[[Mapping[str, Any]], object]


def opened(request: StaffRequest, dossier: UUID) -> Dossier:
    """Return the file, with the look recorded. Raises Http404."""
    found = queries.file(request.actor, dossier)
    if found is None:
        raise Http404
    request.look(dossier)
    return found


def answered(request: StaffRequest, found: Dossier, subject: str, form: forms.Form | None, do: Done) -> HttpResponse:
    """Show a subject's page, or do what its form asks and show it again."""
    if request.method == "POST":
        if form is None:  # nothing may be written here
            raise Http404
        if form.is_valid():
            try:
                do(form.cleaned_data)
            except actions.FileNotThere:
                raise Http404 from None
            messages.success(request, _("Recorded."))
            return redirect(f"cases:{subject}", dossier=found.pk)
    return shown(request, found, subject, form)


def shown(
    request: StaffRequest, found: Dossier, subject: str, form: forms.Form | None, *, status: int = 0, **more: Any
) -> HttpResponse:
    """Render a subject's page."""
    context = presenting.SUBJECTS[subject].page(found.pk, request.now) | {
        "page_title": presenting.SUBJECTS[subject].title(),
        "page_meta": presenting.child_of(found.pk),
        "tabs": presenting.tabs(found, subject),
        "dossier": found.pk,
        "form": form,
        **more,
    }
    wrong = form is not None and form.is_bound and bool(form.errors)
    return render(request, f"cases/{subject}.html", context, status=status or (422 if wrong else 200))


def _form(request: StaffRequest, found: Dossier, facet: Facet, kind: Any, **given: Any) -> Any:
    """Return the subject's form for who may write the facet, else None."""
    if request.actor.unit_id is None or not may_write(found.pk, facet):
        return None
    sent = request.method == "POST"
    if kind is DocumentForm:
        given["files"] = request.FILES if sent else None
    return kind(request.POST if sent else None, **given)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def safety(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show who judged the child's safety and how; judge it anew."""
    found = opened(request, dossier)
    form = _form(request, found, Facet.OBLIGATIONS, SafetyForm, now=request.now)

    def judge(said: Mapping[str, Any]) -> None:
        actions.judge_safety(
            actor=request.actor,
            dossier=dossier,
            state=said["state"],
            where=said["where"],
            seen=said["seen"],
            seen_at=said["seen_at"],
            why=said["why"],
            again_by=said["again_by"],
            now=request.now,
        )

    return answered(request, found, "safety", form, judge)


@signed_in
@require_http_methods(GET_POST)
def concerns(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show what worries; name another concern, or say that one is no more."""
    found = opened(request, dossier)
    ended = _uuid(request.POST.get("ended", ""))
    if request.method == "POST" and "ended" in request.POST:
        try:
            if ended is None:
                raise actions.FileNotThere
            actions.end_concern(actor=request.actor, dossier=dossier, concern=ended, now=request.now)
        except actions.FileNotThere:
            raise Http404 from None
        return redirect("cases:concerns", dossier=dossier)
    form = _form(request, found, Facet.CONCERN, ConcernForm)

    def name(said: Mapping[str, Any]) -> None:
        actions.name_concern(
            actor=request.actor,
            dossier=dossier,
            code=said["code"],
            setting=said["setting"],
            since=said["since"],
            precision=said["precision"] or "unknown",
            now=request.now,
        )

    return answered(request, found, "concerns", form, name)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def words(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show what the child already said, and to whom, before anybody asks again; keep what was said."""
    found = opened(request, dossier)
    form = _form(request, found, Facet.OBLIGATIONS, WordsForm, now=request.now)

    def keep(said: Mapping[str, Any]) -> None:
        actions.keep_words(
            actor=request.actor,
            dossier=dossier,
            how=said["how"],
            where=said["where"],
            said_at=said["moment"],
            words=said["words"],
            now=request.now,
        )

    return answered(request, found, "words", form, keep)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def household(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the other children of the household; name another, or decide on one."""
    found = opened(request, dossier)
    if request.method == "POST" and "child" in request.POST:
        return _decide(request, found)
    form = _form(request, found, Facet.IDENTITY, HouseholdForm)

    def name(said: Mapping[str, Any]) -> None:
        actions.name_household_child(
            actor=request.actor,
            dossier=dossier,
            called=said["called"],
            age=said["age"],
            sex=said["sex"],
            now=request.now,
        )

    return answered(request, found, "household", form, name)


def _decide(request: StaffRequest, found: Dossier) -> HttpResponse:
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["reason"]
    decision = rules.HOUSEHOLD_REASONS[reason].more["decision"]
    child = form.cleaned_data["child"]
    try:
        actions.decide_household_child(
            actor=request.actor, dossier=found.pk, child=child, decision=decision, reason=reason, now=request.now
        )
    except actions.FileNotThere:
        raise Http404 from None
    except actions.DecidedBefore:
        messages.warning(request, _("This was done already, by you or a colleague."))
    return redirect("cases:household", dossier=found.pk)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def documents(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the documents of the file; keep another, or give one out."""
    found = opened(request, dossier)
    if request.method == "POST" and "open" in request.POST:
        return _given_out(queries.document(dossier, _uuid(request.POST["open"]) or dossier))
    form = _form(request, found, Facet.PLAN, DocumentForm)
    if request.method == "POST" and form is not None and form.is_valid():
        upload = form.cleaned_data["document"]
        kind = form.cleaned_data["kind"]
        try:
            actions.keep_document(
                actor=request.actor, dossier=dossier, kind=kind, stream=upload, name=upload.name, now=request.now
            )
        except FileRefused as refused:
            form.add_error("document", refusal_text(refused.code))
            return shown(request, found, "documents", form)
        except actions.FileNotThere:
            form.add_error("kind", _("Your unit may not keep documents of this kind here."))
            return shown(request, found, "documents", form)
        messages.success(request, _("Recorded."))
        return redirect("cases:documents", dossier=dossier)
    if request.method == "POST" and form is None:
        raise Http404
    return shown(request, found, "documents", form)


def _given_out(found: CaseDocument | None) -> HttpResponse:
    """Give a document out, saved and not shown."""
    if found is None:
        raise Http404
    try:
        content = b"".join(open_file(found.kept))
    except VaultError:
        raise Http404 from None
    return HttpResponse(content, headers=attachment_headers(found.kept))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
