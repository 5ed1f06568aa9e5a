"""What the file holds of the child: concerns by code, the child's own words, the household by name, documents."""

from datetime import date, datetime
from typing import BinaryIO
from uuid import UUID, uuid4

from django.db import transaction

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import CaseConcern, CaseDocument, ChildWords, HouseholdChild
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import keep_file, seal_text
from arasha.kernel.vault.rules import Scope
from arasha.people.actions import write_person


class WordsMissing(ValueError):
    """The child said something, and it is not there; or there was no asking, and no reason why."""


class DecidedBefore(Exception):
    """This child of the household was decided on before; nothing was changed."""


def name_concern(
    *,
    actor: Actor,
    dossier: UUID,
    code: str,
    setting: str,
    now: datetime,
    since: date | None = None,
    precision: str = "unknown",
) -> CaseConcern:
    """Name a form of violence or risk, with where it happens and since when as exactly as anybody knows.

    Raises FileNotThere; UnknownCode for a code of no list.
    """
    for codes, given in ((rules.CONCERNS, code), (rules.SETTINGS, setting), (rules.PRECISIONS, precision)):
        codes[given]
    with transaction.atomic():
        require_writing(actor, dossier, Facet.CONCERN)
        told = {"facet": Facet.CONCERN, "unit": actor.unit_id, "concern": code}
        with act(verb="name_concern", stream=dossier_stream(dossier), now=now, codes=told):
            concern = CaseConcern(id=uuid4(), dossier_id=dossier, code=code, setting=setting, named_at=now)
            concern.since, concern.precision, concern.unit_id = since, precision, acting_unit(actor)
            concern.save(force_insert=True)
    return concern


def end_concern(*, actor: Actor, dossier: UUID, concern: UUID, now: datetime) -> CaseConcern:
    """Say that a concern is no more; it stays in the record with its end. Raises FileNotThere."""
    with transaction.atomic():
        require_writing(actor, dossier, Facet.CONCERN)
        row = CaseConcern.objects.select_for_update().filter(pk=concern, dossier=dossier, ended_at=None).first()
        if row is None:
            raise FileNotThere
        told = {"facet": Facet.CONCERN, "unit": actor.unit_id, "concern": row.code}
        with act(verb="end_concern", stream=dossier_stream(dossier), now=now, codes=told):
            row.ended_at = now
            row.save(update_fields=["ended_at"])
    return row


def keep_words(
    *, actor: Actor, dossier: UUID, how: str, where: str, said_at: datetime, words: str, now: datetime
) -> ChildWords:
    """Keep what the child said, in the child's words; saying nothing is an answer, and not asking needs its reason.

    Raises FileNotThere, WordsMissing; UnknownCode for a code of no list.
    """
    rules.PLACES[where]
    asks_for_words = rules.SAYING[how].more["has_words"] == "yes"
    if asks_for_words and not words.strip():
        raise WordsMissing
    with transaction.atomic():
        require_writing(actor, dossier, Facet.OBLIGATIONS)
        row, facet = uuid4(), queries.facet_for_words(dossier)
        told = {"facet": facet, "unit": actor.unit_id, "how": how}
        with act(verb="keep_words", stream=dossier_stream(dossier), now=now, codes=told):
            kept = ChildWords(id=row, dossier_id=dossier, facet=int(facet), how=how, where=where)
            kept.said_at, kept.kept_at, kept.unit_id = said_at, now, acting_unit(actor)
            if words.strip():
                kept.sealed = seal_text(words.strip(), row=row, **queries.place(dossier, facet, "cases_childwords"))
            kept.save(force_insert=True)
    return kept


def name_household_child(
    *, actor: Actor, dossier: UUID, called: str, age: int | None, sex: str, now: datetime
) -> HouseholdChild:
    """Write down another child who lives there: each is considered, by name, and one of the people of the file.

    Raises FileNotThere, WordsMissing; UnknownCode for a sex of no list.
    """
    if not called.strip():
        raise WordsMissing
    with transaction.atomic():
        require_writing(actor, dossier, Facet.IDENTITY)
        told = {"facet": Facet.IDENTITY, "unit": actor.unit_id}
        with act(verb="name_household_child", stream=dossier_stream(dossier), now=now, codes=told):
            described = queries.described(called, age, sex, now)
            person = write_person(actor=actor, dossier=dossier, role="sibling", described=described, now=now)
            child = HouseholdChild(id=uuid4(), dossier_id=dossier, called=called.strip(), age=age, sex=described.sex)
            child.person = person
            child.named_at = now
            child.save(force_insert=True)
    return child


def decide_household_child(
    *, actor: Actor, dossier: UUID, child: UUID, decision: str, reason: str, now: datetime
) -> HouseholdChild:
    """Decide on another child of the household: a signal too, or safe, with the reason.

    Raises FileNotThere, DecidedBefore, ReasonDoesNotFit; UnknownCode for a code of no list.
    """
    rules.check_household(decision, reason)
    with transaction.atomic():
        require_writing(actor, dossier, Facet.IDENTITY)
        row = HouseholdChild.objects.select_for_update().filter(pk=child, dossier=dossier).first()
        if row is None:
            raise FileNotThere
        if row.decision:
            raise DecidedBefore
        told = {"facet": Facet.IDENTITY, "unit": actor.unit_id, "decision": decision, "reason": reason}
        with act(verb="decide_household_child", stream=dossier_stream(dossier), now=now, codes=told):
            row.decision, row.reason, row.decided_at, row.unit_id = decision, reason, now, acting_unit(actor)
            row.save(update_fields=["decision", "reason", "decided_at", "unit"])
    return row


def keep_document(
    *, actor: Actor, dossier: UUID, kind: str, stream: BinaryIO, name: str, now: datetime
) -> CaseDocument:
    """Keep a document in the vault, under the facet of its kind.

    Raises FileNotThere when the actor may not write that facet, FileRefused; UnknownCode for a kind of no list.
    """
    facet = Facet[rules.DOCUMENTS[kind].more["facet"].upper()]
    with transaction.atomic():
        require_writing(actor, dossier, facet)
        told = {"facet": facet, "unit": actor.unit_id, "kind": kind}
        with act(verb="keep_document", stream=dossier_stream(dossier), now=now, codes=told):
            scope = Scope(kind="dossier", key=dossier, facet=facet.name.lower())
            kept = keep_file(stream, scope=scope, name=name, now=now)
            document = CaseDocument(id=uuid4(), dossier_id=dossier, facet=int(facet), kept=kept, kind=kind)
            document.added_at, document.unit_id = now, acting_unit(actor)
            document.save(force_insert=True)
    return document
