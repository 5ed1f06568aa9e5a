"""A file's subjects as words and shapes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.cases import queries, rules
from arasha.cases.forms import DecideForm
from arasha.cases.models import CaseConcern, HouseholdChild, LeadOffer
from arasha.kernel.access.models import Dossier
from arasha.kernel.worktime.rules.formats import format_date, format_moment, format_stamp
from arasha.services.rules import kilometres
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Safety


def language() -> str:
    """Return the reader's language."""
    return get_language() or "kk"


def moment(at: datetime, now: datetime | None) -> str:
    """Write a moment: on the screen near days by their word; on paper (no `now`) by date, for it is read later."""
    return format_moment(at, language(), now) if now is not None else format_stamp(at, language())


def child_of(dossier: UUID) -> str:
    """Name the child as the file does: who has two files open must see in which one they write."""
    case = queries.of_dossiers([dossier]).get(dossier)
    return (case.child_called if case else "") or _("A child, name not known")


def banner(found: rules.Safety, now: datetime) -> Safety:
    """Return the safety banner: what was judged, by whom and when, and what it is worth now."""
    if not found.judged:
        return Safety(
            "unknown", _("Nobody has judged yet whether the child is safe"), _("Somebody must see the child.")
        )
    words = rules.SAFETY.label(found.judged)
    heading = words[:1].upper() + words[1:]
    if found.is_past:
        heading = _("The judgement is over: nobody knows whether the child is safe now")
    return Safety(found.state, heading, facts_of(found, now))


def facts_of(found: rules.Safety, now: datetime) -> str:
    """Return who judged when, whether the child was seen and where, and by when to judge again."""
    parts = [found.unit, format_moment(found.judged_at, language(), now) if found.judged_at else ""]
    parts += [_("child seen: %(how)s") % {"how": rules.SEEN.label(found.seen)}, rules.PLACES.label(found.where)]
    if found.again_by:
        parts.append(_("judge again by %(moment)s") % {"moment": format_moment(found.again_by, language(), now)})
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Subject:
    """One page of a file: its title, and what it shows."""

    title: Callable[[], str]
    short: Callable[[], str]
    page: Callable[[UUID, datetime], dict[str, Any]]


def tabs(found: Dossier, subject: str) -> list[Link]:
    """Return the subjects of a file as tabs, the file itself first."""
    return tabs_named(found.pk, subject)


def tabs_named(dossier: UUID, subject: str) -> list[Link]:
    """Return the same by the file's id."""
    first = Link(_("The file"), queries.link(dossier))
    return [first] + [
        Link(one.short(), reverse(f"cases:{code}", kwargs={"dossier": dossier}), code == subject)
        for code, one in SUBJECTS.items()
    ]


def _safety(dossier: UUID, now: datetime) -> dict[str, Any]:
    history = queries.safety_history(dossier, now)
    return {
        "safety": banner(queries.safety_of(dossier, now), now),
        "history": [
            {"state": rules.SAFETY.label(row.judged), "facts": facts_of(row, now), "why": row.why} for row in history
        ],
    }


def _words(dossier: UUID, now: datetime) -> dict[str, Any]:
    return {
        "said": [
            {
                "how": rules.SAYING.label(one.row.how),
                "facts": f"{one.row.unit.name} · {rules.PLACES.label(one.row.where)} · "
                + format_moment(one.row.said_at, language(), now),
                "words": one.words,
            }
            for one in queries.words_of(dossier)
        ]
    }


def _concerns(dossier: UUID, now: datetime) -> dict[str, Any]:
    return {"concerns": [_concern(row, now) for row in queries.concerns_of(dossier)]}


def _concern(row: CaseConcern, now: datetime) -> Mapping[str, Any]:
    since = ""
    if row.since:
        since = f"{format_date(row.since, language())} ({rules.PRECISIONS.label(row.precision)})"
    words = rules.CONCERNS.label(row.code)
    return {
        "id": row.pk,
        "what": words[:1].upper() + words[1:],
        "where": rules.SETTINGS.label(row.setting),
        "since": since or _("not known"),
        "ended": format_moment(row.ended_at, language(), now) if row.ended_at else "",
    }


