"""The emergencies near a territory, and how the bodies work in one of them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.emergency import policy, queries, rules
from arasha.emergency.models import Emergency, Standing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import allows, signed_in
from arasha.kernel.access.rules import NotThere
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE = 50
SHOWN = ("unknown", "open", "remote", "closed")


def language() -> str:
    """Return the reader's language as the lists know it."""
    return (get_language() or "kk")[:2]


@signed_in
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """List the emergencies above and below the reader's territory."""
    past, begin = request.GET.get("shown") == "past", skipped(request.GET.get("after", ""))
    place = Territory.objects.filter(pk=request.actor.territory or "").first()
    if place is None or request.actor.post_id is None:
        raise Http404
    found = queries.seen_from(request.actor, place, past=past, today=local(request.now).date())
    rows = list(found[begin : begin + PAGE + 1])
    declares = allows(request.actor, policy.DECLARE)
    add = [Action(_("Declare an emergency"), reverse("emergency:declare"))] if declares else []
    shown = "past" if past else "running"
    context = {
        "page_title": _("Emergencies"),
        "add": add,
        "tabs": [Link(_("Running and coming"), "?shown=running", not past), Link(_("Over"), "?shown=past", past)],
        "rows": [line(row) for row in rows[:PAGE]],
        "following": f"?shown={shown}&after={begin + PAGE}" if len(rows) > PAGE else "",
        "previous": f"?shown={shown}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(
            _("There is no emergency here"),
            _("When one is declared, each body says here whether it is open, and who stands in for it."),
            add,
        ),
    }
    return render(request, "emergency/list.html", context)


@signed_in
@require_safe
def one(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """Show an emergency with its bodies: first those of which nothing is known, then closed ones with nobody."""
    actor, today = request.actor, local(request.now).date()
    try:
        row = queries.emergency(actor, emergency)
    except NotThere:
        raise Http404 from None
    shown, begin = request.GET.get("shown", ""), skipped(request.GET.get("after", ""))
    said = queries.latest([row], actor)
    units = {unit.pk: unit for unit in queries.units_in(row, actor, today)}
    stand = {key: said[key].state if key in said and said[key].until >= today else "unknown" for key in units}
    order = sorted(units, key=lambda key: (_urgency(stand[key], said.get(key)), units[key].name, key))
    fitting = [key for key in order if shown not in SHOWN or stand[key] == shown]
    runs = row.ended_at is None and row.last_on >= today
    page = fitting[begin : begin + PAGE]
    declares = policy.may_declare(actor, row.territory_id)
    context = {
        "page_title": line(row)["title"],
        "before": [Link(_("Emergencies"), reverse("emergency:list"))],
        "one": line(row),
        "runs": runs,
        "may_end": runs and declares,
        "lifted": lifted_words(queries.lifted(row, actor)),
        "own": _own(request, row, units) if runs else "",
        "tabs": _tabs(shown, stand),
        "rows": [_body(row, units[key], stand[key], said.get(key), runs and declares) for key in page],
        "following": f"?shown={shown}&after={begin + PAGE}" if len(fitting) > begin + PAGE else "",
        "previous": f"?shown={shown}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("No body here stands so"), _("Choose another of the lists above.")),
    }
    return render(request, "emergency/emergency.html", context)


def _urgency(state: str, said: Standing | None) -> int:
    if state == "unknown":
        return 0
    return 1 if state == "closed" and (said is None or said.instead_id is None) else 2


def _own(request: StaffRequest, row: Emergency, units: dict[int, Unit]) -> str:
    return reverse("emergency:standing", args=[row.pk]) if request.actor.unit_id in units else ""


def _tabs(shown: str, stand: dict[int, str]) -> list[Link]:
    counted = {code: sum(state == code for state in stand.values()) for code in SHOWN}
    labels = {code: states()[code] for code in SHOWN}
    all_of_them = _("All")
    every = Link(f"{all_of_them} ({len(stand)})", "?", shown not in SHOWN)
    return [every, *(Link(f"{labels[code]} ({counted[code]})", f"?shown={code}", shown == code) for code in SHOWN)]


def states() -> dict[str, str]:
    """Return how a body may stand, in words."""
    return {"unknown": _("Not known"), **{code: str(label) for code, label in rules.STATES.choices()}}


def _body(row: Emergency, unit: Unit, state: str, said: Standing | None, edits: bool) -> dict[str, Any]:
    known = said is not None and state != "unknown"
    return {
        "name": unit.name,
        "place": unit.territory.name(language()),
        "state": states()[state],
        "until": format_date(said.until, language()) if known and said else "",
        "instead": said.instead.name if known and said and said.instead else "",
        "alone": state == "closed" and said is not None and said.instead_id is None,
        "url": f"{reverse('emergency:standing', args=[row.pk])}?unit={unit.pk}" if edits else "",
    }


def lifted_words(codes: list[str]) -> list[str]:
    """Return lifted conditions in the reader's language."""
    return [str(words) for code, words in rules.liftable() if code in codes]


def line(row: Emergency) -> dict[str, Any]:
    """Return an emergency in words."""
    kind = str(dict(rules.KINDS.choices()).get(row.kind, row.kind))
    return {
        "url": reverse("emergency:emergency", args=[row.pk]),
        "title": f"{kind}: {row.territory.name(language())}",
        "kind": kind,
        "place": row.territory.name(language()),
        "ground": row.ground,
        "from": format_date(row.first_on, language()),
        "until": format_date(row.last_on, language()),
        "ended": format_date(local(row.ended_at).date(), language()) if row.ended_at else "",
        "key": row.pk,
    }
