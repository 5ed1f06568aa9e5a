"""How likely harm was judged to be, by whom and why, and what the file says that the rules look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from arasha.cases import rules
from arasha.cases.models import (
    Case,
    Incident,
    IncidentAct,
    IncidentVersion,
    Injury,
    RiskJudgement,
    RiskText,
    SafetyJudgement,
)
from arasha.cases.queries.frame import concerns_of, place, safety_of
from arasha.cases.queries.happened import mapped, spell_of
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.kernel.worktime.rules import local
from arasha.people.queries import child_of
from arasha.people.rules import Birth


@dataclass(frozen=True)
class RiskShown:
    """One judgement as a page shows it: the row, who judged, and why in words.

    `why` is empty where nothing was written or the reader may not know it, None where it was lawfully erased.
    """

    row: RiskJudgement
    who: str
    why: str | None

    @property
    def is_overridden(self) -> bool:
        """Whether another level was chosen than the rules suggested."""
        return bool(self.row.override)


def risk_of(dossier: UUID) -> RiskJudgement | None:
    """Return the last judgement of risk that the reader may know; of two at one moment the higher counts."""
    rows = risks_of(dossier)
    return rows[0] if rows else None


def risks_of(dossier: UUID) -> list[RiskJudgement]:
    """Return every judgement of risk, the newest first; of two at one moment the higher first."""
    rows = RiskJudgement.objects.filter(dossier=dossier).select_related("unit")
    return sorted(rows, key=lambda row: (row.judged_at, rules.rank(row.level), str(row.pk)), reverse=True)


def risk_history(dossier: UUID) -> list[RiskShown]:
    """Return every judgement of risk with who judged and why, the newest first."""
    rows = risks_of(dossier)
    names = names_of(row.user_id for row in rows if row.user_id)
    why = _why(rows)
    return [RiskShown(row, names.get(row.user_id or 0, ""), why.get(row.pk, "")) for row in rows]


def _why(rows: Sequence[RiskJudgement]) -> dict[UUID, str | None]:
    texts = list(RiskText.objects.filter(judgement__in=[row.pk for row in rows]))
    sealed = [
        Sealed(bytes(text.sealed), row=str(text.pk), **place(text.dossier_id, Facet(text.facet), "cases_risktext"))
        for text in texts
    ]
    return dict(zip((text.judgement_id for text in texts), open_many(sealed), strict=True))


def risk_facts(dossier: UUID, now: datetime, reasons: Sequence[str] = ()) -> dict[str, frozenset[str]]:
    """Return what the file says by codes, as far as the reader may read it, with a judge's own reasons."""
    standing = [row for row in concerns_of(dossier) if row.ended_at is None]
    safety = safety_of(dossier, now)
    ages = child_ages(dossier, local(now).date())
    return {
        "concern": frozenset(row.code for row in standing),
        "setting": frozenset(row.setting for row in standing),
        # Nobody has judged, and somebody judged that it is not known, weigh differently: the first is no fact yet.
        "safety": frozenset({safety.state} if safety.judged else ()),
        "seen": frozenset({safety.seen} if safety.seen else ()),
        "age": rules.age_facts(ages[0] if ages else None),
        "reason": frozenset(reasons),
    }


def incidents_weighed(dossier: UUID, now: datetime) -> list[rules.Facts]:
    """Return the facts of each incident as it is known now, as far as the reader reads concerns; none that was struck.

    What goes on counts as recent whenever it was written down: nobody wrote that it ended.
    """
    today = local(now).date()
    standing = dict(Incident.objects.filter(dossier=dossier, struck_at=None).values_list("pk", "number"))
    rows = IncidentVersion.objects.filter(incident__in=standing)
    versions = {row.pk: row for row in rows if row.number == standing[row.incident_id]}
    forms: dict[UUID, set[str]] = {}
    for version, code in IncidentAct.objects.filter(version__in=versions).values_list("version", "form__code"):
        forms.setdefault(version, set()).add(code)
    called = mapped({code for codes in forms.values() for code in codes}, "concern", today)
    return [
        rules.incident_facts(
            forms=forms.get(row.pk, set()),
            concerns=[concern for code in forms.get(row.pk, set()) for concern in called.get(code, ["other"])],
            setting=row.setting,
            pattern=rules.FREQUENCIES[row.frequency].more["shape"] == rules.PATTERN,
            goes_on=row.goes_on,
            recent=_recent(row, today),
        )
        for row in sorted(versions.values(), key=lambda row: row.pk)
    ]


def _recent(version: IncidentVersion, today: date) -> str:
    """Say how recent the last day is on which it may have been; it can't have been after it was written down."""
    last = today if version.goes_on else spell_of(version).last
    code = rules.how_recent(last, today)
    nobody_knows = version.since is None and version.until is None and not version.goes_on
    return rules.NO_DAY_KNOWN if nobody_knows and code != rules.OLDER else code


def injuries_weighed(dossier: UUID, now: datetime) -> list[rules.Facts]:
    """Return the facts of each injury as it was seen last, as far as the reader reads health; none that was struck."""
    today = local(now).date()
    last: dict[UUID, Injury] = {}
    for row in Injury.objects.filter(dossier=dossier, struck_at=None).order_by("seen_on", "recorded_at", "pk"):
        last[row.first_id or row.pk] = row
    return [
        rules.injury_facts(kind=row.kind, region=row.region, healing=row.healing, seen_on=row.seen_on, today=today)
        for row in last.values()
    ]


def child_ages(dossier: UUID, today: date) -> tuple[int, int] | None:
    """Return the least and the greatest age in whole years that a file's child can have today; None: nobody knows.

    By the child's birth as the file knows it, which goes on by itself; else the age that was said for the case.
    """
    child = child_of(dossier)
    if child is not None and child.birth_first is not None and child.birth_last is not None:
        return Birth(child.birth_first, child.birth_last).ages_on(today)
    said = Case.objects.filter(dossier=dossier).values_list("child_age", flat=True).first()
    return None if said is None else (said, said)


def seen_alone_since(dossier: UUID, since: datetime) -> bool:
    """Say whether somebody saw the child alone since a moment, as far as judgements of safety tell."""
    return SafetyJudgement.objects.filter(dossier=dossier, seen="alone", seen_at__gte=since).exists()
