"""A contact from its first moment to its end: begun, taken by one operator, lost and found again, over."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries, rules
from arasha.helpline.actions.found import AlreadyTaken, ContactEnded, NoHelpline, acting, held, locked
from arasha.helpline.models import Contact, Presence
from arasha.kernel.access.actions import TeamMember, add_member, bar, open_dossier
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.queries import names_of, post_holders
from arasha.kernel.access.rules import Actor
from arasha.signals.rules import stands_in
from arasha.ui.rules import UnknownCode

KIND = "contact"


@sensitive_variables("must_not_know")
def begin_contact(
    *,
    actor: Actor,
    channel: str,
    external: str,
    now: datetime,
    source: str = "",
    language: str = "",
    danger: str = "not_asked",
    must_not_know: str = "",
    territory: str = "",
    unit: int | None = None,
) -> Contact:
    """Begin a contact. An operator's own (a call that they answer) is theirs at once; a channel's waits.

    `external` begun twice is one contact: the same row comes back. `source` is a keyed fingerprint, never a number.
    Operators who stand by name among those who `must_not_know` never learn of it. `unit`, or the helpline that serves
    the `territory` (a code, empty: the country), is for system work; whoever acts for a helpline begins at their own.
    Raises NotAllowed, NoHelpline, UnknownCode.
    """
    rules.CHANNELS[channel], rules.DANGERS[danger]
    if not policy.may_bring(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        place = queries.unit_for(actor, unit, territory, now)
        if place is None:
            raise NoHelpline
        if external and (known := _known(place, channel, external)) is not None:
            return known
        row = Contact(id=uuid4(), dossier_id=uuid4(), unit=place, channel=channel, external=external)
        row.source, row.language, row.began_at = source, language, now
        row.danger, row.danger_at = danger, None if danger == "not_asked" else now
        row.state, row.waiting_since = "waiting", now
        row.repeats = queries.joked_lately(place.pk, source, now)
        if actor.post_id is not None:
            _take(row, actor.post_id, now)
        with acting("begin_contact", row, now):
            _open(row, place, must_not_know, now)
            row.save(force_insert=True)
    return row


def _known(unit: Unit, channel: str, external: str) -> Contact | None:
    """Return the contact that a channel has begun before; of two that begin it at once, the second waits."""
    with connection.cursor() as cursor:
        key = f"helpline:{unit.pk}:{channel}:{external}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    return Contact.objects.filter(unit=unit, channel=channel, external=external).first()


def _open(row: Contact, unit: Unit, must_not_know: str, now: datetime) -> None:
    members = [TeamMember("lead", unit_id=unit.pk, reason="answers")]
    above = queries.helpline_above(unit, now)
    if above is not None:
        members.append(TeamMember("overseeing", unit_id=above.pk, reason="supervises"))
    open_dossier(dossier=row.dossier_id, kind=KIND, territory=unit.territory_id, members=members, now=now)
    if must_not_know.strip():
        seats = [seat for one in (unit, above) if one is not None for seat in post_holders(one, now)]
        names = names_of({seat.holder_id for seat in seats if seat.holder_id})
        for user in sorted(user for user, name in names.items() if stands_in(name, must_not_know)):
            bar(dossier=row.dossier_id, user_id=user, reason="named_by_caller")


def take_contact(*, actor: Actor, contact: UUID, now: datetime, post: int | None = None) -> Contact:
    """Take a waiting contact: of two operators who do so at once one gets it, the other is told so.

    `post` says whose it becomes when an exchange or the clock's work connects it; an operator takes for themselves.
    Raises NotAllowed, ContactNotThere, AlreadyTaken.
    """
    with transaction.atomic():
        row = locked(actor, contact)
        mine = actor.post_id if actor.post_id is not None else _seat(row, post)
        if row.state != "waiting" or mine is None:
            raise AlreadyTaken
        _take(row, mine, now)
        with acting("take_contact", row, now):
            row.save(update_fields=["state", "operator", "taken_at", "first_reply_at", "waiting_since"])
    return row


def _seat(row: Contact, post: int | None) -> int | None:
    """Return the post of the contact's unit that an exchange names."""
    return Post.objects.filter(pk=post or 0, unit=row.unit_id).values_list("pk", flat=True).first()


