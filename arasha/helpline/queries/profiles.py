"""Callers who are known again: found by keyed marks, with what is known of them as far as its day has not come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, rules
from arasha.helpline.models import Contact, Profile, ProfileContact, ProfileFlag, ProfileGuidance
from arasha.helpline.rules.profiles import WordWeak, checked_word
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import lookup_key, open_text
from arasha.kernel.vault.rules import KeyErased, Scope, blind_index

PURPOSE = "helpline.profile"


@dataclass(frozen=True)
class Known:
    """What whoever answers sees of a caller who is known: `note` is None where it was erased."""

    profile: Profile
    note: str | None
    flags: list[ProfileFlag]
    contacts: list[Contact]


def profile_place(dossier: UUID, table: str) -> dict[str, Any]:
    """Return where words about a known caller lie sealed: under a key of their own file."""
    return {"scope": Scope("dossier", dossier, "narrative"), "table": table, "column": "sealed"}


@sensitive_variables()
def mark_of(unit: int, word: str) -> bytes:
    """Return the keyed mark of a caller's word at a unit; `word` as `checked_word` gives it."""
    return blind_index(f"{unit} word {word}", lookup_key(PURPOSE))


def box_of(contact: Contact) -> bytes | None:
    """Return the keyed mark of the mailbox that a written contact came from; None where its channel knows none."""
    if contact.channel not in rules.WRITTEN or not contact.source:
        return None
    return blind_index(f"{contact.unit_id} box {contact.source}", lookup_key(PURPOSE))


@sensitive_variables()
def profile_by_word(contact: Contact, word: str) -> Profile | None:
    """Return who is known by a word at the contact's unit."""
    try:
        mark = mark_of(contact.unit_id, checked_word(word))
    except WordWeak:
        return None
    return Profile.objects.filter(unit=contact.unit_id, mark=mark).first()


def profile_by_box(contact: Contact) -> Profile | None:
    """Return who wished to be known by this mailbox."""
    box = box_of(contact)
    return Profile.objects.filter(unit=contact.unit_id, box=box).first() if box else None


def known(actor: Actor) -> QuerySet[Profile]:
    """Return the known callers of the actor's unit."""
    if actor.post_id is None or not policy.may_answer(actor):
        return Profile.objects.none()
    return Profile.objects.filter(on_team(actor), unit=actor.unit_id)


def profile_of(actor: Actor, contact: Contact) -> Profile | None:
    """Return who the contact is of, where they wished to be known."""
    link = ProfileContact.objects.filter(contact=contact, profile__isnull=False).first()
    return known(actor).select_related("wished_by").filter(pk=link.profile_id or link.pk).first() if link else None


def tries_left(contact: Contact) -> int:
    """Return how many words may still be tried in a contact."""
    link = ProfileContact.objects.filter(contact=contact).first()
    return max(0, rules.MOST_TRIES - (link.tries if link else 0))


@sensitive_variables()
def known_as(actor: Actor, profile: Profile, now: datetime) -> Known:
    """Return what is known of a caller; a flag whose day has come is not."""
    flags = list(profile.flags.filter(until__gt=now).order_by("until", "code"))
    links = ProfileContact.objects.filter(profile=profile).values("contact")
    contacts = policy.visible_to(actor).filter(pk__in=links).order_by("-began_at", "id")[:50]
    return Known(profile, _opened(profile, "helpline_profile"), flags, list(contacts))


@sensitive_variables()
def _opened(row: Profile | ProfileGuidance, table: str) -> str | None:
    try:
        return open_text(bytes(row.sealed), row=str(row.pk), **profile_place(row.dossier_id, table))
    except KeyErased:
        return None


@sensitive_variables()
def guidance_of(actor: Actor, profile: Profile) -> str:
    """Return what supervisors wrote for supervisors; nothing for anybody else."""
    if not policy.may_supervise(actor):
        return ""
    row = ProfileGuidance.objects.filter(profile=profile).first()
    return (_opened(row, "helpline_profileguidance") or "") if row else ""


def known_callers(actor: Actor, now: datetime) -> list[Mapping[str, Any]]:
    """Return for a supervisor who is known at the unit: since when, how many contacts and flags; no word."""
    if not policy.may_supervise(actor):
        return []
    rows = known(actor).annotate(
        times=Count("contacts", distinct=True), signs=Count("flags", filter=Q(flags__until__gt=now), distinct=True)
    )
    return list(rows.order_by("-wished_at", "id").values("pk", "wished_at", "times", "signs", "dossier_id")[:200])
