"""Units, posts and proposals as words and shapes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.administration import queries
from arasha.administration.models import Proposal
from arasha.administration.rules.proposals import Kind, State
from arasha.kernel.access.models import Function, Post, Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.ui.rules import parts, phones

INSTANT = timedelta(microseconds=1)


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def label(function: Function) -> str:
    """Return a function's label in the reader's language."""
    return str(getattr(function, f"label_{language()}"))


def functions(found: Iterable[Function], *, mark: bool = False) -> list[tuple[str, str]]:
    """Return functions as choices; with `mark` those are marked that need two persons."""
    words = _("%(function)s (two persons)")
    return [(one.code, words % {"function": label(one)} if mark and one.sensitive else label(one)) for one in found]


def day(moment: datetime | None) -> str:
    """Return the day of a moment, "" for none."""
    return format_date(local(moment).date(), language()) if moment else ""


def last_day(moment: datetime | None) -> str:
    """Return the last day of a period that ends at a moment, "" for none."""
    return format_date(local(moment - INSTANT).date(), language()) if moment else ""


def period(since: datetime, until: datetime | None) -> str:
    """Write a period by its days."""
    if until is None:
        return _("from %(since)s on") % {"since": day(since)}
    return f"{day(since)} – {last_day(until)}"


def units(found: Sequence[Unit], given: Mapping[int, list[Function]], held: Mapping[int, int]) -> list[dict[str, Any]]:
    """Return units as lines of a list."""
    return [
        {
            "unit": one,
            "body": one.body.name if one.body.name != one.name else "",
            "place": one.territory.name(language()),
            "functions": [label(function) for function in given.get(one.pk, [])],
            "people": held.get(one.pk, 0),
            "ended": format_date(one.valid_to, language()) if one.valid_to else "",
        }
        for one in found
    ]


def hours(unit: Unit) -> str:
    """Say when a unit is open."""
    if unit.around_the_clock:
        return _("round the clock")
    return f"{unit.opens:%H:%M}–{unit.closes:%H:%M}" if unit.opens and unit.closes else _("nobody has said")


def unit(
    found: Unit,
    given: Sequence[UnitFunction],
    posts: Sequence[Post],
    sittings: Sequence[queries.Sitting],
    *,
    waiting: Sequence[Proposal],
    now: datetime,
) -> dict[str, Any]:
    """Return a unit's page."""
    present = [one for one in sittings if one.until is None or one.until > now]
    sits = {one.post_id: one for one in present}
    return {
        "unit": found,
        "page_title": found.name,
        "page_meta": found.body.name,
        "place": found.territory.name(language()),
        "phone": phones.shown(found.phone) if found.phone else "",
        "hours": hours(found),
        "ended": format_date(found.valid_to, language()) if found.valid_to else "",
        "given": [_given(one, now) for one in given],
        "waiting": [_short(one, now) for one in waiting],
        "posts": [_post(post, sits.get(post.pk)) for post in posts],
        "earlier": [
            {"name": one.name, "period": period(one.since, one.until)} for one in sittings if one not in present
        ],
    }


def _given(one: UnitFunction, now: datetime) -> dict[str, Any]:
    over = one.until is not None and one.until <= now
    return {
        "pk": one.pk,
        "function": label(one.function),
        "sensitive": one.function.sensitive,
        "place": one.territory.name(language()),
        "period": period(one.since, one.until),
        "over": over,
        "coming": one.since > now and not over,
    }


def _post(post: Post, sits: queries.Sitting | None) -> dict[str, Any]:
    return {
        "post": post,
        "heads": post.rank == "head",
        "name": sits.name if sits else "",
        "period": period(sits.since, post.until) if sits else "",
    }


def _short(one: Proposal, now: datetime) -> str:
    what = label(one.function) if one.function else one.post.title if one.post else _("Change of the unit")
    return _("%(what)s: waits for a second person until %(until)s") % {
        "what": what,
        "until": format_moment(one.expires_at, language(), now),
    }


def resting(counts: Mapping[str, int]) -> list[str]:
    """Say how much rests on a unit: numbers, no names."""
    words = {
        "files": lambda n: ngettext("%(n)s file that it leads", "%(n)s files that it leads", n),
        "duties": lambda n: ngettext("%(n)s duty that it owes", "%(n)s duties that it owes", n),
        "functions": lambda n: ngettext("%(n)s function that it has", "%(n)s functions that it has", n),
        "people": lambda n: ngettext("%(n)s person who sits there", "%(n)s people who sit there", n),
        "units": lambda n: ngettext("%(n)s unit that it supervises", "%(n)s units that it supervises", n),
    }
    return [words[kind](count) % {"n": count} for kind, count in counts.items() if kind in words]