def take_next(*, actor: Actor, now: datetime) -> Contact | None:
    """Take who waits first (`queries.queue`); None when nobody waits. Who is just being taken is passed by."""
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        for waiting in queries.queue(actor):
            free = Contact.objects.select_for_update(of=("self",), skip_locked=True)
            if free.filter(pk=waiting.pk, state="waiting").exists():
                return take_contact(actor=actor, contact=waiting.pk, now=now)
    return None


def _take(row: Contact, post: int, now: datetime) -> None:
    row.state, row.operator_id, row.taken_at = "open", post, now
    if row.channel not in rules.WRITTEN:  # taking the call is the reply
        row.first_reply_at = row.first_reply_at or now
        row.waiting_since = None


def give_back(*, actor: Actor, contact: UUID, now: datetime) -> Contact:
    """Let a contact that the actor holds wait for another operator. Raises NotYours, ContactEnded and so on."""
    with transaction.atomic():
        row = held(actor, contact, {"open"})
        return _wait_again(row, now, "give_back_contact")


def return_lost(*, actor: Actor, now: datetime) -> int:
    """Let written contacts wait again whose operator's console has been silent; return how many. For the clock.

    A call goes on at the operator's telephone, whatever becomes of the browser, so it stays theirs.
    """
    if not actor.is_system:
        raise policy.NotAllowed
    seen = Subquery(Presence.objects.filter(post=OuterRef("operator")).values("seen_at"))
    before = now - rules.LOST
    open_ = Contact.objects.filter(state="open", channel__in=rules.WRITTEN, taken_at__lt=before)
    lost = open_.annotate(seen=seen).filter(Q(seen=None) | Q(seen__lt=before)).values_list("pk", flat=True)
    for pk in list(lost):
        with transaction.atomic():
            row = Contact.objects.select_for_update(of=("self",)).filter(pk=pk, state="open").first()
            if row is not None:
                _wait_again(row, now, "return_contact")
    return len(lost)


def _wait_again(row: Contact, now: datetime, verb: str) -> Contact:
    row.state, row.operator_id = "waiting", None
    row.waiting_since = row.waiting_since or now
    with acting(verb, row, now):
        row.save(update_fields=["state", "operator", "waiting_since"])
    return row


def join_contact(*, actor: Actor, contact: UUID, now: datetime) -> Contact:
    """Let a supervisor join a contact: the operator keeps it, both see it, and it is written down who joined.

    Raises NotAllowed, ContactNotThere, ContactEnded.
    """
    if not policy.may_supervise(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        row = locked(actor, contact)
        if row.state not in {"open", "wrap_up"}:
            raise ContactEnded
        row.joined_id, row.joined_at = actor.post_id, now
        with acting("join_contact", row, now):
            if actor.unit_id != row.unit_id:
                member = TeamMember("partner", user_id=actor.user_id, reason="joined")
                add_member(dossier=row.dossier_id, member=member)
            row.save(update_fields=["joined", "joined_at"])
    return row


def end_contact(*, actor: Actor, contact: UUID, now: datetime) -> Contact:
    """End the talk: what is left is to write it down. A channel ends one that nobody took as abandoned.

    Ended twice is ended once. Raises NotAllowed, ContactNotThere, NotYours.
    """
    with transaction.atomic():
        row = locked(actor, contact) if actor.post_id is None else held(actor, contact, {"open", "wrap_up", "ended"})
        if row.state == "waiting":
            return _unanswered(row, "abandoned", now)
        if row.state != "open":
            return row
        row.state, row.ended_at, row.waiting_since = "wrap_up", now, None
        with acting("end_contact", row, now):
            row.save(update_fields=["state", "ended_at", "waiting_since"])
    return row


def miss_contact(*, actor: Actor, contact: UUID, kind: str, now: datetime) -> Contact:
    """Say that a waiting contact came to nobody: abandoned, missed, or outside hours. For channels.

    Raises NotAllowed, ContactNotThere, AlreadyTaken; UnknownCode for a kind of an answered contact.
    """
    if kind not in rules.UNANSWERED:
        raise UnknownCode(kind)
    with transaction.atomic():
        row = locked(actor, contact)
        if row.state != "waiting":
            raise AlreadyTaken
        return _unanswered(row, kind, now)


def _unanswered(row: Contact, kind: str, now: datetime) -> Contact:
    row.state, row.kind, row.ended_at, row.logged_at, row.waiting_since = "ended", kind, now, now, None
    with acting("miss_contact", row, now, kind=kind):
        row.save(update_fields=["state", "kind", "ended_at", "logged_at", "waiting_since"])
    return row
