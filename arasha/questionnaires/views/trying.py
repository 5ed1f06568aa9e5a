"""Trying a version as whoever fills it in will see it. Nothing is saved: what was answered travels with the page."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.worktime.rules import local
from arasha.questionnaires import policy, queries
from arasha.questionnaires.rules import paging
from arasha.questionnaires.rules.engine import Evaluation, begin, evaluate
from arasha.questionnaires.rules.form import Answers, Form
from arasha.questionnaires.rules.problems import RecordProblem
from arasha.questionnaires.rules.record import TypedAnswer, from_xml, to_xml, typed
from arasha.questionnaires.views import words
from arasha.questionnaires.views.presenting import found
from arasha.ui.rules.languages import keeps_language
from arasha.ui.rules.page import Link

LONGEST = 1_000_000


@may(policy.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_language
@sensitive_variables()
def page(request: StaffRequest, number: int) -> HttpResponse:
    """Show a page of the form, then the next; at the end what would be kept."""
    volume, _others = found(request, number)
    trial = _Trial(request, queries.form_of(volume.row.pk), volume.about.pages)
    title = volume.about.titled(words.language())
    context = trial.context() | {
        "page_title": title,
        "page_meta": _("A trial: nothing is saved"),
        "trail": words.trail(Link(title, words.address("page", volume)), Link(_("Try it"), "", current=True)),
        "here": words.address("trying", volume),
        "back": words.address("page", volume),
    }
    if request.headers.get("HX-Request"):
        return render(request, "questionnaires/fields.html", context)
    return render(request, "questionnaires/trying.html", context)


class _Trial:
    """One step of a trial: the answers so far, the page that was sent, and the page to show."""

    def __init__(self, request: StaffRequest, form: Form, by: str) -> None:
        self.request, self.form = request, form
        self.moment: dict[str, Any] = {"today": local(request.now).date(), "now": request.now}
        self.pages = paging.pages_of(form, by)
        sent = paging.page_at(self.pages, request.POST.get("page", ""))
        if sent is None:
            raise Http404
        self.page, self.answers, self.checks, self.ended = sent, self._carried(), False, False
        if request.method == "POST":
            self.answers = paging.read_page(form, sent, request.POST, self.answers, **self.moment)
            self._go(paging.wish(request.POST))

    def _carried(self) -> Answers:
        """Return what the page brought along; what can't be read is begun anew."""
        text = self.request.POST.get("record", "")
        if text and len(text) <= LONGEST:
            try:
                return from_xml(self.form, text.encode())
            except RecordProblem:
                pass
        return begin(self.form, **self.moment)

    def _go(self, wish: str) -> None:
        worked = self._worked()
        relevant = paging.relevant_pages(self.form, self.pages, worked.relevant)
        if wish == "back":
            self.page = paging.step(relevant, self.page, -1) or self.page
        elif wish in {"next", "send"}:
            waits = paging.revealed(self.form, self.page, self.request.POST, self.answers, **self.moment)
            self.checks = not waits and any(one.hinders and self._here(one.path) for one in worked.findings)
            if not waits and not self.checks:
                following = paging.step(relevant, self.page, 1)
                self.page, self.ended = following or self.page, following is None

    def _here(self, path: str) -> bool:
        return self.page.holds(tuple(path.strip("/").split("/")))

    def _worked(self) -> Evaluation:
        return evaluate(self.form, self.answers, language=words.language(), **self.moment)

    def context(self) -> dict[str, Any]:
        """Return what the page shows."""
        worked = self._worked()
        relevant = paging.relevant_pages(self.form, self.pages, worked.relevant)
        findings = worked.findings if self.checks else ()
        shown = paging.present(
            self.form, self.answers, self.page, words.language(), findings, of=len(relevant), **self.moment
        )
        kept = typed(self.form, worked.answers) if self.ended else ()
        place = next((at for at, one in enumerate(relevant, 1) if one.name == self.page.name), 1)
        return {
            "page": shown,
            "place": _("Page %(n)s of %(of)s") % {"n": place, "of": max(len(relevant), 1)},
            "keeps_form": "" if self.ended else "fill",
            "record": to_xml(self.form, self.answers, f"uuid:{uuid4()}").decode(),
            "live": True,
            "live_url": self.request.path,
            "is_first": paging.step(relevant, self.page, -1) is None,
            "is_last": paging.step(relevant, self.page, 1) is None,
            "ended": self.ended,
            "kept": [(one.key, _value(one)) for one in kept],
        }


def _value(answer: TypedAnswer) -> str:
    for value in (answer.code, answer.number, answer.date, answer.text):
        if value is not None:
            return str(value)
    return ""
