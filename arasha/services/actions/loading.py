"""Rows of a table entered by the batch: each is one transaction and one act, and is done or is not there.

What the actions for single entries ask holds here, too: the rules of `entries`, and who keeps the directory where.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.worktime.rules import local
from arasha.services.actions.importing import WORKS, stream_of
from arasha.services.actions.knowing_again import Numbers, Own, Standing, standing_of
from arasha.services.actions.providers import add_bodies, next_bodies
from arasha.services.models import Load, LoadRow, Offering, Provider, Site
from arasha.services.queries import exchange as queries
from arasha.services.rules import is_protected, package
from arasha.services.rules.exchange import PROVIDER, SITE, Entry, Places, differing, read

BATCH: Final = 500
# One load at a time enters rows: two that bring the same entry would both find it missing.
LOCK: Final = 7_003_001
Fault = tuple[str, str]


@dataclass
class Batch:
    """What a batch of rows enters and changes, and what became of each row."""

    providers: dict[UUID, tuple[int, Entry]] = field(default_factory=dict)
    sites: dict[UUID, tuple[UUID, Entry]] = field(default_factory=dict)
    offerings: dict[UUID, tuple[UUID, Entry]] = field(default_factory=dict)
    changed: dict[UUID, tuple[Any, dict[str, Any]]] = field(default_factory=dict)
    bodies: set[int] = field(default_factory=set)
    outcomes: list[tuple[int, str, list[Fault]]] = field(default_factory=list)


def run_load(*, load: UUID, moment: Callable[[], datetime]) -> None:
    """Work on a load until it is done or was stopped; it goes on where it was broken off, and may be called again.

    A batch that the database refuses is entered row by row, and the row that it refuses goes back.
    """
    places: Places | None = None
    going_on, singly = True, 0
    while going_on:
        try:
            with system("load_directory") as actor:
                places = places or queries.places()
                most = 1 if singly else BATCH
                going_on = put_batch(actor=actor, load=load, places=places, now=moment(), most=most)
                singly = max(singly - 1, 0)
        except (OperationalError, InterfaceError):
            raise
        except DatabaseError:
            if singly:
                with system("load_directory") as actor:
                    refuse_row(actor=actor, load=load)
            else:
                singly = BATCH


def refuse_row(*, actor: Actor, load: UUID) -> None:
    """Put down that the database did not take the next row of a load. Raises PermissionError for a person."""
    if not actor.is_system:
        raise PermissionError
    with transaction.atomic():
        found = Load.objects.select_for_update().filter(pk=load, state__in=WORKS).first()
        rows = [] if found is None else _next(found, 1)
        if found is not None and rows:
            _note(found, rows, Batch(outcomes=[(rows[0].number, "rejected", [("", "refused")])]))


@sensitive_variables()
def put_batch(*, actor: Actor, load: UUID, places: Places, now: datetime, most: int = BATCH) -> bool:
    """Enter the next rows of a load, or only say what they would do; return whether there may be more.

    Whoever else works on it at the same time waits, and goes on behind. Raises PermissionError for a person.
    """
    if not actor.is_system:
        raise PermissionError
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        found = Load.objects.select_for_update().filter(pk=load, state__in=WORKS).first()
        if found is None:
            return False
        rows = _next(found, most)
        if not rows:
            state = "tried" if found.state == "trying" else "loaded"
            Load.objects.filter(pk=load).update(state=state, ended_at=now)
            return False
        batch = _decided(found, [row for row in rows if row.outcome != "rejected"], places, now)
        if found.state == "loading" and (batch.providers or batch.sites or batch.offerings or batch.changed):
            _enter(found, batch, now)
        _note(found, rows, batch)
    return True


def _next(load: Load, most: int) -> list[LoadRow]:
    return list(LoadRow.objects.filter(load=load, number__gt=load.last_row).order_by("number")[:most])


@sensitive_variables()
def _decided(load: Load, rows: Sequence[LoadRow], places: Places, now: datetime) -> Batch:
    services, batch = package(local(now).date()), Batch()
    numbers, entries = Numbers(load.source), []
    for row in rows:
        entry, faults = read(row.cells, places=places, services=services, place=load.place_id)
        if entry is None:
            batch.outcomes.append((row.number, "rejected", faults))
        else:
            entries.append((row.number, entry))
    standing = standing_of(numbers, [entry for _number, entry in entries])
    mine = Own(numbers, standing, places, load.place_id)
    for number, entry in entries:
        faults, outcome = _decide(entry, mine, standing, batch, set(load.fields))
        batch.outcomes.append((number, outcome, faults))
    numbers_of_bodies = next_bodies(len(batch.providers)) if load.state == "loading" and batch.providers else []
    for body, key in zip(numbers_of_bodies, batch.providers, strict=False):
        batch.providers[key] = (body, batch.providers[key][1])
    return batch


@sensitive_variables()
def _decide(entry: Entry, mine: Own, standing: Standing, batch: Batch, given: set[str]) -> tuple[list[Fault], str]:
    """Put a row's entries into the batch; returns its faults and what becomes of it."""
    keys = {what: mine.number(what, entry) for what in ("provider", "site", "offering")}
    provider, site = standing.providers.get(keys["provider"]), standing.sites.get(keys["site"])
    offering = standing.offerings.get(keys["offering"])
    wrong = _wrong(entry, mine, (provider, site, offering), keys)
    changes: list[tuple[Any, dict[str, Any]]] = []
    notes: list[Fault] = []
    if provider is not None:
        own = _provider_changes(entry, provider, given)
        wrong += [("provider_key", "elsewhere")] if own and not mine.keeps(provider) else []
        changes += [(provider, own)] if own else []
        notes = _names_differ(entry, provider)
    if site is not None:
        changes += (
            [(site, found)] if (found := differing(entry.site, site, given=given - {"protected"}, named=SITE)) else []
        )
    if offering is not None:
        changes += [(offering, found)] if (found := differing(entry.offering, offering, given=given, named={})) else []
    if wrong:
        return wrong, "rejected"
    if provider is None:
        batch.providers.setdefault(keys["provider"], (0, entry))
    if site is None:
        batch.sites.setdefault(keys["site"], (keys["provider"], entry))
    if offering is None:
        batch.offerings[keys["offering"]] = (keys["site"], entry)
    for row, values in changes:
        batch.changed[row.pk] = (row, values)
    batch.bodies |= {provider.body_id} if provider is not None and (changes or offering is None) else set()
    return notes, "new" if offering is None else "changed" if changes or site is None else "same"


