"""What is decided becomes a duty in the same transaction; who sees it otherwise says so; the urgent is confirmed."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import of_dossiers, place
from arasha.conferences import policy, queries, rules
from arasha.conferences.actions.agenda import kept_item, locked, told
from arasha.conferences.actions.errors import (
    ChildNotHeard,
    ItemChanged,
    NoQuorum,
    NotThere,
    Sent,
    UnitNotThere,
)
from arasha.conferences.models import Decision, Dissent, Item, Seat, Voice
from arasha.conferences.rules import DecisionSaid, Faulty
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for
from arasha.obligations.models import Obligation
from arasha.obligations.rules import Named

EVENT = "decide_in_conference"


@sensitive_variables("said", "text")
def decide(*, actor: Actor, item: UUID, said: DecisionSaid, now: datetime, ticket: UUID | None = None) -> Decision:
    """Decide what a unit does by which day; it owes that from this moment. Sent twice with one `ticket`, once.

    An urgent item is decided without quorum, and before the child was heard: the decision says so, and comes back at
    the next sitting to be confirmed. Any other item waits for both.

    Raises NotThere; NotAllowed; ItemChanged: put off or left out; NoQuorum; ChildNotHeard; UnitNotThere; Faulty.
    """
    said.check(local(now).date())
    row = kept_item(actor, item)
    row_id = ticket or uuid4()
    try:
        with transaction.atomic():
            row = locked(row.pk)
            if Decision.objects.filter(pk=row_id, item=row).exists():
                raise Sent
            quorum = _ready(row)
            duty = _raise(actor, row, said, row_id, now)
            decision = _decision(actor, row, duty, said, now)
            decision.pk, decision.without_quorum = row_id, not quorum.is_there
            with act(verb="decide_item", stream=dossier_stream(row.dossier_id), now=now, codes=_codes(row, decision)):
                _closed(row, quorum)
                here = place(row.dossier_id, Facet.OBLIGATIONS, "conferences_decision")
                decision.sealed = seal_text(said.text.strip(), row=str(row_id), **here)
                decision.save(force_insert=True)
    except Sent:
        return Decision.objects.get(pk=row_id)
    return decision


@sensitive_variables("words")
def differ(*, actor: Actor, decision: UUID, words: str, now: datetime) -> Dissent:
    """Put beside a decision how the actor's unit, which came to the item, sees it. It stands once a unit.

    Raises NotThere; NotAllowed; ItemChanged: the unit has said so already; Faulty.
    """
    if faults := rules.check_text(words, "words"):
        raise Faulty(*faults)
    found = Decision.objects.select_related("item__sitting").filter(pk=decision).first()
    if found is None or queries.item_of(actor, found.item_id) is None:
        raise NotThere
    if not policy.may_differ(actor, found.item):
        raise policy.NotAllowed
    row = Dissent(id=uuid4(), item=found.item, decision=found, dossier_id=found.dossier_id, at=now)
    row.unit_id, row.user_id = cast(int, actor.unit_id), cast(int, actor.user_id)
    codes = told(found.item) | {"unit": row.unit_id}
    with transaction.atomic(), act(verb="differ", stream=dossier_stream(found.dossier_id), now=now, codes=codes):
        if Dissent.objects.filter(decision=found, unit=row.unit_id).exists():
            raise ItemChanged
        here = place(found.dossier_id, Facet.OBLIGATIONS, "conferences_dissent")
        row.sealed = seal_text(words.strip(), row=str(row.pk), **here)
        row.save(force_insert=True)
    return row


def confirm(*, actor: Actor, item: UUID, decision: UUID, verdict: str, now: datetime) -> Decision:
    """Say at an item with quorum what becomes of a decision that was taken without one. The duty is not undone by it.

    What is not confirmed is ended by who supervises the duty, with a reason, so that nothing ends unseen.
    Raises NotThere; NotAllowed; NoQuorum; ItemChanged: a word was said already; UnknownCode.
    """
    verdict = rules.VERDICTS[verdict].code
    row = kept_item(actor, item)
    found = Decision.objects.filter(pk=decision, dossier=row.dossier_id, item__unit=row.unit_id).first()
    if found is None or not found.without_quorum or found.item_id == row.pk:
        raise NotThere
    codes = told(row) | {"decision": str(found.pk), "verdict": verdict}
    with (
        transaction.atomic(),
        act(verb="confirm_decision", stream=dossier_stream(row.dossier_id), now=now, codes=codes),
    ):
        row = locked(row.pk)
        found = Decision.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if found.verdict or row.state not in {"on", "decided"}:
            raise ItemChanged
        quorum = queries.quorum_of(row, queries.seats_of(row.pk))
        if not quorum.is_there:
            raise NoQuorum
        found.verdict, found.confirmed_in = verdict, row
        found.save(update_fields=["verdict", "confirmed_in"])
        _closed(row, quorum)
    return found


def _ready(item: Item) -> rules.Quorum:
    """Return the quorum of an item that may be decided. What is urgent waits for nothing."""
    if item.state not in {"on", "decided"} or item.sitting.state == "called_off":
        raise ItemChanged
    quorum = queries.quorum_of(item, queries.seats_of(item.pk))
    if item.urgent:
        return quorum
    if not quorum.is_there:
        raise NoQuorum
    if not Voice.objects.filter(item=item).exists():
        raise ChildNotHeard
    return quorum


def _raise(actor: Actor, item: Item, said: DecisionSaid, decision: UUID, now: datetime) -> Obligation:
    """Let the unit owe it by the day that was decided. Its words stay at the item: who stepped aside reads none."""
    seated = Seat.objects.filter(item=item, unit=said.unit).exclude(standing="aside")
    case = of_dossiers([item.dossier_id]).get(item.dossier_id)
    if case is None or not seated.exists():
        raise UnitNotThere
    (duty,) = raise_for(
        actor=actor,
        dossier=item.dossier_id,
        event=EVENT,
        codes={"conference": item.sitting.kind},
        territory=case.territory_id,
        from_moment=now,
        now=now,
        sealed_actor=False,
        named=Named(unit=said.unit, until=said.by_when, about=decision),
    )
    return duty


def _decision(actor: Actor, item: Item, duty: Obligation, said: DecisionSaid, now: datetime) -> Decision:
    row = Decision(item=item, dossier_id=item.dossier_id, unit_id=said.unit, by_when=said.by_when, at=now)
    row.number = Decision.objects.filter(item=item).count() + 1
    row.obligation_id, row.user_id = duty.pk, cast(int, actor.user_id)
    return row


def _closed(item: Item, quorum: rules.Quorum) -> None:
    """Write down how many were there when something was decided."""
    item.state, item.without_quorum = "decided", item.without_quorum or not quorum.is_there
    item.counted, item.present, item.needed = quorum.counted, quorum.present, quorum.needed
    item.save(update_fields=["state", "without_quorum", "counted", "present", "needed"])


def _codes(item: Item, decision: Decision) -> dict[str, object]:
    return told(item) | {"decision": str(decision.pk), "owed_by": decision.unit_id}
