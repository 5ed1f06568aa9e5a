"""Two people who may be one: side by side, what agrees, what differs, why the sum; and the decision of two people."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor, Conflict, Facet, NeedsTwo, NotThere
from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_ago, format_moment, format_number
from arasha.people import actions, queries, rules
from arasha.people.rules.levels import NOT_SAID
from arasha.people.rules.likeness import Line, starting_thresholds, starting_weights, summed
from arasha.people.rules.likeness_words import ATTRIBUTE_WORDS, DOUBT_WORDS, LEVEL_WORDS
from arasha.people.views import words
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty

PAGE = 25
STATES = {"open": queries.OPEN, "same": ("same",), "not_same": ("not_same",)}
# What is said of numbers, to who reads no papers.
NUMBERS = ("iin",)
NUMBER_DOUBTS = ("two_numbers", "one_number")


@may("review_matches")
@require_safe
def matches(request: StaffRequest) -> HttpResponse:
    """List the pairs of one's place, the eldest first."""
    state = request.GET.get("state", "open")
    state = state if state in STATES else "open"
    rows = queries.pairs(STATES[state], _after(request), PAGE + 1)
    shown = rows[:PAGE]
    _looked(request, shown)
    title = ngettext("%(n)s pair waits for you", "%(n)s pairs wait for you", len(rows)) % {"n": len(rows)}
    more = f"?state={state}&after={shown[-1].proposed_at.isoformat()}_{shown[-1].id}" if len(rows) > PAGE else ""
    context = {
        "page_title": title if rows and state == "open" else _("Two files, one child?"),
        "tabs": _tabs(state),
        "rows": [_row(pair, request.now) for pair in shown],
        "following": more,
        "nothing": Empty(_("No pair here"), _("When two files may be of one child, the pair comes here by itself.")),
    }
    return render(request, "people/matches.html", context)


def _tabs(state: str) -> list[Link]:
    labels = {"open": _("To be decided"), "same": _("One person"), "not_same": _("Two people")}
    address = reverse("people:matches")
    return [Link(label, f"{address}?state={code}", code == state) for code, label in labels.items()]


def _after(request: StaffRequest) -> tuple[datetime, UUID] | None:
    moment, _line, match = request.GET.get("after", "").partition("_")
    try:
        return (datetime.fromisoformat(moment), UUID(match)) if match else None
    except ValueError:
        raise Http404 from None


def _looked(request: StaffRequest, pairs: list[queries.Pair]) -> None:
    """Record that the least of these files was shown, where they are not of one's own team."""
    beyond = {side.dossier for pair in pairs for side in pair.sides if side.shown and not side.shown.within}
    for dossier in sorted(beyond):
        request.look(dossier, kind="search")


def _row(pair: queries.Pair, now: datetime) -> dict[str, Any]:
    return {
        "url": reverse("people:match", kwargs={"match": pair.id}),
        "sides": [_called(side) for side in pair.sides],
        "state": pair.state,
        "age": format_ago(now - pair.proposed_at, words.language()),
        "doubts": [DOUBT_WORDS.label(doubt) for doubt in pair.doubts if doubt not in NUMBER_DOUBTS],
    }


def _called(side: queries.Side) -> str:
    return (side.shown.called if side.shown else "") or _("A child in a file of another place")


@may("review_matches")
@require_safe
def match(request: StaffRequest, match: UUID) -> HttpResponse:
    """Show one pair side by side."""
    return _page(request, match)


def _page(request: StaffRequest, match: UUID, status: int = 200) -> HttpResponse:
    pair = queries.pair(match)
    if pair is None:
        raise Http404
    _looked(request, [pair])
    own = pair.first_user == request.actor.user_id
    compared = _compared(pair, request.actor)
    context = {
        "page_title": _("Is this one person?"),
        "tabs": [Link(_("Two files, one child?"), reverse("people:matches"))],
        "pair": pair,
        "sides": [_side(side) for side in pair.sides],
        "lines": [_line(line) for line in compared],
        "doubts": [DOUBT_WORDS.label(doubt) for doubt in _doubts(pair, request.actor)],
        "sum": _sum(compared),
        "first": _who(pair.first_user, pair.first_at, request.now),
        "second": _who(pair.second_user, pair.decided_at, request.now),
        "may_confirm": pair.state == "proposed" and not own,
        "waits_for_other": pair.state == "proposed" and own,
    }
    return render(request, "people/match.html", context, status=status)


