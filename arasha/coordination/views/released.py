"""The paper for whoever asked for a file: dates and plain words of the parts that two people agreed on, no more."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from arasha.coordination import queries, rules
from arasha.coordination.views import paper, telling
from arasha.kernel.access.actions import TooManyToday
from arasha.kernel.access.door import BudgetSpent, StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.documents.actions import pdf
from arasha.kernel.journal.queries import ActLine
from arasha.kernel.worktime.rules import local
from arasha.releases import actions as releases
from arasha.releases import queries as requests
from arasha.releases.models import Release
from arasha.releases.rules import PARTS, REFUSALS, childs_copy, of_a_body


@signed_in
@require_POST
def take(request: StaffRequest, filerequest: UUID) -> HttpResponse:
    """Give the paper of a release: put together the first time, the same bytes ever after."""
    row = requests.request_of(request.actor, filerequest)
    release: Release | None = getattr(row, "release", None)
    if release is None:
        raise Http404
    request.look(release.dossier_id)
    try:
        if release.state == "given" and not hasattr(release, "paper"):
            releases.keep_paper(
                actor=request.actor,
                request=filerequest,
                content=_made(request, release),
                language=telling.language(),
                now=request.now,
            )
        content = releases.print_paper(actor=request.actor, request=filerequest, now=request.now)
    except releases.NotThere:
        raise Http404 from None
    except TooManyToday:
        raise BudgetSpent from None
    except (releases.AlreadyAnswered, releases.InDanger, releases.OfAge, releases.ConsentMissing):
        messages.warning(request, _("Nothing is printed. Below is how it stands now."))
        return redirect(requests.link(filerequest))
    return paper.answer(content, "paper.pdf")


def _made(request: StaffRequest, release: Release) -> bytes:
    childs = childs_copy(release.request.applicant)
    said = _said(_acts(release.dossier_id))
    data = {
        "parts": [_part(part, said, childs=childs) for part in release.parts.split()],
        "withheld": _withheld(release),
        "withheld_title": _("Not given"),
    }
    return pdf(
        template="coordination/released.typ",
        title=_("Answer to your request"),
        data=data,
        language=telling.language(),
        now=request.now,
    )


def _part(part: str, said: list[tuple[date, str]], *, childs: bool) -> dict[str, object]:
    """Return an agreed part: its title, a line a day, and what stands there where no line does."""
    words, titles = (rules.RELEASED_CHILD, rules.RELEASED_CHILD) if childs else (rules.RELEASED, PARTS)
    none = rules.RELEASED_NONE_CHILD if childs else rules.RELEASED_NONE
    return {
        "title": titles.label(part),
        "lines": [
            [f"{day:%d.%m.%Y}", words.label(verb)] for day, verb in said if rules.RELEASED[verb].more["part"] == part
        ],
        "nothing": none.label(part) if part in none else _("Nothing is written here."),
    }


def _withheld(release: Release) -> list[list[str]]:
    """Return what a state body is not given, and why. Nobody else is told that anything was kept back."""
    if not of_a_body(release.request.applicant):
        return []
    return [[PARTS.label(part), REFUSALS.label(release.ground)] for part in release.withheld.split()]


def _said(lines: list[ActLine]) -> list[tuple[date, str]]:
    """Return on which days something was done that may be said, each once: how often is not told either."""
    return sorted({(local(line.at).date(), line.verb) for line in lines if line.verb in rules.RELEASED})


def _acts(dossier: UUID) -> list[ActLine]:
    """Return every act of the file itself, never of the signals that it grew from."""
    found: list[ActLine] = []
    wish = queries.Wish()
    while True:
        lines = queries.acts([dossier], wish, limit=queries.STORY)
        found += lines
        if len(lines) < queries.STORY:
            return found
        wish = replace(wish, before=(lines[-1].at, lines[-1].number))
