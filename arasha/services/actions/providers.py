"""Providers: entered, changed, ended."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from arasha.kernel.access.models import Body
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.territory.rules import region_code
from arasha.services import policy, queries
from arasha.services.actions.writing import act, check_seen, put, write
from arasha.services.models import Provider
from arasha.services.rules import EntryFaulty, Fault, ProviderSaid, check_provider, is_protected

SECTORS = {"state": "social_protection", "ngo": "ngo", "private": "ngo"}
BODY_KINDS = {
    "crisis_centre": "refuge",
    "shelter": "refuge",
    "refuge_family": "refuge",
    "family_support": "family_support",
}


def add_provider(
    *, actor: Actor, said: ProviderSaid, now: datetime, body_id: int | None = None, provider_id: UUID | None = None
) -> UUID:
    """Enter a provider: for a body that there is, or with a new body that has no unit, no seat and no duty.

    Sent twice with one `provider_id` it is entered once.

    Raises:
        EntryFaulty: what is said can't be taken.
        NotAllowed: the actor does not keep the directory there.
        NotThere: there is no such body.
    """
    check_provider(said)
    entered = provider_id or uuid4()
    if policy.visible_providers(actor).filter(pk=entered).exists():
        return entered
    _require(actor, said, body_id)
    with transaction.atomic():
        body = body_id or _next_body()
        with act("add_provider", body, now, provider=entered, kind=said.kind):
            if body_id is None:
                _add_body(body, said, entered)
            put(
                Provider(
                    id=entered,
                    body_id=body,
                    kind=said.kind,
                    protected=is_protected(said.kind),
                    ownership=said.ownership,
                    funded_until=said.funded_until,
                    source=said.source,
                    ended_on=said.ended_on,
                )
            )
    return entered


def change_provider(*, actor: Actor, provider_id: UUID, said: ProviderSaid, now: datetime, seen: str = "") -> None:
    """Change what a provider is, or end it on a day. Its kind stays: another kind is another provider.

    The body's own names and place change with the structure, by two persons.

    Raises:
        EntryFaulty: what is said can't be taken.
        NotAllowed: the actor does not keep the directory there.
        NotThere: there is no such provider for the actor.
        ChangedMeanwhile: it no longer stands as it was `seen`.
    """
    check_provider(said)
    with transaction.atomic():
        row = queries.provider(actor, provider_id)
        policy.require_keeping(actor, row.body.territory_id)
        if is_protected(said.kind) != row.protected:
            raise EntryFaulty([Fault("kind", "protected_stays")])
        rows = Provider.objects.filter(pk=row.pk)
        check_seen(rows.select_for_update().get(), seen)
        with act("change_provider", row.body_id, now, provider=row.pk):
            write(
                rows,
                kind=said.kind,
                ownership=said.ownership,
                funded_until=said.funded_until,
                source=said.source,
                ended_on=said.ended_on,
            )


def _require(actor: Actor, said: ProviderSaid, body_id: int | None) -> None:
    """Ask whether the actor keeps the directory where the body is. Raises NotAllowed, NotThere."""
    place = said.territory
    if body_id is not None:
        found = Body.objects.filter(pk=body_id).first()
        if found is None:
            raise NotThere
        place = found.territory_id
        if is_protected(said.kind) and (not found.protected or region_code(place) != place):
            raise EntryFaulty([Fault("kind", "body_is_not_protected")])
    policy.require_keeping(actor, place)


def _next_body() -> int:
    return next_bodies(1)[0]


def next_bodies(count: int) -> list[int]:
    """Return so many numbers for new bodies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('public.access_body_id_seq') FROM generate_series(1, %s)", [count])
        return [int(row[0]) for row in cursor.fetchall()]


def add_bodies(bodies: Sequence[tuple[int, ProviderSaid, UUID]]) -> None:
    """Enter the bodies of providers at once, in an open act; `_body` says what of each."""
    rows = [(*_body(*each), is_protected(each[1].kind)) for each in bodies]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT services.add_body(b.id, b.code, b.kk, b.ru, b.en, b.sector, b.kind, b.place, b.protected)"
            " FROM unnest(%s::integer[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],"
            " %s::text[], %s::boolean[]) AS b(id, code, kk, ru, en, sector, kind, place, protected)",
            [list(column) for column in zip(*rows, strict=True)],
        )


def _add_body(body: int, said: ProviderSaid, entered: UUID) -> None:
    add_bodies([(body, said, entered)])


def _body(body: int, said: ProviderSaid, entered: UUID) -> tuple[Any, ...]:
    """Return what is entered of a body; a name that is missing in a language is taken from another one."""
    names = [said.name_kk, said.name_ru, said.name_en]
    kept = [name or next(filter(None, names)) for name in names]
    kind = BODY_KINDS.get(said.kind, "ngo" if said.ownership == "ngo" else "institution")
    return (body, f"provider-{entered.hex[:12]}", *kept, SECTORS[said.ownership], kind, said.territory)
