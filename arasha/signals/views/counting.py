"""What a rule noticed, as words: what was counted, by which facts, on which legal basis."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_ago, format_date, format_moment
from arasha.law.queries import ActAt
from arasha.people.queries import Found, glimpsed
from arasha.people.rules import ATTENDANCES, PREGNANCIES, SCHOOL_ABSENCES, age_shown, name_shown
from arasha.signals import queries, rules
from arasha.signals.models import Noticed
from arasha.signals.rules import Rule
from arasha.ui.rules.page import Link

STATUSES = {
    "in_force": "",
    "not_yet_in_force": gettext_lazy("not yet in force"),
    "replaced": gettext_lazy("no longer in force"),
    "not_verified": gettext_lazy("not found in public text"),
}


def tabs(done: bool) -> list[Link]:
    """Return the tabs of the list: what waits, and what was decided."""
    address = reverse("signals:noticed")
    return [
        Link(_("To be read"), address, current=not done),
        Link(_("Decided"), f"{address}?state=done", current=done),
    ]


def lines(rows: Sequence[Noticed], now: datetime) -> list[dict[str, Any]]:
    """Return the lines of the list. Of what lies under seal the list says neither the rule nor the child."""
    known = glimpsed([row.person_id for row in rows if not Facet(row.facet).sealed])
    return [_line(row, known, now) for row in rows]


def _line(row: Noticed, known: dict[UUID, Found], now: datetime) -> dict[str, Any]:
    sealed = Facet(row.facet).sealed
    return {
        "url": reverse("signals:noticed_one", args=[row.pk]),
        "rule": _("Under seal: open it to read") if sealed else _label(row.rule),
        "child": "" if sealed else child(known.get(row.person_id), now),
        "ago": format_ago(now - row.at, _language()),
        "state": rules.NOTICED_STATES.label(row.state),
        "reason": rules.DISMISSALS.label(row.reason) if row.reason else "",
    }


def page(row: Noticed, read: queries.Read, now: datetime) -> dict[str, Any]:
    """Return what the page of one row shows."""
    rule = next((one for one in rules.noticing_rules() if one.code == row.rule), None)
    facts = _facts(read)
    return {
        "page_title": _label(row.rule),
        "page_meta": " · ".join((child(read.child, now), format_moment(row.at, _language(), now))),
        "tabs": tabs(row.state != queries.UNREAD),
        "row": row,
        "why": rules.explanation(row.rule, _language()) if rule else "",
        "counted": counted(row, rule),
        "span": _span(row.first_day, row.last_day),
        "facts": facts,
        "unread_facts": not facts,
        "basis": [_act(read.basis[key]) for key in rule.legal_basis if key in read.basis] if rule else [],
        "verified": bool(rule and rule.verified_by),
        "open": row.state == queries.UNREAD,
        "state": rules.NOTICED_STATES.label(row.state),
        "reason": rules.DISMISSALS.label(row.reason) if row.reason else "",
        "decided": format_moment(row.decided_at, _language(), now) if row.decided_at else "",
        "sealed": Facet(row.facet).sealed,
        "file": f"/files/{row.dossier_id}/" if read.child and read.child.within else "",
    }


def child(found: Found | None, now: datetime) -> str:
    """Name the child and say how old, as far as the reader may know."""
    if found is None:
        return _("A child, name not known")
    age = age_shown(found.birth_first, found.birth_last, local(now).date())
    return ", ".join(part for part in (name_shown(found.called, "child"), age) if part)


def counted(row: Noticed, rule: Rule | None) -> str:
    """Say what was counted, in one sentence."""
    said = {
        "school_changes": ngettext("%(n)s change of school", "%(n)s changes of school", row.count),
        "absence_in_a_row": ngettext("%(n)s day away in a row", "%(n)s days away in a row", row.count),
        "absence_in_all": ngettext("%(n)s day away in all", "%(n)s days away in all", row.count),
        "injuries": ngettext("injuries told of %(n)s time", "injuries told of %(n)s times", row.count),
        "pregnancy": ngettext("%(n)s record under seal", "%(n)s records under seal", row.count),
    }.get(rule.counted if rule else "", "%(n)s")
    words = said % {"n": row.count}
    return words[:1].upper() + words[1:]


def _facts(read: queries.Read) -> list[tuple[str, str]]:
    """Return the facts that the reader reads, each with its days."""
    facts = [
        (stay.place.name if stay.place else stay.called or ATTENDANCES.label(stay.kind), _span(stay.since, stay.until))
        for stay in read.stays
    ]
    facts += [(SCHOOL_ABSENCES.label(one.kind), _span(one.since, one.until)) for one in read.aways]
    for signal in read.hurts:
        concerns = ", ".join(rules.CONCERNS.label(code) for code in signal.concerns)
        facts.append((concerns, _day(local(signal.received_at).date())))
    for opened in read.sealed:
        said = opened.said or {}
        days = [date.fromisoformat(said[name]) if name in said else None for name in ("first", "last")]
        facts.append((PREGNANCIES.label(said["kind"]) if said else "–", _span(*days)))
    return [(words[:1].upper() + words[1:], days) for words, days in facts]


def _act(found: ActAt) -> tuple[str, str]:
    return found.names.get(_language(), found.names["kk"]), str(STATUSES[found.status])


def _label(rule: str) -> str:
    return rules.NOTICING.label(rule) if rule in rules.NOTICING else rule


def _span(first: date | None, last: date | None) -> str:
    if first and last:
        return _day(first) if first == last else f"{_day(first)} – {_day(last)}"
    if first:
        return _("since day %(day)s") % {"day": _day(first)}
    return _("until day %(day)s") % {"day": _day(last)} if last else _("on a day that is not known")


def _day(day: date) -> str:
    return format_date(day, _language())


def _language() -> str:
    return get_language() or "kk"
