"""Reading hindrances, who stays with a child, repeats, and the reports of which a second reader is asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language

from arasha.cases.queries import case_of_signal, place
from arasha.kernel.access.models import Dossier, Post, Unit
from arasha.kernel.access.queries import body_for
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.queries import open_many
from arasha.kernel.vault.rules import Sealed
from arasha.protocols.queries import started_by
from arasha.signals import rules
from arasha.signals.models import Company, Hindrance, ResponseReview, Signal, Watch
from arasha.signals.policy import visible_to
from arasha.signals.queries.reach import held_posts
from arasha.signals.queries.signals import Place
from arasha.signals.rules.matching import AGE_APART, Described
from arasha.signals.rules.repeats import Told, since

SECOND_READINGS = "/signals/second-readings/"
LOOKED_AT = 500
NOT_COUNTED = ("mistaken", "duplicate")


@dataclass(frozen=True)
class Staying:
    """Who stays with the child of a file, and the alarm; `name` None where lawfully erased.

    `company` None and no alarm: somebody is named, and the reader may not know who.
    """

    company: Company | None
    name: str | None
    watch: Watch | None

    @property
    def role(self) -> str:
        """What they are to the child, in the reader's language."""
        return rules.COMPANY_ROLES.label(self.company.role) if self.company else ""

    @property
    def rings(self) -> bool:
        """Whether nobody is named and the alarm rings."""
        return self.watch is not None and self.watch.ended_at is None


@dataclass(frozen=True)
class Repeat:
    """An earlier report of the same kind, and what it shares: the child or the class."""

    signal: Signal
    shares: str

    @property
    def words(self) -> str:
        """What worried then, in the reader's language."""
        return ", ".join(rules.CONCERNS.label(code) for code in self.signal.concerns)


@dataclass(frozen=True)
class Hindering:
    """A refused statement or pressure as a page shows it; `words` None where they were lawfully erased."""

    kind: str
    unit: str
    words: str | None
    at: datetime


@dataclass(frozen=True)
class Ways:
    """What the pages of a signal and of a file show of the special ways."""

    staying: Staying | None
    hindrances: list[Hindering]
    repeats: list[Repeat]
    supported: str


def file_link(dossier: UUID) -> str:
    """Return the address of a file."""
    return f"/files/{dossier}/"


def company_link(dossier: UUID) -> str:
    """Return the address at which somebody is named as staying with the child."""
    return f"/signals/file/{dossier}/company/"


def hindrance_place(dossier: UUID) -> Place:
    """Return where the vault keeps words about a hindrance: with the obligations, for the prosecutor to read."""
    found = place(dossier, Facet.OBLIGATIONS, "signals_hindrance")
    return Place(scope=found["scope"], table=found["table"], column=found["column"])


def hindrances_of(dossiers: Iterable[UUID]) -> list[tuple[Hindrance, str | None]]:
    """Return what was told of hindering in files, oldest first, with its words; "" where none were written."""
    rows = list(
        Hindrance.objects.filter(dossier__in=list(dossiers)).select_related("unit").order_by("told_at", "kind", "pk")
    )
    written = [row for row in rows if row.sealed is not None]
    sealed = [Sealed(bytes(row.sealed or b""), row=str(row.pk), **hindrance_place(row.dossier_id)) for row in written]
    words = dict(zip((row.pk for row in written), open_many(sealed), strict=True))
    return [(row, words.get(row.pk, "")) for row in rows]


def ways_of(actor: Actor, dossiers: list[UUID], signal: Signal | None) -> Ways:
    """Return what the pages of a file show, of it and of the signals that it grew from; by default the newest."""
    told = [
        Hindering(rules.HINDRANCES.label(row.kind), row.unit.name if row.unit else "", words, row.told_at)
        for row, words in hindrances_of(dossiers)
    ]
    signal = signal or Signal.objects.filter(dossier__in=dossiers).order_by("-received_at", "pk").first()
    repeats = repeats_of(actor, signal) if signal else []
    supported = rules.PUNISHMENT.label(get_language() or "kk") if signal and signal.response == rules.SUPPORT else ""
    return Ways(staying_of(dossiers), told, repeats, supported)


def rung_units(file: Dossier, at: datetime) -> list[Unit]:
    """Return the units that the alarm of a file rings sooner or later, the nearest first, for whoever rings by hand."""
    found = [file.lead_unit] if file.lead_unit else []
    functions = [row.more["function"] for row in rules.ALARM_RUNGS if row.more["function"]]
    found += [unit for code in functions if (unit := body_for(code, file.territory_id, at))]
    return list(dict.fromkeys(found))


def present(dossier: UUID) -> QuerySet[Company]:
    """Return who is named as staying with the child now."""
    return Company.objects.filter(dossier=dossier, left_at=None)


