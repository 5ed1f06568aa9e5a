"""A child who may harm themselves: the alarm rings, day and night, until somebody is named as staying with them."""

import logging
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases.queries import facet_for_words, place
from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.queries import may_write, team_of, visible_dossiers
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.queries import Finder
from arasha.plans.rules import SuicideLevel
from arasha.signals import policy, queries, rules
from arasha.signals.actions.hindering import FileNotThere
from arasha.signals.models import Company, Watch

log = logging.getLogger(__name__)
BATCH = 50


class NobodyNamed(ValueError):
    """A name is needed: whoever reads the file must be able to ask for this person."""


def begin_watch(dossier: UUID, now: datetime) -> None:
    """Let the alarm ring from now on; inside the act of telling."""
    Watch.objects.create(id=uuid4(), dossier_id=dossier, since=now, next_ring_at=now)


def watch_over(*, actor: Actor, dossier: UUID, found: SuicideLevel, now: datetime) -> bool:
    """Keep the level of a screening (`plans.rules.level_from`): where it asks for it, the alarm rings from now on.

    It rings until somebody is named as staying with the child; where somebody is, it does not. Nothing ends an alarm
    that rings already: a screening without a sign does not, either. Returns whether it rings. Raises FileNotThere.
    """
    with transaction.atomic():
        _require(actor, dossier)
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "level": found.level}
        with act(verb="watch_over", stream=dossier_stream(dossier), now=now, codes=codes):
            if found.watched and not queries.present(dossier).exists():
                watch = Watch.objects.filter(dossier=dossier)
                if not watch.exists():
                    begin_watch(dossier, now)
                else:
                    watch.exclude(ended_at=None).update(ended_at=None, company=None, since=now, next_ring_at=now)
        return Watch.objects.filter(dossier=dossier, ended_at=None).exists()


def name_company(*, actor: Actor, dossier: UUID, name: str, role: str, now: datetime) -> Company:
    """Name who stays with the child: the alarm ends. Whoever stayed before is said to have gone.

    Where nobody reported the risk, the child is watched over from now on: when the person goes, the alarm rings.
    Raises FileNotThere, NobodyNamed; UnknownCode for a role of no list.
    """
    rules.COMPANY_ROLES[role]
    if not name.strip():
        raise NobodyNamed
    with transaction.atomic():
        _require(actor, dossier)
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "role": role}
        with act(verb="name_company", stream=dossier_stream(dossier), now=now, codes=codes):
            queries.present(dossier).update(left_at=now)
            row = _company(actor, dossier, name.strip(), role, now)
            if not Watch.objects.filter(dossier=dossier).update(ended_at=now, company=row):
                ended = {"since": now, "next_ring_at": now, "ended_at": now}
                Watch.objects.create(id=uuid4(), dossier_id=dossier, company=row, **ended)
    return row


def end_company(*, actor: Actor, dossier: UUID, now: datetime) -> None:
    """Say that nobody is with the child any more: the alarm rings at once.

    Raises FileNotThere, also when nobody is named.
    """
    with transaction.atomic():
        _require(actor, dossier)
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
        with act(verb="end_company", stream=dossier_stream(dossier), now=now, codes=codes):
            if not queries.present(dossier).update(left_at=now):
                raise FileNotThere
            Watch.objects.filter(dossier=dossier).update(ended_at=None, company=None, since=now, next_ring_at=now)


def ring_due(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Ring for every child with whom nobody stays and whose next ring has come; returns for how many.

    Any number of clocks may do it at once. One that fails is reported and tried again a minute later.
    Raises NotAllowed: the actor is not the clock.
    """
    if not policy.may_ring(actor):
        raise policy.NotAllowed
    rung = 0
    with transaction.atomic():
        for watch in queries.claim_rings(now, limit):
            try:
                with transaction.atomic():
                    _ring(actor, watch, Finder(now))
                rung += 1
            except Exception as failure:  # whatever it is, the other children must not wait for it
                log.exception("an alarm failed", extra={"watch": str(watch.pk), "kind": type(failure).__name__})
    return rung


def _ring(actor: Actor, watch: Watch, finder: Finder) -> None:
    silent = finder.at - watch.since
    file = Dossier.objects.get(pk=watch.dossier_id)
    units = _rung(file, rules.rungs_after(silent), finder)
    codes = {"facet": Facet.OBLIGATIONS, "units": units, "rings": watch.rings + 1}
    with act(verb="ring_alarm", stream=dossier_stream(file.pk), now=finder.at, codes=codes):
        _let_know(file.pk, units)
        watch.rings += 1
        watch.next_ring_at = finder.at + rules.ring_again_after(silent)
        watch.save(update_fields=["rings", "next_ring_at"])
        if units:
            link = queries.company_link(file.pk)
            notify(actor=actor, units=units, code="child_alone", link=link, dossier=file.pk, now=finder.at)


def _rung(file: Dossier, rungs: list[rules.Rung], finder: Finder) -> list[int]:
    """Return the units that are rung: nobody is who is barred from the file, and each once."""
    found: set[int] = set()
    for rung in rungs:
        if not rung.function:
            found |= {file.lead_unit_id} if file.lead_unit_id else set()
        elif unit := finder.obliged(file.pk, rung.function, file.territory_id, ()).unit:
            found.add(unit.pk)
    return sorted(found)


def _let_know(dossier: UUID, units: list[int]) -> None:
    """Let whoever is rung open the file."""
    there = {member.unit_id for member in team_of([dossier])}
    for unit in units:
        if unit not in there:
            add_member(dossier=dossier, member=TeamMember("overseeing", unit_id=unit, reason="child_alone"))


def _company(actor: Actor, dossier: UUID, name: str, role: str, now: datetime) -> Company:
    row, facet = uuid4(), facet_for_words(dossier)
    sealed = seal_text(name, row=row, **place(dossier, facet, "signals_company"))
    unit = int(actor.unit_id or 0)
    return Company.objects.create(
        id=row, dossier_id=dossier, facet=int(facet), role=role, since=now, unit_id=unit, sealed=sealed
    )


def _require(actor: Actor, dossier: UUID) -> None:
    there = visible_dossiers(actor).filter(pk=dossier).exists()
    if actor.unit_id is None or not there or not may_write(dossier, Facet.OBLIGATIONS):
        raise FileNotThere
