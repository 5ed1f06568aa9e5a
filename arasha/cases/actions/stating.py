"""Facts, allegations, opinions and findings, each with who says it and how they know. None overwrites another."""

import json
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases import queries, rules
from arasha.cases.actions.entering import acting_unit, require_writing
from arasha.cases.actions.framing import WordsMissing
from arasha.cases.actions.happening import Struck
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import ChildWords, Incident, Statement, StatementLink
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local


class MayNotWriteFindings(PermissionError):
    """A finding of this source is written by who may write its part of the file; they may keep it as a document."""


@sensitive_variables()
def record_statement(
    *,
    actor: Actor,
    dossier: UUID,
    kind: str,
    source: str,
    way: str,
    now: datetime,
    words: str = "",
    who: str = "",
    heard_on: date | None = None,
    incident: UUID | None = None,
    said: UUID | None = None,
) -> Statement:
    """Write down a statement; `who`: by name or office, `said`: the child's words, for what the child said.

    Raises FileNotThere, MayNotWriteFindings, WordsMissing, NotYet, CodeDoesNotFit; UnknownCode for a code of no list.
    """
    rules.check_statement(kind, source, way)
    if heard_on is not None and heard_on > local(now).date():
        raise rules.NotYet
    if (said is None) == (kind == rules.CHILD) or (kind != rules.CHILD and not words.strip()):
        raise WordsMissing
    with transaction.atomic():
        facet = _facet(dossier, kind, source, said)
        require_writing(actor, dossier, facet)
        if incident is not None and not Incident.objects.filter(pk=incident, dossier=dossier).exists():
            raise FileNotThere
        told = {"facet": facet, "unit": actor.unit_id, "kind": kind, "source": source}
        with act(verb="record_statement", stream=dossier_stream(dossier), now=now, codes=told):
            row = Statement(id=uuid4(), dossier_id=dossier, facet=int(facet), kind=kind, source=source, way=way)
            row.incident_id, row.words_id, row.heard_on = incident, said, heard_on
            row.recorded_at, row.unit_id = now, acting_unit(actor)
            if said is None:
                text = json.dumps({"words": words.strip(), "who": who.strip()})
                row.sealed = seal_text(text, row=row.pk, **queries.place(dossier, facet, "cases_statement"))
            row.save(force_insert=True)
    return row


def _facet(dossier: UUID, kind: str, source: str, said: UUID | None) -> Facet:
    """Return under which facet a statement lies: that of its source for findings, that of the words for a child's."""
    if said is not None:
        found = ChildWords.objects.filter(pk=said, dossier=dossier).first()
        if found is None:
            raise FileNotThere
        return Facet(found.facet)
    if kind != rules.FINDING:
        return queries.facet_for_words(dossier)
    facet = Facet[rules.STATEMENT_SOURCES[source].more["facet"].upper()]
    if not queries.may_write(dossier, facet):
        raise MayNotWriteFindings
    return facet


def link_statements(*, actor: Actor, statement: UUID, other: UUID, relation: str, now: datetime) -> StatementLink:
    """Say that a statement confirms or refutes another of the same file; both stand as they were. Once only.

    Raises FileNotThere, Struck, CodeDoesNotFit (itself); UnknownCode for a relation of no list.
    """
    rules.STATEMENT_RELATIONS[relation]
    if statement == other:
        raise rules.CodeDoesNotFit("other")
    with transaction.atomic():
        row = _locked(actor, statement)
        if not Statement.objects.filter(pk=other, dossier=row.dossier_id, struck_at=None).exists():
            raise FileNotThere
        known = StatementLink.objects.filter(statement=row, other=other).first()
        if known is not None:
            return known
        told = {"facet": Facet(row.facet), "unit": actor.unit_id, "relation": relation}
        with act(verb="link_statements", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            link = StatementLink(id=uuid4(), dossier_id=row.dossier_id, facet=row.facet, statement=row)
            link.other_id, link.relation, link.linked_at, link.unit_id = other, relation, now, acting_unit(actor)
            link.save(force_insert=True)
    return link


def strike_statement(*, actor: Actor, statement: UUID, reason: str, now: datetime) -> Statement:
    """Strike a statement that was written down in error; it stays to be read. Raises FileNotThere, Struck, UnknownCode.

    What turned out not to be so is not struck but refuted by another.
    """
    rules.STRIKE_REASONS[reason]
    with transaction.atomic():
        row = _locked(actor, statement)
        told = {"facet": Facet(row.facet), "unit": actor.unit_id, "reason": reason}
        with act(verb="strike_statement", stream=dossier_stream(row.dossier_id), now=now, codes=told):
            row.struck_at, row.strike_reason = now, reason
            row.save(update_fields=["struck_at", "strike_reason"])
    return row


def _locked(actor: Actor, statement: UUID) -> Statement:
    row = Statement.objects.select_for_update(of=("self",)).filter(pk=statement).first()
    if row is None:
        raise FileNotThere
    require_writing(actor, row.dossier_id, Facet(row.facet))
    if row.struck_at is not None:
        raise Struck
    return row
