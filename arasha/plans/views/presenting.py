"""An assessment in words and shapes."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.cases.queries import Said
from arasha.cases.queries import of_dossiers as cases_of
from arasha.cases.rules import PLACES, SAYING
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.plans import queries, rules
from arasha.plans.models import Assessment, AssessmentPart
from arasha.questionnaires.queries import about_of
from arasha.ui.rules.parts import Empty, State

STATES: dict[rules.Standing, tuple[str, Callable[[], str]]] = {
    rules.Standing.ASKED: ("wait", lambda: _("asked")),
    rules.Standing.BEGUN: ("open", lambda: _("being written")),
    rules.Standing.DONE: ("met", lambda: _("done")),
    rules.Standing.LATE: ("late", lambda: _("late")),
    rules.Standing.LEFT: ("late", lambda: _("the unit has left the file")),
}


def language() -> str:
    """Return the reader's language: kk, ru or en."""
    return (get_language() or "kk")[:2]


def texts(said: Mapping[str, str]) -> str:
    """Return the reader's language of texts that a form has, else the first there is."""
    return said.get(language()) or said.get("kk") or next(iter(said.values()), "")


def title_of(part: AssessmentPart) -> str:
    """Return what a part is called, with a capital."""
    return discipline_title(part.discipline)


def discipline_title(code: str) -> str:
    """Return what a discipline is called, with a capital."""
    words = rules.DISCIPLINES.label(code)
    return words[:1].upper() + words[1:]


def state_of(standing: rules.Standing) -> State:
    """Return shape and words of where a part stands."""
    kind, words = STATES[standing]
    return State(kind, words())


def line(part: queries.PartRead, now: datetime) -> dict[str, Any]:
    """Return one part as a line of a list: what everybody on the file may know of it."""
    row = part.row
    when = _("by %(day)s") % {"day": format_date(row.by_when, language())}
    if row.done_at is not None and part.standing is rules.Standing.DONE:
        when = format_moment(row.done_at, language(), now)
    return {
        "id": row.pk,
        "title": title_of(row),
        "unit": row.unit.name,
        "state": state_of(part.standing),
        "when": when,
        "url": queries.part_link(row.pk) if part.own or part.reads else "",
        "own": part.own,
        "closed": row.response_id is not None and not part.own and not part.reads,
        "movable": part.standing is not rules.Standing.DONE,
        "apart": rules.discipline(row.discipline) not in rules.disciplines(),
    }


def heading(read: queries.AssessmentRead | None) -> str:
    """Return the situation in one sentence."""
    if read is None:
        return _("This child is not being assessed yet")
    if read.row.state == "ended":
        return _("The assessment is ended")
    if not read.parts:
        return _("Nobody is asked for a part of the assessment yet")
    owed = len(read.owed)
    if owed:
        words = ngettext("%(n)s part of the assessment is owed", "%(n)s parts of the assessment are owed", owed)
        return words % {"n": owed}
    if read.row.state == "summed_up":
        return _("The assessment is summed up")
    return _("Every part is there: sum up the assessment")


def facts(row: Assessment, now: datetime) -> str:
    """Return who opened an assessment when, and by when it is to be there."""
    values = {
        "unit": row.unit.name,
        "moment": format_moment(row.opened_at, language(), now),
        "day": format_date(row.by_when, language()),
    }
    return _("Opened by %(unit)s, %(moment)s. To be ready by %(day)s.") % values


def said(found: Iterable[Said], now: datetime) -> list[dict[str, Any]]:
    """Return what the child said, to whom, where and when."""
    return [
        {
            "how": SAYING.label(one.row.how),
            "words": one.words,
            "facts": f"{one.row.unit.name} · {PLACES.label(one.row.where)} · "
            + format_moment(one.row.said_at, language(), now),
        }
        for one in found
    ]


def confidential() -> list[tuple[str, list[str]]]:
    """Return what an adolescent is told, under two headings."""
    kinds = (("stays", _("What stays between us")), ("passed", _("What I must pass on")))
    return [
        (words, [rules.CONFIDENTIAL.label(row.code) for row in rules.CONFIDENTIAL if row.more["kind"] == kind])
        for kind, words in kinds
    ]


def nothing(*, leads: bool) -> Empty:
    """Return what stands where no assessment is."""
    if leads:
        text = _("Open one below, then ask the units on the file for their parts. Each writes its own; you sum up.")
    else:
        text = _("The unit that leads the case opens it, and asks units for their parts.")
    return Empty(_("No assessment was opened"), text)


def form_title(version: int) -> str:
    """Return what a version of a form is called."""
    return texts(about_of(version).title)


def child_of(dossier: UUID) -> str:
    """Name the child as the file does."""
    case = cases_of([dossier]).get(dossier)
    name = case.child_called if case else ""
    return name or _("A child, name not known")
