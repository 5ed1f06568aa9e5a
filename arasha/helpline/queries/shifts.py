"""Shifts and what is open in them: found from contacts and call-backs themselves, so nothing can be left off a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, rules
from arasha.helpline.models import CallBack, Contact, Matter, PassOn, Presence, Shift, ShiftSeat
from arasha.helpline.queries.words import opened
from arasha.helpline.rules.shifts import DANGER_STAYS, EARLY
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.queries import names_of, post_holders
from arasha.kernel.access.rules import Actor

MOST = 200


@dataclass(frozen=True)
class Open:
    """Something open: what kind, whose it is now, what was said about it (None: nothing, or erased)."""

    kind: str
    subject: UUID
    contact: Contact
    holder: int | None
    by: str
    since: datetime
    note: str | None
    taken: bool
    queued: bool


def shifts(actor: Actor, now: datetime) -> list[Shift]:
    """Return the shifts of the actor's unit that are on or to come, and the last one that ended."""
    if not policy.may_answer(actor):
        return []
    own = Shift.objects.filter(unit=actor.unit_id, cancelled_at=None).prefetch_related("seats__post")
    last = own.filter(ends_at__lte=now).order_by("-ends_at", "id")[:1]
    return [*last, *own.filter(ends_at__gt=now).order_by("starts_at", "id")[:30]]


def shift(actor: Actor, pk: UUID) -> Shift | None:
    """Return one shift of the actor's unit that was not cancelled."""
    own = Shift.objects.filter(unit=actor.unit_id, cancelled_at=None)
    return own.filter(pk=pk).first() if policy.may_answer(actor) else None


def on_shift(unit: int, now: datetime, *, early: bool = False) -> set[int]:
    """Return the posts that are on at a unit; `early`: also those whose hours begin within the hour."""
    begun = now + EARLY if early else now
    seats = ShiftSeat.objects.filter(unit=unit, shift__starts_at__lte=begun, shift__ends_at__gt=now)
    return set(seats.filter(shift__cancelled_at=None).values_list("post", flat=True))


def shift_of(post: int, unit: int, now: datetime) -> set[UUID]:
    """Return the shifts in which a post is on now, or within the hour."""
    seats = ShiftSeat.objects.filter(unit=unit, post=post, shift__cancelled_at=None)
    now_on = seats.filter(shift__starts_at__lte=now + EARLY, shift__ends_at__gt=now)
    return set(now_on.values_list("shift", flat=True))


def present(unit: int, now: datetime) -> set[int]:
    """Return the posts whose console was open a moment ago."""
    seen = Presence.objects.filter(unit=unit, seen_at__gte=now - rules.LOST)
    return set(seen.values_list("post", flat=True))


def seats_to_plan(actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """Return the posts of the actor's unit that somebody holds, with their holders' names, for planning."""
    unit = Unit.objects.filter(pk=actor.unit_id or 0).first()
    seats: list[Post] = list(post_holders(unit, now)) if unit else []
    return sorted(zip([post.pk for post in seats], who(seats), strict=True), key=lambda pair: pair[1])


def who(posts: Iterable[Post]) -> list[str]:
    """Return who sits in posts, by name; the post's title where nobody does."""
    seats = list(posts)
    names = names_of({post.holder_id for post in seats if post.holder_id})
    return [names.get(post.holder_id or 0, post.title) for post in seats]


def unsafe_untaken() -> QuerySet[Contact]:
    """Return contacts of somebody in danger whom no service took over and of whom no signal was made."""
    passed = Exists(PassOn.objects.filter(contact=OuterRef("pk")))
    return Contact.objects.filter(~passed, danger="not_safe", signal=None)


@sensitive_variables()
def open_matters(actor: Actor, now: datetime) -> list[Open]:
    """Return what is open at the actor's unit, in danger first: nothing that the actor is kept from."""
    own = policy.visible_to(actor).filter(unit=actor.unit_id)
    unsafe = set(own.filter(pk__in=unsafe_untaken()).values_list("pk", flat=True))
    recent = Q(pk__in=unsafe, state="ended", ended_at__gt=now - DANGER_STAYS)
    contacts = list(own.filter(~Q(state="ended") | recent).select_related("operator").order_by("began_at", "id")[:MOST])
    rings = CallBack.objects.filter(unit=actor.unit_id, contact__in=own, state__in=["waiting", "taken"])
    calls = list(rings.select_related("contact", "operator").order_by("due_at", "id")[:MOST])
    said = _Said.of([*[row.pk for row in contacts], *[row.pk for row in calls]])
    rows: list[Contact | CallBack] = [*contacts, *calls]
    posts = {row.operator for row in rows if row.operator}
    names = dict(zip([post.pk for post in posts], who(posts), strict=True))
    made = [_matter(_kind(row, unsafe), row, said, names) for row in rows]
    kinds = [code.code for code in rules.MATTERS]
    shown = [one for one in made if not (one.contact.state == "ended" and one.kind == "danger" and one.taken)]
    return sorted(shown, key=lambda one: (kinds.index(one.kind), one.since))


@dataclass(frozen=True)
class _Said:
    """What somebody did with open matters, and the notes, opened."""

    rows: dict[UUID, Matter]
    words: dict[UUID, str | None]

    @classmethod
    @sensitive_variables()
    def of(cls, subjects: Iterable[UUID]) -> "_Said":
        rows = {row.subject: row for row in Matter.objects.filter(subject__in=list(subjects))}
        return cls(rows, opened([row for row in rows.values() if row.sealed]))


def _kind(row: Contact | CallBack, unsafe: set[UUID]) -> str:
    if isinstance(row, CallBack):
        return "call_back"
    if row.pk in unsafe:
        return "danger"
    return "unanswered" if row.unanswered or row.state == "waiting" else "contact"


@sensitive_variables()
def _matter(kind: str, row: Contact | CallBack, said: _Said, names: dict[int, str]) -> Open:
    matter = said.rows.get(row.pk)
    return Open(
        kind=kind,
        subject=row.pk,
        contact=row.contact if isinstance(row, CallBack) else row,
        holder=row.operator_id,
        by=names.get(row.operator_id or 0, ""),
        since=row.due_at if isinstance(row, CallBack) else row.began_at,
        note=said.words.get(matter.pk) if matter else None,
        taken=bool(matter and matter.taken_at),
        queued=row.state == "waiting",
    )
