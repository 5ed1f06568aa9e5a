"""Callers who wish to be known again: put down on their wish, found by their word, forgotten when they say so."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries
from arasha.helpline.actions.found import NothingSaid, held
from arasha.helpline.models import Contact, Profile, ProfileContact, ProfileFlag, ProfileGuidance
from arasha.helpline.rules.profiles import FLAGS, LONGEST_NOTE, MOST_TRIES, checked_word, flag_until
from arasha.kernel.access.actions import TeamMember, carry_bars, close_dossier, open_dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act, erasing
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import erase, seal_text

KIND = "profile"
WISH = "caller_wish"


class ProfileNotThere(LookupError):
    """Nobody is known by this word here, or the contact is of nobody who is known."""


class WordTaken(Exception):
    """The word can't be used: the caller chooses another one."""


class TooManyTries(Exception):
    """So many words were tried in this contact that no more is looked up."""


@sensitive_variables()
def open_profile(*, actor: Actor, contact: UUID, word: str, note: str, now: datetime, box: bool = False) -> Profile:
    """Know a caller again, on their wish: by their `word`, and by their mailbox where they write (`box`) and wish so.

    Raises NotAllowed, ContactNotThere, NotYours, WordWeak, WordTaken, NothingSaid (nothing to find it by, a long note).
    """
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up"})
        mark = queries.mark_of(row.unit_id, checked_word(word)) if word.strip() else None
        letterbox = queries.box_of(row) if box else None
        if (mark is None and letterbox is None) or len(note.strip()) > LONGEST_NOTE:
            raise NothingSaid
        link = _link(row, now)
        if link.profile_id is not None:
            raise WordTaken
        made = Profile(id=uuid4(), dossier_id=uuid4(), unit_id=row.unit_id, wished_at=now, mark=mark, box=letterbox)
        made.wished_by_id = actor.post_id or 0
        made.sealed = seal_text(note.strip(), row=made.pk, **queries.profile_place(made.dossier_id, "helpline_profile"))
        with act(
            verb="open_profile", stream=dossier_stream(made.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}
        ):
            team = [TeamMember("lead", unit_id=row.unit_id, reason="caller_wishes")]
            open_dossier(dossier=made.dossier_id, kind=KIND, territory=row.unit.territory_id, members=team, now=now)
            carry_bars(origin=row.dossier_id, target=made.dossier_id)
            try:
                with transaction.atomic():
                    made.save(force_insert=True)
            except IntegrityError:
                raise WordTaken from None
            link.profile, link.dossier_id = made, made.dossier_id
            link.save()
    return made


def _link(row: Contact, now: datetime) -> ProfileContact:
    known = ProfileContact.objects.select_for_update(of=("self",)).filter(contact=row).first()
    return known or ProfileContact(id=uuid4(), dossier_id=row.dossier_id, contact=row, at=now)


@sensitive_variables()
def find_profile(*, actor: Actor, contact: UUID, word: str, now: datetime) -> Profile | None:
    """Find who is known by the word that a caller says, or by their mailbox where none is said; None: nobody.

    A try that finds nobody is counted, and kept: do not roll it back. Raises as `open_profile`, TooManyTries.
    """
    with transaction.atomic():
        row = held(actor, contact, {"open", "wrap_up"})
        link = _link(row, now)
        if link.tries >= MOST_TRIES:
            raise TooManyTries
        found = queries.profile_by_word(row, word) if word.strip() else queries.profile_by_box(row)
        link.tries += 1
        if found is None:
            link.save()
            return None
        link.profile, link.dossier_id = found, found.dossier_id
        with act(
            verb="find_profile", stream=dossier_stream(found.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}
        ):
            link.save()
            carry_bars(origin=row.dossier_id, target=found.dossier_id)
    return found


def _of(actor: Actor, contact: UUID) -> Profile:
    row = held(actor, contact, {"open", "wrap_up", "ended"})
    found = queries.profile_of(actor, row)
    if found is None:
        raise ProfileNotThere
    return Profile.objects.select_for_update(of=("self",)).get(pk=found.pk)


