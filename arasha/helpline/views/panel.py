"""What stands beside an opened contact besides the talk: ready phrases, who is known, whether it was heavy."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import queries
from arasha.helpline.models import Contact
from arasha.helpline.rules.phrases import LANGUAGES, THEMES
from arasha.helpline.views import showing
from arasha.kernel.access.door import StaffRequest

SPOKEN = {"kk": _("In Kazakh"), "ru": _("In Russian"), "en": _("In English")}


@sensitive_variables()
def panel(request: StaffRequest, row: Contact) -> dict[str, Any]:
    """Return what the parts beside a contact show."""
    return {
        "ready": phrase_list(request, row),
        "phrase_q": _asked(request),
        "phrase_language": language(request, row),
        "spoken": SPOKEN.items(),
        "known_caller": queries.profile_of(request.actor, row) is not None,
    }


def _asked(request: StaffRequest) -> str:
    return (request.POST.get("phrase_q") or request.GET.get("phrase_q") or "")[:100]


def language(request: StaffRequest, row: Contact) -> str:
    """Return the language of the phrases: the one chosen, else the caller's, else the reader's."""
    chosen = request.POST.get("phrase_language") or request.GET.get("phrase_language") or row.language
    return chosen if chosen in LANGUAGES else showing.language()


@sensitive_variables()
def phrase_list(request: StaffRequest, row: Contact) -> list[dict[str, Any]]:
    """Return the phrases that answer what was typed, with their words as they are said now."""
    found = queries.find_phrases(request.actor, _asked(request), limit=8)
    said = queries.as_said(request.actor, found, language(request, row), request.now)
    return [
        {
            "key": one.phrase.key,
            "theme": THEMES.label(one.phrase.theme),
            "words": words,
            "put": reverse("helpline:put_phrase", args=[row.pk, one.phrase.pk]),
            "used": reverse("helpline:phrase_used", args=[row.pk, one.phrase.pk]),
        }
        for one, words in zip(found, said, strict=True)
    ]
