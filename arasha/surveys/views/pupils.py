"""The pages that a class answers on: a number, one question a page, and one last page for everybody.

Nothing is kept between two pages but what the page itself carries; nothing stands in an address, a cookie or a log.
Every pupil is asked as many questions, and may leave each out.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from arasha.doors import door
from arasha.kernel.access import policy
from arasha.kernel.worktime.queries import domain_now
from arasha.surveys import actions, envelopes, queries, rules
from arasha.surveys.forms import SlipForm

REASON = "pupils have no account: a slip of paper opens a survey, and nothing says who holds it"


# Exempt from the token against forged forms: it would need a cookie, and a slip can't be forged.
@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest) -> HttpResponse:
    """Ask for the number on a slip, then one question after the other."""
    if request.method != "POST":
        return _start(request, SlipForm(), 200)
    form = SlipForm(request.POST)
    if wait := door.wait_after_wrong("slip", door.mark_of(request)):
        return door.too_many(request, wait, carry=True)
    slip = form.cleaned_data["slip"] if form.is_valid() else ""
    opened = queries.opened_by(slip, domain_now()) if slip else None
    if opened is None:
        door.wait_for("slip", door.mark_of(request))
        return _refused(request)
    chosen = request.GET.get("language")
    language = chosen if chosen in rules.LANGUAGES else opened.language
    with override(language):
        return _answer(request, slip, opened, language)


@policy.public(reason=REASON)
@require_safe
def end(request: HttpRequest) -> HttpResponse:
    """Show the last page: the same for everybody, for who never had a slip as well."""
    context = {"page_title": _("Thank you"), "tell": settings.PUBLIC_ADDRESS.partition("://")[2]}
    return render(request, "surveys/end.html", context)


@sensitive_variables()
def _answer(request: HttpRequest, slip: str, opened: queries.Opened, language: str) -> HttpResponse:
    """Show the next page, or take in what was answered; 0 is the page before the first question."""
    last = len(opened.questions)
    said = rules.heard([request.POST.get(f"a{place}", "0") for place in range(1, last + 1)], opened.questions)
    step = _step(request, last)
    if step <= last:
        return render(request, "surveys/question.html", _page(slip, opened, said, step, language))
    try:
        actions.hand_in(actor=None, slip=slip, said=said, now=domain_now())
    except actions.SlipNotGood:
        return _refused(request)
    except (envelopes.EnvelopesLost, envelopes.NoRoom):
        context = _page(slip, opened, said, last, language) | {"failed": True}
        return render(request, "surveys/question.html", context, status=503)
    return HttpResponseRedirect(f"{reverse('survey:end')}?language={language}")


def _step(request: HttpRequest, last: int) -> int:
    """Return the page that is asked for: the one after the page that was sent, before it, or itself."""
    sent = request.POST.get("step", "")
    if not (sent.isascii() and sent.isdigit() and int(sent[:3]) <= last):
        return 0
    move = {"back": -1, "stay": 0}.get(request.POST.get("go", ""), 1)
    return max(int(sent) + move, 0)


def _page(slip: str, opened: queries.Opened, said: tuple[int, ...], step: int, language: str) -> dict[str, Any]:
    question = opened.questions[step - 1] if step else None
    return {
        "page_title": opened.title,
        "slip": slip,
        "step": step,
        "last": len(opened.questions),
        "carried": [(place, one) for place, one in enumerate(said, start=1) if place != step],
        "question": question,
        "choices": [
            {"place": place, "words": choice.words, "face": choice.face, "on": said[step - 1] == place}
            for place, choice in enumerate(question.choices if question else (), start=1)
        ],
        "unsaid": opened.unsaid,
        "young": opened.sheet.age == "young",
        "here": f"{reverse('survey:survey')}?language={language}",
        # Links would lose what was answered; the page has buttons of its own.
        "languages": [],
        "switches": [
            (code, f"{reverse('survey:survey')}?language={code}")
            for code in rules.LANGUAGES
            if code != (get_language() or "kk")[:2]
        ],
        "LANGUAGE_CODE": language,
    }


def _refused(request: HttpRequest) -> HttpResponse:
    """Say one thing of a slip that is wrong, used or late."""
    form = SlipForm({"slip": ""})
    form.errors["slip"] = form.error_class(
        [_("This number opens nothing. Check each digit. A slip works once, while the survey is open.")]
    )
    return _start(request, form, 422)


def _start(request: HttpRequest, form: SlipForm, status: int) -> HttpResponse:
    context = {"page_title": _("Class survey"), "form": form}
    return render(request, "surveys/start.html", context, status=status)
