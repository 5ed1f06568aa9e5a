"""Which dossiers are there for an actor, and who is on them."""

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.kernel.access.models import Dossier, Member
from arasha.kernel.access.rules import Actor, Facet


def visible_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that are there for the actor; anything else does not exist for them.

    The predicate is said here as well as in the table's policy: the planner may use it with an index, and a
    mistake in either is caught by the other.
    """
    return Dossier.objects.filter(on_team(actor, "pk"))


def on_team(actor: Actor, dossier: str = "dossier") -> Q:
    """Return the condition that a row's dossier is there for the actor, for lists of what dossiers hold.

    `dossier` names the row's column. It asks the team alone and leaves the dossiers' own table out: the row's policy
    asks for bars and facets. No condition for who sees all.
    """
    if actor.is_system or actor.scope == "nation":
        return Q()
    # Asked only for what the actor has: `user = None` would ask for every row that names a unit.
    mine = Q(user=actor.user_id) if actor.user_id else Q(pk__in=())
    mine = mine | Q(unit=actor.unit_id) if actor.unit_id else mine
    until = Q(until=None) | Q(until__gt=actor.moment)
    own = Q(Exists(Member.objects.filter(mine, until, dossier=OuterRef(dossier), ended_at=None)))
    return own | Q(**{f"{dossier}__in": actor.glass}) if actor.glass else own


def led_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers that the actor's unit leads; the newest of them come straight from an index."""
    return Dossier.objects.filter(lead_unit=actor.unit_id)


def team_of(dossiers: Iterable[uuid.UUID]) -> list[Member]:
    """Return the present team of dossiers that the actor of this transaction is on.

    Grants of sealed facets are there for the lead and for who holds them only.
    """
    ids = list(dossiers)
    return list(Member.objects.raw("SELECT * FROM access.team(%s::uuid[]) ORDER BY since, id", [ids])) if ids else []


def may_read(dossier: uuid.UUID, facet: Facet) -> bool:
    """Return whether who acts in this transaction may read the facet of the dossier now."""
    return _ask("SELECT access.may_read(%s::uuid, %s::smallint)", dossier, facet)


def reads_plan(dossier: uuid.UUID) -> bool:
    """Return whether who acts reads the dossier's plan as a whole: not only what a referral asked of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.reads_plan(%s::uuid)", [dossier])
        (found,) = cursor.fetchone() or (False,)
    return bool(found)


def may_fill(dossier: uuid.UUID, facet: Facet) -> bool:
    """Return whether who acts may put words under the facet; under that of plans, whoever reads the plan as a whole."""
    return may_write(dossier, facet) and (facet is not Facet.PLAN or reads_plan(dossier))


def may_write(dossier: uuid.UUID, facet: Facet) -> bool:
    """Return whether who acts in this transaction may write the facet of the dossier now."""
    return _ask("SELECT access.may_write(%s::uuid, %s::smallint)", dossier, facet)


def may_insert(dossier: uuid.UUID, facet: Facet) -> bool:
    """Return whether who acts may add to the facet: who may write it, and the transaction that opened the dossier."""
    return _ask("SELECT access.may_insert(%s::uuid, %s::smallint)", dossier, facet)


def may_keep_own(dossier: uuid.UUID, facet: Facet) -> bool:
    """Return whether who acts may write their own words under the facet without a grant, and read them again.

    So it is with an adult's own safety alone: whoever asked keeps what they wrote, and nothing else of the facet.
    """
    return _ask("SELECT access.may_keep_own(%s::uuid, %s::smallint)", dossier, facet)


def _ask(sql: str, dossier: uuid.UUID, facet: Facet) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [dossier, int(facet)])
        return bool(cursor.fetchone()[0])
