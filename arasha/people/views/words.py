"""People as words: names, births, ages, and each block of facts as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.territory.queries import territory
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.people import models, queries, rules
from arasha.people.models.facts import Fact


@dataclass(frozen=True)
class Line:
    """One fact as a line: its words, a second line in small, whether it stands, and its id for taking it back."""

    words: str
    note: str = ""
    past: bool = False
    fact: UUID | None = None
    what: str = ""


def language() -> str:
    """Return the reader's language."""
    return get_language() or "kk"


def capital(words: str) -> str:
    """Return the words with a capital letter at their beginning."""
    return words[:1].upper() + words[1:]


def called(person: models.Person) -> str:
    """Return what a person is called, or that the name is not known."""
    return rules.name_shown(person.called, person.role)


def birth(person: models.Person) -> str:
    """Return a birth as exactly as it is known."""
    return rules.birth_shown(person.birth_first, person.birth_last, person.birth_how)


def born(person: models.Person, now: datetime) -> str:
    """Return birth and age in one line."""
    today = local(now).date()
    age = "" if person.died else rules.age_shown(person.birth_first, person.birth_last, today)
    return " · ".join(part for part in (birth(person), age) if part)


def span(row: Fact) -> str:
    """Return from when to when a fact holds, as far as it is known."""
    return between(row.since, row.until)


def between(first: date | None, last: date | None) -> str:
    """Return two days as one span, either of them missing where it is not known."""
    since = format_date(first, language()) if first else ""
    until = format_date(last, language()) if last else ""
    if since and until:
        return f"{since} – {until}"
    if until:
        return _("until day %(day)s") % {"day": until}
    return _("since day %(day)s") % {"day": since} if since else ""


def _note(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def names(rows: Sequence[models.PersonName]) -> list[Line]:
    """Return names, those that stand first."""
    lines = [
        Line(
            " ".join(part for part in (row.surname, row.given, row.patronymic) if part),
            _note(rules.NAME_KINDS.label(row.kind), span(row)),
            past=row.until is not None,
            fact=row.pk,
            what="name",
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.past)


def papers(found: queries.Card) -> list[Line]:
    """Return papers: what it is, its number, and why there is none."""
    lines = []
    for one in found.papers:
        assert isinstance(one.row, models.Paper)  # noqa: S101 - sorted so
        said = one.said or {}
        reason = rules.ABSENCES.label(one.row.reason) if one.row.reason else ""
        words = said.get("number") or reason or said.get("country", "")
        label = rules.PAPERS.label(one.row.kind)
        country = said.get("country", "") if said.get("number") else ""
        note = _note(country, said.get("remark", ""), span(one.row))
        lines.append(
            Line(f"{capital(label)}: {words}" if words else capital(label), note, fact=one.row.pk, what="paper")
        )
    return lines


def contacts(found: queries.Card) -> list[tuple[Line, str, str]]:
    """Return contacts with how safe they are, as code and words."""
    lines = []
    for one in found.contacts:
        assert isinstance(one.row, models.Contact)  # noqa: S101 - sorted so
        said = one.said or {}
        note = _note(
            rules.CONTACTS.label(one.row.kind), rules.CONTACT_OWNERS.label(one.row.whose), said.get("when", "")
        )
        line = Line(said.get("value", "–"), note, fact=one.row.pk, what="contact")
        lines.append((line, one.row.safe, capital(rules.CONTACT_SAFETY.label(one.row.safe))))
    return lines


def addresses(found: queries.Card) -> list[Line]:
    """Return addresses, those that stand first."""
    lines = []
    for one in found.addresses:
        assert isinstance(one.row, models.Address)  # noqa: S101 - sorted so
        place = territory(one.row.territory) if one.row.territory else None
        words = _note((one.said or {}).get("line", "–"), place.name(language()) if place else "")
        note = _note(rules.ADDRESSES.label(one.row.kind), span(one.row))
        lines.append(Line(words, note, past=one.row.until is not None, fact=one.row.pk, what="address"))
    return sorted(lines, key=lambda line: line.past)


def attendances(found: queries.Card) -> list[Line]:
    """Return schools and clinics, those that stand first."""
    lines = []
    for row in found.attendances:
        words = _note(row.place.name if row.place else row.called, row.group)
        note = _note(rules.ATTENDANCES.label(row.kind), span(row))
        lines.append(Line(words, note, past=row.until is not None, fact=row.pk, what="attendance"))
    return sorted(lines, key=lambda line: line.past)


def absences(found: queries.Card) -> list[Line]:
    """Return times away from school, the latest first."""
    return [
        Line(span(row), rules.SCHOOL_ABSENCES.label(row.kind), fact=row.pk, what="absence") for row in found.absences
    ]


def pregnancies(found: queries.Card) -> list[Line]:
    """Return pregnancies and births, for whom the facet was granted by name."""
    lines = []
    for one in found.pregnancies:
        said = one.said or {}
        days = [date.fromisoformat(said[name]) if name in said else None for name in ("first", "last")]
        kind = capital(rules.PREGNANCIES.label(said["kind"])) if said else "–"
        lines.append(Line(kind, between(*days), fact=one.row.pk, what="pregnancy"))
    return lines


def talking(row: models.Communication | None) -> list[tuple[str, str]]:
    """Return how to talk with somebody as pairs of label and words; empty when nobody noted it."""
    if row is None:
        return []
    said = [
        (_("Languages"), ", ".join(rules.LANGUAGES.label(code) for code in row.languages)),
        (_("Makes themselves understood"), ", ".join(rules.WAYS.label(code) for code in row.ways)),
        (_("Interpreter"), _note(rules.INTERPRETERS.label(row.interpreter), row.interpreter_called)),
        (_("Supported by"), row.companion),
        (_("Would rather speak with"), "" if row.worker == "either" else rules.WORKERS.label(row.worker)),
    ]
    return [(label, words) for label, words in said if words]


def difficulties(found: queries.Card) -> tuple[list[tuple[str, str]], bool]:
    """Return what is difficult, and whether it counts as a functional difficulty."""
    levels = {row.domain: row.level for row in found.difficulties}
    lines = [
        (capital(rules.DOMAINS.label(code.code)), rules.LEVELS.label(levels[code.code]))
        for code in rules.DOMAINS
        if code.code in levels
    ]
    return lines, rules.is_disability(levels)


def standings(found: queries.Card, *, reasons: bool) -> list[tuple[str, bool | None, str]]:
    """Return what an adult may: the matter, whether it is allowed (None: nobody decided), and with `reasons` why."""
    lines: list[tuple[str, bool | None, str]] = []
    for matter in rules.MATTERS:
        row = found.standings.get(matter.code)
        why = _note(rules.STANDINGS.label(row.reason), row.unit.name if row.unit else "") if row and reasons else ""
        lines.append((capital(rules.MATTERS.label(matter.code)), row.allowed if row else None, why))
    return lines
