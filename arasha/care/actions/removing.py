"""A child is removed from immediate danger: recorded with a moment alone, everything else is owed; said; ended."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.views.decorators.debug import sensitive_variables

from arasha.care import policy, queries, rules
from arasha.care.actions.errors import NotJudgedSafe, NotThere, RemovalStands
from arasha.care.models import Removal, RemovalPart
from arasha.care.rules import PartSaid
from arasha.cases.queries import of_dossiers, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.rules import Named

EVENT = "record_removal"


@sensitive_variables("parts")
def record_removal(
    *, actor: Actor, dossier: UUID, at: datetime, parts: Mapping[str, PartSaid], now: datetime
) -> Removal:
    """Record that a child was removed at a moment. Nothing else must be known: what is missing the unit owes.

    Raises NotThere; NotAllowed; RemovalStands: another goes on; Faulty.
    """
    rules.check_moment(at, now)
    rules.check_parts(parts)
    case = of_dossiers([dossier]).get(dossier)
    if case is None:
        raise NotThere
    if not policy.may_remove(actor, dossier):
        raise policy.NotAllowed
    row = Removal(id=uuid4(), dossier_id=dossier, at=at, recorded_at=now)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    with transaction.atomic():
        # The act holds the file's stream: of two who record one removal at once, the second finds it.
        with act(verb=EVENT, stream=dossier_stream(dossier), now=now, codes=codes_of(actor, row)):
            if Removal.objects.filter(dossier=dossier, ended_at=None).exists():
                raise RemovalStands
            row.save(force_insert=True)
            for kind, said in parts.items():
                write_part(actor, row, kind, said, now)
        raise_for(
            actor=actor,
            dossier=dossier,
            event=EVENT,
            codes={kind: "said" if kind in parts else "missing" for kind in (one.code for one in rules.PARTS)},
            territory=case.territory_id,
            from_moment=at,
            now=now,
            sealed_actor=False,
            named=Named(unit=row.unit_id, about=row.pk),
        )
    return row


@sensitive_variables("parts")
def add_parts(*, actor: Actor, removal: UUID, parts: Mapping[str, PartSaid], now: datetime) -> Removal:
    """Say more of a removal; what was owed for it is met. A later answer takes an earlier one's place, which stays.

    Raises NotThere; NotAllowed; Faulty.
    """
    rules.check_parts(parts)
    row = Removal.objects.filter(pk=removal, ended_at=None).first()
    if row is None:
        raise NotThere
    if not policy.may_add(actor, row):
        raise policy.NotAllowed
    with transaction.atomic():
        with act(verb="say_of_removal", stream=dossier_stream(row.dossier_id), now=now, codes=codes_of(actor, row)):
            for kind, said in parts.items():
                write_part(actor, row, kind, said, now)
        settle_parts(actor, row, parts, now)
    return row


def settle_parts(actor: Actor, row: Removal, kinds: Iterable[str], now: datetime) -> None:
    """Let what was owed for these parts be met."""
    owed = {rules.step_of(kind): kind for kind in kinds}
    for duty in queries.duties_about([row.pk], owed=True).get(row.pk, []):
        if duty.step in owed:
            # The word of the list alone: where a protected child is, no duty says.
            label = rules.PARTS.label(owed[duty.step])
            settle(actor=actor, obligation=duty.pk, answer=label, outcome="", now=now)


@sensitive_variables("words")
def end_removal(*, actor: Actor, removal: UUID, how: str, words: str, now: datetime) -> Removal:
    """End a removal, with who decided. A child goes home only after somebody judged since that it is safe.

    What is still owed stays owed until it is done or a supervisor ends it. Raises NotThere; NotAllowed; NotJudgedSafe;
    Faulty.
    """
    rules.check_ending(how, words)
    row = Removal.objects.filter(pk=removal).first()
    if row is None:
        raise NotThere
    if not policy.may_end(actor, row):
        raise policy.NotAllowed
    if how == "returned" and not queries.safe_since(row.dossier_id, row.at, now):
        raise NotJudgedSafe
    codes = codes_of(actor, row) | {"how": how}
    with transaction.atomic(), act(verb="end_removal", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        standing = Removal.objects.select_for_update(of=("self",)).filter(pk=removal, ended_at=None).first()
        if standing is None:
            raise NotThere
        standing.ended_how, standing.ended_at, standing.ended_by_id = how, now, int(actor.unit_id or 0)
        standing.save(update_fields=["ended_how", "ended_at", "ended_by"])
        write_part(actor, standing, "ended", PartSaid(how, words), now)
    return standing


def write_part(actor: Actor, removal: Removal, kind: str, said: PartSaid, now: datetime) -> None:
    """Write what is known of one part into an act that is open."""
    row = RemovalPart(id=uuid4(), removal=removal, dossier_id=removal.dossier_id, kind=kind, answer=said.answer, at=now)
    row.number = (RemovalPart.objects.filter(removal=removal).aggregate(most=Max("number"))["most"] or 0) + 1
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    if said.words.strip():
        here = place(removal.dossier_id, Facet.OBLIGATIONS, "care_removalpart")
        row.sealed = seal_text(said.words.strip(), row=str(row.pk), **here)
    row.save(force_insert=True)


def codes_of(actor: Actor, row: Removal) -> dict[str, object]:
    """Return the codes of an act about a removal."""
    return {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "removal": str(row.pk)}