def _household(dossier: UUID, now: datetime) -> dict[str, Any]:
    return {"children": [_child(row, now) for row in queries.household_of(dossier)]}


def _child(row: HouseholdChild, now: datetime) -> Mapping[str, Any]:
    age = ngettext("%(n)s year", "%(n)s years", row.age) % {"n": row.age} if row.age is not None else ""
    decided = ""
    if row.decision and row.decided_at:
        reason = rules.HOUSEHOLD_REASONS.label(row.reason)
        decided = f"{rules.HOUSEHOLD.label(row.decision)}: {reason} · {format_moment(row.decided_at, language(), now)}"
    return {
        "called": row.called,
        "age": age,
        "decided": decided,
        "form": None if row.decision else DecideForm(initial={"child": row.pk}, prefix=None, auto_id=f"id_{row.pk}_%s"),
    }


def _documents(dossier: UUID, now: datetime) -> dict[str, Any]:
    return {
        "documents": [
            {
                "id": row.pk,
                "name": name,
                "kind": rules.DOCUMENTS.label(row.kind),
                "facts": f"{row.unit.name} · {format_moment(row.added_at, language(), now)}",
            }
            for row, name in queries.documents_of(dossier)
        ]
    }


def _lead(dossier: UUID, now: datetime) -> dict[str, Any]:
    team = [member for member in queries.team(dossier) if member.part == "lead" and member.unit_id]
    return {"leads": [queries.unit_name(member.unit_id) for member in team if member.unit_id]}


def offer(row: LeadOffer, now: datetime, home: str | None = None) -> dict[str, Any]:
    """Return one offer of a lead as a line; with `home`, how far from there the file would go."""
    return {
        "distance": distance(row, home) if home and row.territory_id else "",
        "url": queries.link(row.dossier_id, "lead"),
        "from": row.from_unit.name,
        "to": row.to_unit.name,
        "reason": rules.LEAD_REASONS.label(row.reason),
        "when": format_moment(row.offered_at, language(), now),
    }


def busy(band: str) -> str:
    """Say how much the workers of a unit have to do on average; nothing where that is not said."""
    words = {
        "room": _("there is room for more"),
        "near": _("near the limit of work"),
        "over": _("over the limit of work; an urgent child is offered all the same"),
    }
    return words.get(band, "")


def distance(row: LeadOffer, home: str) -> str:
    """Say how far a file would go from the district where it is now; never of a body whose address is protected."""
    if row.to_unit.body.protected:
        return _("not shown: the address is protected")
    far = kilometres(home, str(row.territory_id))
    return _("about %(n)s km") % {"n": far} if far is not None else _("not known")


def offers_title(count: int) -> str:
    """Say how many files are offered."""
    if not count:
        return _("No file is offered to your unit")
    words = ngettext("%(n)s file is offered to your unit", "%(n)s files are offered to your unit", count)
    return words % {"n": count}


SUBJECTS = {
    "safety": Subject(lambda: _("Is the child safe now?"), lambda: _("Safety"), _safety),
    "words": Subject(lambda: _("What the child said"), lambda: _("The child’s words"), _words),
    "happened": Subject(lambda: _("What happened"), lambda: _("What happened"), lambda dossier, now: {}),
    "household": Subject(lambda: _("The other children of the household"), lambda: _("Household"), _household),
    "considered": Subject(lambda: _("Who else must be thought of"), lambda: _("Others"), lambda dossier, now: {}),
    "concerns": Subject(lambda: _("What worries"), lambda: _("Concerns"), _concerns),
    "documents": Subject(lambda: _("Documents of the file"), lambda: _("Documents"), _documents),
    "lead": Subject(lambda: _("Who leads this file"), lambda: _("Lead"), _lead),
}
