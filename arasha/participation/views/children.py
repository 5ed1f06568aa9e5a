"""The pages that a child answers on: a number, what happens with the answer, one question a page, own words, an end.

Nothing is kept between two pages but what the page itself carries; nothing stands in an address, a cookie or a log.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from arasha.doors import door
from arasha.kernel.access import policy
from arasha.kernel.worktime.queries import domain_now
from arasha.participation import actions, queries, rules
from arasha.participation.actions.answering import LONGEST
from arasha.participation.forms import NumberForm
from arasha.participation.views import words
from arasha.services import queries as services

REASON = "children have no account: a number opens the pages, and nothing says who holds it"


# Exempt from the token against forged forms: it would need a cookie, and a number can't be forged.
@policy.public(reason=REASON)
@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest) -> HttpResponse:
    """Ask for the number, then one question after the other, then for words."""
    if request.method != "POST":
        return _start(request, NumberForm(), 200)
    if wait := door.wait_after_wrong("slip", door.mark_of(request)):
        return door.too_many(request, wait, carry=True)
    form = NumberForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    opening = queries.opened_by(number, domain_now()) if number else None
    if opening is None:
        door.wait_for("slip", door.mark_of(request))
        return _refused(request)
    asked = rules.asked(opening.age)
    said = [_place(request.POST.get(f"a{place}", "0")) for place in range(1, len(asked) + 1)]
    step = _step(request, len(asked) + 1)
    if step <= len(asked) + 1:
        return render(request, "participation/question.html", _page(request, number, opening, said, step))
    return _sent(request, number, said)


@policy.public(reason=REASON)
@require_safe
def end(request: HttpRequest) -> HttpResponse:
    """Show the last page: the same for everybody, for who never had a number as well."""
    context = {"page_title": _("Thank you"), "tell": settings.PUBLIC_ADDRESS.partition("://")[2]}
    return render(request, "participation/end.html", context)


@policy.public(reason="what children said of a service in groups is for everybody to read")
@require_safe
def told(request: HttpRequest, offered: UUID) -> HttpResponse:
    """Show what was told of an offering; of a hidden one what was told of such services in its region."""
    found = services.shown(offered, now=domain_now())
    if found is None:
        raise Http404
    (one,) = services.told([found], language=words.language(), now=domain_now())
    context = {
        "page_title": _("What children said"),
        "called": one.title,
        "hidden": found.protected,
        "told": words.told(queries.told(offered)),
    }
    return render(request, "participation/told_public.html", context)


@sensitive_variables()
def _sent(request: HttpRequest, number: str, said: list[int]) -> HttpResponse:
    try:
        actions.hand_in(
            actor=None,
            number=number,
            said=said,
            words=request.POST.get("words", "")[:LONGEST],
            help_asked=request.POST.get("help") == "yes",
            language=words.language(),
            now=domain_now(),
        )
    except actions.NumberNotGood:
        return _refused(request)
    return HttpResponseRedirect(f"{reverse('say:end')}?language={words.language()}")


def _place(text: str) -> int:
    """Return the place of an answer; silence (the fourth) and whatever is none are 0."""
    return int(text) if text in {"1", "2", "3"} else 0


def _step(request: HttpRequest, last: int) -> int:
    """Return the page that is asked for: the one after the page that was sent, before it, or itself."""
    sent = request.POST.get("step", "")
    if not (sent.isascii() and sent.isdigit() and int(sent[:3]) <= last):
        return 0
    move = {"back": -1, "stay": 0}.get(request.POST.get("go", ""), 1)
    return max(int(sent) + move, 0)


@sensitive_variables()
def _page(request: HttpRequest, number: str, opening: rules.Opening, said: list[int], step: int) -> dict[str, Any]:
    asked, here = rules.asked(opening.age), words.language()
    question = asked[step - 1] if 1 <= step <= len(asked) else None
    return {
        "page_title": _("How was the help?"),
        "number": number,
        "step": step,
        "last": len(asked) + 1,
        "carried": [(place, one) for place, one in enumerate(said, start=1) if place != step],
        "question": question.words[here] if question else "",
        "choices": [
            {
                "place": place,
                "words": text[here],
                "face": code if question.faces and place < 4 else "",
                "on": said[step - 1] == place % 4,
            }
            for place, (code, text) in enumerate(question.choices, start=1)
        ]
        if question
        else [],
        "young": opening.age == "young",
        "teen": opening.age == "teen",
        "words": request.POST.get("words", "")[:LONGEST],
        "help": request.POST.get("help") == "yes",
        "longest": LONGEST,
        "here": f"{reverse('say:say')}?language={here}",
        # Links would lose what was answered; the page has buttons of its own.
        "languages": [],
        "switches": [(code, f"{reverse('say:say')}?language={code}") for code in rules.LANGUAGES if code != here],
    }


def _refused(request: HttpRequest) -> HttpResponse:
    """Say one thing of a number that is wrong or late."""
    form = NumberForm({"number": request.POST.get("number", "")[:40]})
    form.errors["number"] = form.error_class([_("This number opens nothing. Check each digit.")])
    return _start(request, form, 422)


def _start(request: HttpRequest, form: NumberForm, status: int) -> HttpResponse:
    context = {"page_title": _("How was the help?"), "form": form}
    return render(request, "participation/start.html", context, status=status)
