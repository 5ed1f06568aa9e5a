"""What an act of law is called and whether it is in force."""

from dataclasses import dataclass
from datetime import date, datetime

from arasha.kernel.worktime.rules import local
from arasha.law import rules
from arasha.law.models import LegalAct


@dataclass(frozen=True)
class ActAt:
    """An act as it stands at a moment. `names` by language; an unknown one is Russian's, else English's."""

    key: str
    status: str
    names: dict[str, str]
    checked: bool
    replaced_by: str
    practice: bool = False


@dataclass(frozen=True)
class ActEntry:
    """An act with everything that is known of it; `at` is how it stands at the moment that was asked for."""

    at: ActAt
    kind: str
    number: str
    date_text: str
    in_force_from: date | None
    in_force_until: date | None
    status_as_found: str
    subject: str
    source: str
    verified: str
    verified_by: str


def act(key: str, at: datetime) -> ActAt | None:
    """Return the act as it stands at the moment, or None when the table has no such key."""
    return acts([key], at).get(key)


def acts(keys: list[str], at: datetime) -> dict[str, ActAt]:
    """Return the acts of several keys as they stand at the moment, in one query; unknown keys are left out."""
    return {row.key: _standing(row, local(at).date()) for row in LegalAct.objects.filter(key__in=keys)}


def register(at: datetime) -> list[ActEntry]:
    """Return all acts as they stand at the moment, in the order of their keys: some hundreds at most."""
    day = local(at).date()
    return [
        ActEntry(
            _standing(row, day),
            *(row.kind, row.number, row.date_text, row.in_force_from, row.in_force_until),
            *(row.status_as_found, row.subject, row.source, row.verified, row.verified_by),
        )
        for row in LegalAct.objects.order_by("key")
    ]


def known_keys(*, using: str = "default") -> frozenset[str]:
    """Return the keys of all acts: what a procedure may cite."""
    return frozenset(LegalAct.objects.using(using).values_list("key", flat=True))


def _standing(row: LegalAct, day: date) -> ActAt:
    status = rules.status_on(day, status=row.status, in_force_from=row.in_force_from, in_force_until=row.in_force_until)
    names = {"kk": row.name_kk or row.name_ru or row.name_en, "ru": row.name_ru or row.name_en, "en": row.name_en}
    practice = row.kind == rules.PRACTICE
    return ActAt(row.key, status, names, bool(row.verified_by), row.replaced_by_id or "", practice)