@sensitive_variables()
def note_profile(*, actor: Actor, contact: UUID, note: str, now: datetime) -> None:
    """Write the short note anew. Raises as `open_profile`, ProfileNotThere."""
    if len(note.strip()) > LONGEST_NOTE:
        raise NothingSaid
    with transaction.atomic():
        row = _of(actor, contact)
        place = queries.profile_place(row.dossier_id, "helpline_profile")
        row.sealed = seal_text(note.strip(), row=row.pk, **place)
        with act(verb="note_profile", stream=dossier_stream(row.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}):
            row.save(update_fields=["sealed"])


def set_flag(*, actor: Actor, contact: UUID, flag: str, now: datetime) -> ProfileFlag:
    """Put a flag, which ends by itself; set again it is prolonged. Raises UnknownCode, ProfileNotThere and so on."""
    until = flag_until(flag, now)
    with transaction.atomic():
        row = _of(actor, contact)
        with act(verb="set_flag", stream=dossier_stream(row.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}):
            given = {"since": now, "until": until, "dossier_id": row.dossier_id}
            made, _new = ProfileFlag.objects.update_or_create(profile=row, code=flag, defaults=given)
    return made


def lift_flag(*, actor: Actor, contact: UUID, flag: str, now: datetime) -> None:
    """Take a flag away before its day. Raises UnknownCode, ProfileNotThere and so on."""
    FLAGS[flag]
    with transaction.atomic():
        row = _of(actor, contact)
        with act(verb="lift_flag", stream=dossier_stream(row.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}):
            ProfileFlag.objects.filter(profile=row, code=flag).delete()


@sensitive_variables()
def guide(*, actor: Actor, profile: UUID, words: str, now: datetime) -> None:
    """Write what supervisors should know of answering a caller. Raises NotAllowed, ProfileNotThere, NothingSaid."""
    if len(words.strip()) > LONGEST_NOTE:
        raise NothingSaid
    with transaction.atomic():
        row = _supervised(actor, profile)
        kept = ProfileGuidance.objects.filter(profile=row).first()
        kept = kept or ProfileGuidance(id=uuid4(), dossier_id=row.dossier_id, profile=row, unit_id=row.unit_id)
        place = queries.profile_place(row.dossier_id, "helpline_profileguidance")
        kept.at, kept.sealed = now, seal_text(words.strip(), row=kept.pk, **place)
        with act(
            verb="guide_profile", stream=dossier_stream(row.dossier_id), now=now, codes={"facet": Facet.NARRATIVE}
        ):
            kept.save()


def _supervised(actor: Actor, profile: UUID) -> Profile:
    if not policy.may_supervise(actor):
        raise policy.NotAllowed
    row = queries.known(actor).select_for_update(of=("self",)).filter(pk=profile).first()
    if row is None:
        raise ProfileNotThere
    return row


def forget_profile(*, actor: Actor, now: datetime, contact: UUID | None = None, profile: UUID | None = None) -> None:
    """Forget a caller at once, as they wish: mark, note, flags and the list of contacts; the contacts stay unlinked.

    From a contact of theirs, or by a supervisor. Raises NotAllowed, ProfileNotThere and so on.
    """
    with transaction.atomic():
        row = _of(actor, contact) if contact is not None else _supervised(actor, profile or UUID(int=0))
        scope = queries.profile_place(row.dossier_id, "helpline_profile")["scope"]
        stream = dossier_stream(row.dossier_id)
        with erasing(scopes=[scope], stream=stream, now=now):
            ProfileContact.objects.filter(profile=row).delete()
            ProfileFlag.objects.filter(profile=row).delete()
            # What supervisors wrote goes with it in the database: an operator does not see that it is there.
            Profile.objects.filter(pk=row.pk).delete()
            erase(scope, actor=actor, now=now, legal_basis=WISH)
            close_dossier(dossier=row.dossier_id, now=now)


def delete_flags(*, actor: Actor, now: datetime) -> int:
    """Delete the flags whose day has come; returns how many. For the clock."""
    if not actor.is_system:
        raise policy.NotAllowed
    gone, _each = ProfileFlag.objects.filter(until__lte=now).delete()
    return gone