def staying_of(dossiers: Iterable[UUID]) -> Staying | None:
    """Return who stays with the child of a file and its alarm, one that rings first; None where there is neither."""
    watches = Watch.objects.filter(dossier__in=list(dossiers)).select_related("company").order_by("since", "pk")
    watch = next(iter(sorted(watches, key=lambda row: row.ended_at is not None)), None)
    row = watch.company if watch else None
    if row is None:
        return Staying(None, None, watch) if watch else None
    at = place(row.dossier_id, Facet(row.facet), "signals_company")
    name = open_many([Sealed(bytes(row.sealed), row=str(row.pk), **at)])[0]
    return Staying(row, name, watch)


def claim_rings(now: datetime, limit: int) -> list[Watch]:
    """Lock the alarms whose next ring has come, passing over what other clocks hold; by file."""
    due = Watch.objects.filter(ended_at=None, next_ring_at__lte=now).order_by("next_ring_at", "pk")
    claimed = due.select_for_update(skip_locked=True, of=("self",))[:limit]
    return sorted(claimed, key=lambda row: str(row.dossier_id))


def response_of(report: rules.Report, urgency: str, at: datetime) -> str:
    """Return which way a report goes: family support only where the procedure for it is in force, too."""
    reporter = rules.DOORS[report.door].more["reporter"]
    found = rules.response_of(report, reporter=reporter, urgency=urgency)
    if found == rules.SUPPORT and not started_by("report_signal", {"response": [rules.SUPPORT]}, at):
        return rules.ORDINARY
    return found


def claim_unreviewed(limit: int) -> list[Signal]:
    """Lock reports that went the way of family support and that the clock has not looked at."""
    seen = ResponseReview.objects.filter(dossier=OuterRef("dossier"))
    fresh = Signal.objects.filter(~Exists(seen), response=rules.SUPPORT).order_by("received_at", "pk")
    return list(fresh.select_for_update(skip_locked=True, of=("self",))[:limit])


def happened_before(signal: Signal) -> bool:
    """Say whether another report tells of this child within the rule's months, or nobody can know.

    For the clock alone: it reads every file.
    """
    if not signal.child_called:
        return True
    begin = since(rules.PUNISHMENT, signal.received_at)
    others = Signal.objects.filter(received_at__gt=begin, received_at__lte=signal.received_at).exclude(pk=signal.pk)
    if signal.child_age is not None:
        others = others.exclude(child_age__lt=signal.child_age - AGE_APART - 1)
        others = others.exclude(child_age__gt=signal.child_age + AGE_APART)
    told = others.exclude(closing__in=NOT_COUNTED).exclude(child_called="").iterator()
    return any(rules.repeated(_told(signal), _told(other)) == "child" for other in told)


def readings(actor: Actor) -> QuerySet[ResponseReview]:
    """Return the second readings that wait for the actor's unit, the oldest first."""
    return ResponseReview.objects.filter(unit=actor.unit_id or 0, state=rules.WAITING).order_by("drawn_at", "pk")


def reading(actor: Actor, dossier: UUID, *, lock: bool = False) -> ResponseReview | None:
    """Return one second reading that waits for the actor's unit."""
    rows = readings(actor).filter(dossier=dossier)
    return (rows.select_for_update(of=("self",)) if lock else rows).first()


def review_of(dossier: UUID) -> ResponseReview | None:
    """Return what became of a report that went the way of family support."""
    return ResponseReview.objects.filter(dossier=dossier).select_related("unit").first()


def sits_in_lead(actor: Actor, dossier: UUID, at: datetime) -> bool:
    """Say whether the person holds a post in the unit that leads the file, in whatever post they act now."""
    lead = Dossier.objects.filter(pk=dossier).values("lead_unit")
    held: QuerySet[Post] = held_posts(at).filter(unit__in=lead, holder=actor.user_id)
    return held.exists()


def repeats_of(actor: Actor, signal: Signal) -> list[Repeat]:
    """Return earlier reports, of what the reader may read, by which this one is a repeat, the newest first."""
    found: dict[UUID, Repeat] = {}
    for rule in rules.REPEAT_RULES:
        if rule.more["concern"] not in signal.concerns:
            continue
        told = _told(signal, actor)
        for other in _earlier(actor, signal, rule.more["concern"], since(rule, signal.received_at)):
            if shares := rules.repeated(told, _told(other, actor)):
                found.setdefault(other.pk, Repeat(other, shares))
    return list(found.values())


def _earlier(actor: Actor, signal: Signal, concern: str, begin: datetime) -> QuerySet[Signal]:
    others = visible_to(actor).filter(concerns__contains=[concern], received_at__gte=begin)
    others = others.filter(received_at__lt=signal.received_at).exclude(closing__in=NOT_COUNTED)
    return others.exclude(pk=signal.pk).order_by("-received_at", "pk")[:LOOKED_AT]


def _told(signal: Signal, actor: Actor | None = None) -> Told:
    sex = signal.child_sex
    child = Described(signal.child_called, signal.child_age, sex, signal.school_id, signal.clinic_id)
    case = case_of_signal(actor, signal.dossier_id) if actor and signal.state == "case" else None
    return Told(child, signal.school_class, signal.received_at, str(case.pk) if case else "")