def _doubts(pair: queries.Pair, actor: Actor) -> list[str]:
    return [doubt for doubt in pair.doubts if _reads_papers(actor) or doubt not in NUMBER_DOUBTS]


def _reads_papers(actor: Actor) -> bool:
    return bool(actor.reads & (1 << Facet.DOCUMENTS))


def _side(side: queries.Side) -> dict[str, Any]:
    """Return one side as lines: within one's team with the way to the file, within one's place whom to ask."""
    shown = side.shown
    if shown is None:
        return {"called": _("A child in a file of another place"), "facts": [], "url": "", "ask": ""}
    where = territory(shown.territory)
    lead = Unit.objects.filter(pk=shown.lead or 0).first()
    return {
        "called": shown.called or _("Name not known"),
        "url": reverse("people:person", args=[side.dossier, side.person]) if shown.within else "",
        "ask": "" if shown.within or lead is None else lead.name,
        "facts": [
            (_("Born"), _birth(shown)),
            (_("Sex"), rules.SEXES.label(shown.sex)),
            (_("Place"), where.name(words.language()) if where else ""),
        ],
    }


def _birth(shown: queries.Found) -> str:
    first, last = shown.birth_first, shown.birth_last
    if first is None or last is None:
        return _("not known")
    return rules.birth_shown(first, last, "day" if first == last else "year" if first.year == last.year else "about")


def _compared(pair: queries.Pair, actor: Actor) -> list[Line]:
    """Return how the two stand in each attribute that was said; numbers only for who reads papers."""
    found = summed(pair.levels, starting_weights(), starting_thresholds().prior)
    hidden = () if _reads_papers(actor) else NUMBERS
    return [line for line in found.lines if line.level != NOT_SAID and line.attribute not in hidden]


def _line(line: Line) -> dict[str, str]:
    label = ATTRIBUTE_WORDS.label(line.attribute)
    return {
        "what": label[:1].upper() + label[1:],
        "how": LEVEL_WORDS.label(line.level),
        "bits": f"{line.bits:+.1f}".replace("-", "−").replace(".", ","),
        "tag": "late" if line.level == "differs" else "open" if line.level == "same" else "unsure",
    }


def _sum(lines: list[Line]) -> str:
    """Return the sum of what is shown: a sum of more would tell what a hidden number weighs."""
    return format_number(round(sum(line.bits for line in lines)), words.language())


def _who(user: int | None, at: datetime | None, now: datetime) -> str:
    if user is None or at is None:
        return ""
    return f"{names_of([user]).get(user, '')} · {format_moment(local(at), words.language(), now)}"


@may("review_matches")
@require_POST
def decide(request: StaffRequest, match: UUID) -> HttpResponse:
    """Say same, not the same, ask, or undo."""
    decision = request.POST.get("decision", "")
    if decision not in {"same", "not_same", "ask", "undo"}:
        raise Http404
    try:
        done = actions.decide_match(actor=request.actor, match=match, decision=decision, now=request.now)
    except NotThere:
        raise Http404 from None
    except NeedsTwo:
        messages.warning(request, _("You proposed it yourself: a second person must look and agree."))
    except Conflict:
        messages.warning(request, _("This was decided already, by you or a colleague."))
    else:
        messages.success(request, _said(done))
    return redirect("people:match", match=match)


def _said(done: actions.Decided) -> str:
    if done.state == "proposed":
        return _("Proposed. A second person looks before the two become one.")
    if done.state == "same":
        return _("The two are one person now. Both files stay as they are, and it can be undone.")
    if done.kept:
        words_ = ngettext(
            "Parted. %(n)s file was opened after the merge and stays with the first: look whose it is.",
            "Parted. %(n)s files were opened after the merge and stay with the first: look whose they are.",
            done.kept,
        )
        return words_ % {"n": done.kept}
    return _("Remembered.")
