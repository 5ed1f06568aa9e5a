"""A page that hosts forms, for tests alone: its drafts live in this process, its addresses in this table."""

from datetime import UTC, date, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path

from arasha.config.urls import handler400, handler403, handler404, handler500
from arasha.kernel.access import policy
from arasha.questionnaires.rules import paging
from arasha.questionnaires.rules.engine import begin, evaluate
from arasha.questionnaires.rules.form import Answers, Form
from arasha.questionnaires.tests.writing import choices, form
from arasha.questionnaires.tests.writing import question as q

__all__ = ["handler400", "handler403", "handler404", "handler500"]

TODAY, NOW = date(2026, 11, 27), datetime(2026, 11, 27, 5, tzinfo=UTC)
SHELL = """{% extends "ui/wide_base.html" %}{% block content %}<form method="post" action="{{ here }}" novalidate>
{% csrf_token %}<input type="hidden" name="page" value="{{ page.name }}">{% include "questionnaires/fields.html" %}
<div class="govuk-button-group"><button class="govuk-button" type="submit" name="go" value="next">Next</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="go" value="back">Back</button>
{% for code in languages %}<button class="a-plain" type="submit" name="go" value="stay" lang="{{ code.code }}"
formaction="{{ here }}?language={{ code.code }}">{{ code.code }}</button>{% endfor %}</div></form>{% endblock %}"""

YES_NO = choices("yes_no", "yes", "no")
FEELINGS = choices("feel", "good", "middling", "bad", "silent")
MANY = choices("many", *(f"m{at}" for at in range(9)))
REGIONS = choices("regions", "north", "south")
DISTRICTS = choices("districts", "n1", "n2", "s1", region={"n1": "north", "n2": "north", "s1": "south"})

HOUSE = form(
    [
        q("begin_group", "where", label="Where"), q("note", "hello", label="Good day"),
        q("select_one regions", "region", label="Region", required="yes", required_message="say which region"),
        q("select_one districts", "district", label="District", choice_filter="region = ${region}"),
        q("date", "seen", label="Seen on", hint="the day of the visit", constraint=". <= today()",
          constraint_message="this day is still to come"),
        q("select_one many", "reason", label="Reason"), q("end_group"),
        q("begin_group", "people", label="People"), q("begin_repeat", "children", label="Child"),
        q("text", "name", label="Name", required="yes"), q("integer", "age", label="Age"),
        q("text", "school", label="School", relevant="${age} >= 6"), q("end_repeat"),
        q("calculate", "young", calculation="count(${children}[./age < 6])"),
        q("note", "told", label="Younger than six: ${young}"), q("end_group"),
        q("begin_group", "harm", label="Harm"), q("select_one yes_no", "hurt", label="Hurt"),
        q("text", "how", label="How", relevant="${hurt} = 'yes'", appearance="multiline"),
        q("select_multiple yes_no", "both", label="Both"), q("acknowledge", "agreed", label="Agreed"),
        q("decimal", "weight", label="Weight"), q("time", "at", label="At"), q("dateTime", "when", label="When"),
        q("text", "shown", label="Shown", calculation="concat('hurt: ', ${hurt})", readonly="yes"), q("file", "paper"),
        q("end_group"), q("begin_group", "only_if", label="Only if hurt", relevant="${hurt} = 'yes'"),
        q("text", "doctor", label="Doctor"),
        q("end_group"), q("hidden", "kind", default="x"), q("text", "last", label="Anything else"),
    ],
    YES_NO + REGIONS + DISTRICTS + MANY,
)  # fmt: skip
CHILD = form(
    [
        q("note", "hello", label="Hello"), q("select_one feel", "now", label="How are you", appearance="faces"),
        q("text", "why", label="Why", relevant="${now} = 'bad'"), q("select_one feel", "home", label="At home"),
    ],
    FEELINGS,
)  # fmt: skip
FORMS: dict[str, tuple[Form, str]] = {"house": (HOUSE, "group"), "child": (CHILD, "question")}
drafts: dict[str, Answers] = {}


@policy.public(reason="a page of tests, in no installation")
def fill(request: HttpRequest, name: str, draft: str) -> HttpResponse:
    """Show a page of a form; keep what is sent and lead on, as a host does."""
    read, by = FORMS[name]
    answers = drafts.get(draft) or begin(read, today=TODAY, now=NOW)
    pages = paging.pages_of(read, by)
    page = paging.page_at(pages, request.POST.get("page", "") or request.GET.get("page", ""))
    if page is None:
        raise Http404
    if request.method == "POST":
        answers = paging.read_page(read, page, request.POST, answers, today=TODAY, now=NOW)
        drafts[draft] = answers
        wanted = paging.wish(request.POST)
        if wanted in {"next", "back"}:
            return _led(request, name, page, answers, wanted)
    return _page(request, name, page, answers)


def _led(request: HttpRequest, name: str, page: paging.Page, answers: Answers, wanted: str) -> HttpResponse:
    read, by = FORMS[name]
    worked = evaluate(read, answers, today=TODAY, now=NOW)
    waits = paging.revealed(read, page, request.POST, answers, today=TODAY, now=NOW)
    faults = [each for each in worked.findings if each.hinders and page.holds(tuple(each.path.strip("/").split("/")))]
    if wanted == "next" and (waits or faults):
        return _page(request, name, page, answers, checks=not waits)
    pages = paging.relevant_pages(read, paging.pages_of(read, by), worked.relevant)
    to = paging.step(pages, page, 1 if wanted == "next" else -1) or page
    return HttpResponseRedirect(f"{request.path}?page={to.name}")


def _page(
    request: HttpRequest, name: str, page: paging.Page, answers: Answers, *, checks: bool = False
) -> HttpResponse:
    read, by = FORMS[name]
    language = getattr(request, "LANGUAGE_CODE", "kk")
    worked = evaluate(read, answers, today=TODAY, now=NOW, language=language)
    of = paging.relevant_pages(read, paging.pages_of(read, by), worked.relevant)[-1].number
    shown = paging.present(
        read, answers, page, language, worked.findings if checks else (), of=of, today=TODAY, now=NOW
    )
    live = bool(request.headers.get("HX-Request"))
    text = '{% include "questionnaires/fields.html" %}' if live else SHELL
    here = request.path
    values = {"page": shown, "page_title": shown.title or "Form", "here": here, "live": True, "live_url": here}
    return HttpResponse(engines["django"].from_string(text).render(values, request))


urlpatterns = [path("<str:name>/<str:draft>/", fill)]
