"""Kin, households, what surrounds a family, and what each adult may."""

from datetime import date, datetime
from uuid import UUID

from arasha.kernel.access.rules import Actor, Facet
from arasha.people import policy, rules
from arasha.people.actions.recording import PersonNotThere, end_standing, recorded
from arasha.people.models import Kinship, Residence, Standing, Surrounding


class KinOfThemselves(ValueError):
    """Somebody was given as their own kin."""


def relate(
    *,
    actor: Actor,
    person: UUID,
    other: UUID,
    kind: str,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
) -> Kinship:
    """Say what one person of a file is to another, such as "mother of", with from when to when.

    Said again, the earlier row of the same two and kind ends. Raises PersonNotThere, KinOfThemselves, UnknownCode.
    """
    rules.RELATIONSHIPS[kind]
    if person == other:
        raise KinOfThemselves
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="relate", now=now, kind=kind) as (found, bare):
        if not policy.visible_to(actor).filter(pk=other, dossier=found.dossier_id).exists():
            raise PersonNotThere
        end_standing(Kinship.objects.filter(person=found, other=other, kind=kind), since, now)
        row = Kinship(**bare, other_id=other, kind=kind, since=since, until=until)
        row.save(force_insert=True)
    return row


def settle(
    *, actor: Actor, person: UUID, household: int, now: datetime, since: date | None = None, also: bool = False
) -> Residence:
    """Say in which household of the file somebody lives; `also`: in the earlier one as well, as some children do.

    Raises PersonNotThere; ValueError for a household that is not numbered from 1 to 9.
    """
    if not 1 <= household <= rules.HOUSEHOLDS:
        raise ValueError("no such household")
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="settle", now=now) as (found, bare):
        rows = Residence.objects.filter(person=found)
        end_standing(rows.filter(household=household) if also else rows, since, now)
        row = Residence(**bare, household=household, since=since)
        row.save(force_insert=True)
    return row


def set_standing(*, actor: Actor, person: UUID, matter: str, allowed: bool, reason: str, now: datetime) -> Standing:
    """Decide whether an adult may consent, see the file, be told or be invited, with the reason (C21).

    Raises PersonNotThere, UnknownCode, CodeDoesNotFit.
    """
    rules.check_standing(matter, reason, allowed=allowed)
    told = {"matter": matter, "allowed": allowed, "reason": reason}
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="set_standing", now=now, **told) as (_, bare):
        row = Standing(**bare, matter=matter, allowed=allowed, reason=reason)
        row.save(force_insert=True)
    return row


def note_surrounding(
    *,
    actor: Actor,
    person: UUID,
    system: str,
    called: str,
    strength: str,
    flow: str,
    now: datetime,
    shared: bool = True,
) -> Surrounding:
    """Note what surrounds a family: a system, how strong the tie is and where energy flows (Hartman, 1978).

    `shared`: the tie is the whole household's, else it is this person's alone.

    Raises PersonNotThere, UnknownCode.
    """
    rules.SYSTEMS[system], rules.BONDS[strength], rules.FLOWS[flow]
    told = {"system": system}
    with recorded(actor=actor, person=person, facet=Facet.IDENTITY, verb="note_surrounding", now=now, **told) as (
        found,
        bare,
    ):
        end_standing(Surrounding.objects.filter(person=found, system=system, called=called.strip()), None, now)
        row = Surrounding(
            **bare, system=system, called=called.strip()[:200], strength=strength, flow=flow, shared=shared
        )
        row.save(force_insert=True)
    return row