@sensitive_variables()
def _wrong(
    entry: Entry, mine: Own, rows: tuple[Provider | None, Site | None, Offering | None], keys: dict[str, UUID]
) -> list[Fault]:
    provider, site, offering = rows
    found: list[Fault] = []
    if provider is not None and provider.protected != is_protected(entry.provider.kind):
        found.append(("kind", "protected_stays"))
    for name, row in (("site_key", site), ("offering_key", offering)):
        if row is not None and not mine.keeps(row):
            found.append((name, "elsewhere"))
    if site is not None and site.provider_id != keys["provider"]:
        found.append(("site_key", "of_another"))
    if site is not None and site.protected != entry.site.protected:
        found.append(("protected", "protected_stays"))
    if offering is not None and offering.site_id != keys["site"]:
        found.append(("offering_key", "of_another"))
    return found


def _provider_changes(entry: Entry, provider: Provider, given: set[str]) -> dict[str, Any]:
    """Return what changes of a provider: its names and place are its body's, which two persons change."""
    found = differing(entry.provider, _Names(provider), given=given, named=PROVIDER)
    return {name: value for name, value in found.items() if not name.startswith("name_") and name != "territory_id"}


def _names_differ(entry: Entry, provider: Provider) -> list[Fault]:
    names = [name for name in ("name_kk", "name_ru", "name_en") if getattr(entry.provider, name)]
    return [
        (PROVIDER[name], "name_stays")
        for name in names
        if getattr(entry.provider, name) != getattr(provider.body, name)
    ]


class _Names:
    """A provider with the names and the place of its body."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    def __getattr__(self, name: str) -> Any:
        of_body = name.startswith("name_") or name == "territory_id"
        return getattr(self._provider.body if of_body else self._provider, name)


@sensitive_variables()
def _enter(load: Load, batch: Batch, now: datetime) -> None:
    """Write a batch as one act, which stands in the stream of each provider that it touches, too."""
    streams = [body_stream(body) for body in sorted(batch.bodies | {body for body, _e in batch.providers.values()})]
    told = {"load": str(load.pk), "rows": len(batch.outcomes)}
    with journal.act(verb="load_directory", stream=stream_of(load), also=streams, now=now, codes=told):
        if batch.providers:
            add_bodies([(body, entry.provider, key) for key, (body, entry) in batch.providers.items()])
        Provider.objects.bulk_create([_provider(key, body, entry) for key, (body, entry) in batch.providers.items()])
        Site.objects.bulk_create([_site(key, provider, entry) for key, (provider, entry) in batch.sites.items()])
        Offering.objects.bulk_create([_offering(key, site, entry) for key, (site, entry) in batch.offerings.items()])
        for row, values in batch.changed.values():
            type(row).objects.filter(pk=row.pk).update(**values)


def _provider(key: UUID, body: int, entry: Entry) -> Provider:
    said = entry.provider
    row = Provider(id=key, body_id=body, kind=said.kind, protected=is_protected(said.kind), ownership=said.ownership)
    row.funded_until, row.source, row.ended_on = said.funded_until, said.source, said.ended_on
    return row


def _site(key: UUID, provider: UUID, entry: Entry) -> Site:
    columns = asdict(entry.site)
    return Site(id=key, provider_id=provider, territory_id=columns.pop("territory"), **columns)


def _offering(key: UUID, site: UUID, entry: Entry) -> Offering:
    return Offering(id=key, site_id=site, protected=entry.site.protected, **asdict(entry.offering))


def _note(load: Load, rows: Sequence[LoadRow], batch: Batch) -> None:
    """Put down what became of the rows and how far the load is."""
    fields, counts = load.fields, {"new": 0, "changed": 0, "same": 0, "rejected": 0}
    told: list[tuple[int, str, str]] = []
    for number, outcome, faults in batch.outcomes:
        counts[outcome] += 1
        told.append((number, outcome, json.dumps([[fields.index(n) + 1 if n in fields else 0, c] for n, c in faults])))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE services_loadrow r SET outcome = u.outcome, faults = u.faults::jsonb"
            " FROM unnest(%s::integer[], %s::text[], %s::text[]) AS u(number, outcome, faults)"
            " WHERE r.load_id = %s AND r.number BETWEEN %s AND %s AND r.number = u.number"
            # What was found when the table was looked through is mostly found again.
            " AND (r.outcome, r.faults) IS DISTINCT FROM (u.outcome, u.faults::jsonb)",
            [
                *([list(column) for column in zip(*told, strict=True)] or [[], [], []]),
                *(load.pk, rows[0].number, rows[-1].number),
            ],
        )
    Load.objects.filter(pk=load.pk).update(
        last_row=rows[-1].number,
        done=load.done + len(rows),
        rows_new=load.rows_new + counts["new"],
        rows_changed=load.rows_changed + counts["changed"],
        rows_same=load.rows_same + counts["same"],
        rows_rejected=load.rows_rejected + counts["rejected"],
    )
