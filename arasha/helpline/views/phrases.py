"""The phrase library: put into a message, added, changed, retired."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.helpline import actions, policy, queries, rules
from arasha.helpline.forms import PhraseForm
from arasha.helpline.models import PhraseVersion
from arasha.helpline.policy import ANSWER
from arasha.helpline.queries.phrases import Ready
from arasha.helpline.rules.phrases import LONGEST, THEMES, PhraseWrong
from arasha.helpline.views import console, doing, panel, showing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_moment

WRONG: dict[str, Callable[[], str]] = {
    "key": lambda: _("Letters and digits, with hyphens between them."),
    "taken": lambda: _("Another phrase has this key."),
    "missing": lambda: _("Write the phrase in this language, too: whoever answers may need it."),
    "long": lambda: _("At most %(n)s characters.") % {"n": LONGEST},
    "place": lambda: _("A phrase may leave open {helpline} and {time} alone. It has no place for a name."),
}
COUNTED = timedelta(days=30)


@may(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def library(request: StaffRequest) -> HttpResponse:
    """List the phrases that may be used, and add one."""
    form = PhraseForm(request.POST if request.method == "POST" else None)
    supervises = policy.may_supervise(request.actor)
    if form.is_valid():
        level = "unit" if request.POST.get("level") == "unit" and supervises else "own"
        said = form.cleaned_data
        given: dict[str, Any] = {"key": said["key"], "theme": said["theme"], "words": form.words()}
        try:
            actions.add_phrase(actor=request.actor, level=level, now=request.now, **given)
            messages.success(request, _("The phrase is ready to be used."))
            return redirect("helpline:phrases")
        except PhraseWrong as wrong:
            form.add_error(wrong.field, WRONG[wrong.code]())
    mine = set(queries.phrases_to_change(request.actor).values_list("pk", flat=True))
    uses = queries.phrase_uses(request.actor, local(request.now - COUNTED).date())
    context = {
        "page_title": _("Phrases"),
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "phrases"),
        "form": form,
        "rows": [_row(one, mine) for one in queries.phrases(request.actor)],
        "supervises": supervises,
        "uses": [(row.key, THEMES.label(row.theme), times) for row, times in uses],
    }
    return render(request, "helpline/phrases.html", context, status=422 if form.errors else 200)


def _row(one: Ready, mine: set[UUID]) -> dict[str, Any]:
    level = {"own": _("my own"), "unit": _("the helpline’s"), "country": _("the country’s")}[one.phrase.level]
    return {
        "key": one.phrase.key,
        "theme": THEMES.label(one.phrase.theme),
        "words": one.words.said(showing.language()),
        "level": level,
        "unverified": one.phrase.level == "country" and not one.phrase.verified_by,
        "url": reverse("helpline:phrase", args=[one.phrase.pk]) if one.phrase.pk in mine else "",
    }


@may(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def phrase(request: StaffRequest, phrase: UUID) -> HttpResponse:
    """Change one phrase; every earlier wording stands below."""
    row = queries.phrases_to_change(request.actor).filter(pk=phrase).first()
    if row is None:
        raise Http404
    past = queries.wordings(request.actor, phrase)
    form = PhraseForm(request.POST if request.method == "POST" else None, initial=_initial(row.key, row.theme, past[0]))
    form.fields["key"].disabled = True
    if form.is_valid():
        seen = request.POST.get("version", "")
        version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
        given: dict[str, Any] = {"theme": form.cleaned_data["theme"], "words": form.words(), "version": version}
        try:
            actions.change_phrase(actor=request.actor, phrase=phrase, now=request.now, **given)
            messages.success(request, _("The new wording is in use; the earlier ones are kept."))
            return redirect("helpline:phrases")
        except PhraseWrong as wrong:
            form.add_error(wrong.field, WRONG[wrong.code]())
        except actions.PhraseChanged:
            form.add_error(None, _("Somebody changed it meanwhile. Look at their wording below, then save again."))
    context = {
        "page_title": _("Phrase “%(key)s”") % {"key": row.key},
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "phrases"),
        "form": form,
        "row": row,
        "past": [(one.version, format_moment(local(one.at), showing.language(), request.now), one) for one in past],
    }
    return render(request, "helpline/phrase.html", context, status=422 if form.errors else 200)


def _initial(key: str, theme: str, last: PhraseVersion) -> dict[str, str]:
    return {"key": key, "theme": theme, "kk": last.words_kk, "ru": last.words_ru, "en": last.words_en}


@may(ANSWER)
@require_POST
def retire(request: StaffRequest, phrase: UUID) -> HttpResponse:
    """Use a phrase no more."""
    try:
        actions.retire_phrase(actor=request.actor, phrase=phrase, now=request.now)
    except actions.PhraseNotThere:
        raise Http404 from None
    messages.success(request, _("The phrase is not offered any more."))
    return redirect("helpline:phrases")


@may(ANSWER)
@require_safe
def found(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Renew the list of phrases while an operator types."""
    row = queries.contact(request.actor, contact)
    if row is None:
        raise Http404
    return render(request, "helpline/parts/phrase_list.html", {"ready": panel.phrase_list(request, row)})


@may(ANSWER)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def find(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Find phrases without a script: what was half written is kept first."""
    row = console.found(request, contact)
    doing._keep(request, row)
    return console.page(request, row, message=request.POST.get("message", ""))


@may(ANSWER)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def put(request: StaffRequest, contact: UUID, phrase: UUID) -> HttpResponse:
    """Put a phrase behind the message without a script."""
    row = console.found(request, contact)
    given: dict[str, Any] = {
        "language": panel.language(request, row),
        "form": console.half_written(request.POST),
        "message": request.POST.get("message", "")[: rules.MOST_WORDS],
    }
    try:
        actions.put_phrase(actor=request.actor, contact=contact, phrase=phrase, now=request.now, **given)
    except (actions.PhraseNotThere, policy.NotAllowed):
        raise Http404 from None
    except (actions.NotYours, actions.ContactEnded) as wrong:
        messages.error(request, doing.WRONG[type(wrong)]())
        return doing._again(request, contact)
    return redirect("helpline:contact", contact=contact)


@may(ANSWER)
@require_POST
def used(request: StaffRequest, contact: UUID, phrase: UUID) -> HttpResponse:
    """Count that a script put a phrase in."""
    try:
        actions.count_phrase(actor=request.actor, contact=contact, phrase=phrase, now=request.now)
    except (actions.PhraseNotThere, actions.ContactNotThere, policy.NotAllowed):
        raise Http404 from None
    except (actions.NotYours, actions.ContactEnded):
        return HttpResponse(status=409)
    return HttpResponse(status=console.UNCHANGED)
