"""Filling a form in, a page at a time: kept while it is typed, right without scripts, with two windows open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.plans.views import comparing, presenting
from arasha.questionnaires import actions as answering
from arasha.questionnaires import queries as forms
from arasha.questionnaires.rules.engine import Evaluation, evaluate
from arasha.questionnaires.rules.form import Answers, Group
from arasha.questionnaires.rules.keeping import TooLong, digest, value_at
from arasha.questionnaires.rules.paging import (
    Page,
    page_at,
    pages_of,
    present,
    read_page,
    relevant_pages,
    revealed,
    step,
    wish,
)
from arasha.ui.rules.languages import keeps_language


@dataclass(frozen=True)
class Host:
    """What is filled in and where: the draft, its addresses, and the actions that save and hand in.

    `done`: where handing in leads, when that is another page than `back`.
    """

    draft: forms.DraftRead
    title: str
    meta: str
    back: str
    here: str
    save_url: str
    settle_url: str
    newer_url: str
    keeps: Callable[..., answering.Saved]
    hands_in: Callable[..., object]
    gone: tuple[type[Exception], ...]
    done: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kept:
    """What a page was drawn from, as it goes with the page: the draft's revision, and a mark of each part of the page.

    `copy`: what this window wrote came second, and lies beside the draft.
    """

    revision: int
    seen: list[str]
    copy: UUID | None = None


@keeps_language
@sensitive_variables()
def page(request: StaffRequest, host: Host) -> HttpResponse:
    """Show a page of the form, or keep what was sent from it and go where the pressed button leads."""
    pages = pages_of(host.draft.form, forms.about_of(host.draft.response.version_id).pages)
    found = page_at(pages, request.POST.get("page", "") or request.GET.get("page", ""))
    if found is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, host, pages, found)
    answers = _read(request, host, found)
    try:
        kept = _keep(request, host, found, answers)
    except host.gone:
        raise Http404 from None
    except TooLong:
        messages.error(request, _("This is longer than can be kept. Shorten it; what you wrote before is kept."))
        return redirect(_address(host, found))
    if kept.copy is not None:
        messages.warning(request, _("Somebody wrote here meanwhile. Both are kept: choose below."))
        return redirect(_address(host, found))
    return _gone_on(request, host, found, answers, kept)


def _read(request: StaffRequest, host: Host, found: Page) -> Answers:
    today = local(request.now).date()
    return read_page(host.draft.form, found, request.POST, host.draft.answers, today=today, now=request.now)


@sensitive_variables()
def _gone_on(request: StaffRequest, host: Host, found: Page, answers: Answers, kept: Kept) -> HttpResponse:
    wanted, form = wish(request.POST), host.draft.form
    if wanted == "leave":
        messages.success(request, _("Kept. You can go on at any time."))
        return redirect(host.back)
    if wanted == "send":
        return _sent(request, host, found, kept)
    if wanted in {"next", "back"}:
        worked = _worked(request, host, answers)
        pages = relevant_pages(
            form, pages_of(form, forms.about_of(host.draft.response.version_id).pages), worked.relevant
        )
        today = local(request.now).date()
        waits = wanted == "next" and revealed(form, found, request.POST, answers, today=today, now=request.now)
        found = found if waits else step(pages, found, 1 if wanted == "next" else -1) or found
    return redirect(_address(host, found))


@sensitive_variables()
def _sent(request: StaffRequest, host: Host, found: Page, kept: Kept) -> HttpResponse:
    """Hand in what is kept; what does not hold is shown on its page."""
    try:
        host.hands_in(revision=kept.revision)
    except host.gone:
        raise Http404 from None
    except answering.DraftChanged:
        messages.warning(request, _("Somebody wrote here meanwhile. Read it once more, then hand it in."))
        return redirect(_address(host, found))
    except answering.NothingWritten:
        messages.warning(request, _("Nothing is written yet."))
        return redirect(_address(host, found))
    except answering.AnswersFaulty as told:
        pages = pages_of(host.draft.form, forms.about_of(host.draft.response.version_id).pages)
        faulty = next((one for one in pages if any(_stands_on(one, fault.path) for fault in told.findings)), found)
        return redirect(_address(host, faulty, check=True))
    messages.success(request, _("Handed in."))
    return redirect(host.done or host.back)


def _stands_on(one: Page, path: str) -> bool:
    return any(f"{path}/".startswith(f"{member}/") for member in one.members)


def _address(host: Host, found: Page, *, check: bool = False) -> str:
    """Return the address of a page; names of pages are codes of the form."""
    return f"{host.here}?{urlencode({'page': found.name} | ({'check': 1} if check else {}))}"


@sensitive_variables()
def live(request: StaffRequest, host: Host) -> HttpResponse:
    """Keep what is being typed; draw the page anew where its other questions depend on it."""
    pages = pages_of(host.draft.form, forms.about_of(host.draft.response.version_id).pages)
    found = page_at(pages, request.POST.get("page", ""))
    if found is None:
        raise Http404
    answers = _read(request, host, found)
    context: dict[str, Any] = {"live_url": host.save_url, "here": _address(host, found)}
    try:
        kept = _keep(request, host, found, answers)
        context |= {"kept": kept, "kept_at": format_moment(request.now, presenting.language(), request.now)}
    except host.gone:
        raise Http404 from None
    except TooLong:
        context["too_long"] = True
    if request.headers.get("HX-Target") == "fields":
        context |= {"page": _drawn(request, host, answers, found), "keeps_focus": True}
    return render(request, "plans/parts/kept.html", context)


@sensitive_variables()
def _keep(request: StaffRequest, host: Host, found: Page, answers: Answers) -> Kept:
    """Save the parts of the page one by one; what somebody else wrote into meanwhile is not overwritten."""
    seen = request.POST.getlist("seen")
    given = whole_number(request.POST.get("revision", ""))
    copy = uuid_of(request.POST.get("copy", ""))
    revision, marks, beside = given, [], None
    for place, key in enumerate(keys_of(host, found)):
        saved = host.keeps(
            revision=revision,
            at=key,
            value=value_at(answers, key),
            seen=seen[place] if place < len(seen) else "",
            copy=copy,
        )
        # As long as nobody else wrote, each part follows on the one before.
        revision = saved.revision if saved.revision in {revision, revision + 1} else revision
        marks.append(saved.seen)
        beside = beside or saved.copy
    return Kept(revision, marks, beside)


def keys_of(host: Host, found: Page) -> list[str]:
    """Return the keys of what stands on a page."""
    root = host.draft.form.root.path
    return [path.removeprefix(f"{root}/") for path in found.members]


def whole_number(text: str) -> int:
    """Return a number that a window sent, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def uuid_of(text: str) -> UUID | None:
    """Return an id that a window sent, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _worked(request: StaffRequest, host: Host, answers: Answers) -> Evaluation:
    form, language = host.draft.form, presenting.language()
    return evaluate(form, answers, today=local(request.now).date(), now=request.now, language=language)


def _drawn(request: StaffRequest, host: Host, answers: Answers, found: Page, findings: Any = ()) -> Any:
    given: dict[str, Any] = {"today": local(request.now).date(), "now": request.now}
    return present(host.draft.form, answers, found, presenting.language(), findings, **given)


@sensitive_variables()
def _shown(request: StaffRequest, host: Host, pages: tuple[Page, ...], found: Page) -> HttpResponse:
    draft = host.draft
    worked = _worked(request, host, draft.answers)
    here = relevant_pages(draft.form, pages, worked.relevant)
    checks = "check" in request.GET
    faults = [finding for finding in worked.findings if finding.hinders] if checks else []
    drawn = _drawn(request, host, draft.answers, found, faults)
    last = not here or found.number >= here[-1].number
    values = {"name": draft.by, "moment": format_moment(draft.kept_at, presenting.language(), request.now)}
    context = dict(host.context) | {
        "page_title": host.title,
        "page_meta": host.meta,
        "page": drawn,
        "place": _("Page %(n)s of %(of)s") % {"n": _place(here, found), "of": max(len(here), 1)},
        "is_first": step(here, found, -1) is None,
        "is_last": last,
        "contents": [_content(host, one, found, faults) for one in here],
        "kept": Kept(draft.revision, [digest(value_at(draft.answers, key)) for key in keys_of(host, found)]),
        "kept_words": _("Last saved: %(name)s, %(moment)s") % values,
        "live": True,
        "live_url": host.save_url,
        "here": host.here,
        "keeps_form": "fill",
        "settle_url": host.settle_url,
        "back": host.back,
        "newer_url": host.newer_url if draft.newer is not None else "",
        "copies": [comparing.beside(draft, copy, request.now) for copy in draft.copies],
    }
    return render(request, "plans/filling.html", context, status=422 if drawn.errors else 200)


def _place(here: tuple[Page, ...], found: Page) -> int:
    return next((place for place, one in enumerate(here, start=1) if one.name == found.name), 1)


def _content(host: Host, one: Page, found: Page, faults: list[Any]) -> dict[str, Any]:
    """Return a page as a line of the contents."""
    nodes = {node.path: node for node in host.draft.form.root.walk()}
    node = nodes[one.members[-1]]
    words = presenting.texts(node.labels) if isinstance(node, Group) or len(one.members) == 1 else ""
    return {
        "title": words.partition("${")[0] or _("Page %(n)s") % {"n": one.number},
        "url": _address(host, one, check=bool(faults)),
        "here": one.name == found.name,
        "faulty": any(_stands_on(one, fault.path) for fault in faults),
    }


def settled(request: StaffRequest) -> tuple[UUID, bool]:
    """Return which copy is meant, and whether it takes the draft's place. Raises Http404."""
    copy = uuid_of(request.POST.get("copy", ""))
    if copy is None:
        raise Http404
    return copy, request.POST.get("do") == "take"