def given(*, waits: bool) -> str:
    """Say what became of a function that was given."""
    if waits:
        return _("Proposed. Another administrator must confirm it within seven days.")
    return _("The unit has the function.")


def seated(state: str) -> str:
    """Say what became of a seat."""
    return {
        State.DONE.value: _("The person sits in the post."),
        State.PLANNED.value: _("The seat is planned and begins on its day."),
    }.get(str(state), given(waits=True))


def confirmed(state: str) -> str:
    """Say what became of a confirmed proposal."""
    return {
        State.DONE.value: _("Confirmed and done."),
        State.PLANNED.value: _("The seat is planned and begins on its day."),
    }.get(state, _("It could not be done: things have changed since it was proposed."))


def waiting_title(count: int) -> str:
    """Say how much waits, in one sentence."""
    if not count:
        return _("Nothing waits for a second person")
    return ngettext("%(n)s change waits", "%(n)s changes wait", count) % {"n": count}


def proposal(
    one: Proposal, names: Mapping[int, str], actor: Actor, now: datetime, structure: str = ""
) -> dict[str, Any]:
    """Return a proposal as a line of the list; `structure` says what changes of bodies and units, if they do."""
    if structure:
        what = structure
    elif one.kind == Kind.SEAT:
        title = one.post.title if one.post else ""
        what = _("%(name)s to sit as: %(title)s") % {"name": names.get(one.user_id or 0, ""), "title": title}
    else:
        what = _("Function: %(function)s") % {"function": label(one.function) if one.function else one.part or ""}
    own = one.proposed_by_id == actor.user_id
    return {
        "id": one.pk,
        "steps": bool(one.steps),
        "what": what,
        "unit": one.unit.name if one.unit else "",
        "period": period(one.since, one.until) if one.since else "",
        "by": names.get(one.proposed_by_id, ""),
        "at": format_moment(one.proposed_at, language(), now),
        "expires": format_moment(one.expires_at, language(), now),
        "decided_by": names.get(one.decided_by_id or 0, ""),
        "state": _state(one),
        "may_decide": queries.may_decide(actor, one),
        "may_withdraw": own or one.state == State.PLANNED,
    }


def _state(one: Proposal) -> parts.State:
    kind, words = {
        State.PENDING.value: ("wait", _("waits for a second person")),
        State.PLANNED.value: ("open", _("planned")),
        State.DONE.value: ("met", _("carried out")),
        State.REFUSED.value: ("late", _("was refused")),
        State.WITHDRAWN.value: ("wait", _("taken back")),
        State.EXPIRED.value: ("soon", _("has expired")),
        State.FAILED.value: ("late", _("could not be done")),
    }[one.state]
    return parts.State(kind, words)


def landing(found: queries.Attention, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return the page of what needs attention."""
    address = reverse("units")
    figures = [
        parts.Figure(
            str(found.pending), _("wait for a second person"), url=reverse("proposals"), late=found.pending > 0
        ),
        parts.Figure(str(found.empty), _("units in which nobody sits"), url=f"{address}?state=empty"),
        parts.Figure(str(len(found.ending)), _("seats end within 30 days")),
        parts.Figure(str(len(found.rosters)), _("rosters with holes or missing"), url=reverse("duty")),
        parts.Figure(str(len(found.gaps)), _("functions that no body has here")),
    ]
    total = found.pending + len(found.ending) + len(found.rosters) + len(found.gaps)
    return {
        "page_title": _("Administration: what needs attention") if total else _("Nothing needs attention"),
        "figures": figures,
        "gaps": [label(function) for function in found.gaps],
        "ending": [
            {
                "title": post.title,
                "unit": post.unit.name,
                "url": reverse("unit", args=[post.unit_id]),
                "on": last_day(post.until),
            }
            for post in found.ending
        ],
        "rosters": [_roster(state) for state in found.rosters],
    }


def _roster(state: Any) -> dict[str, Any]:
    holes = ngettext("%(n)s hole in the week ahead", "%(n)s holes in the week ahead", len(state.holes))
    return {
        "name": state.unit.name,
        "url": reverse("duty_unit", args=[state.unit.pk]),
        "state": parts.State("late", _("works round the clock and has no roster"))
        if state.missing
        else parts.State("soon", holes % {"n": len(state.holes)}),
    }
