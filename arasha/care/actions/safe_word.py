"""A safe word is agreed on with the child, before it is needed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.care import policy
from arasha.care.actions.errors import NotThere, Sent
from arasha.care.models import SafeWord
from arasha.care.rules import check_word
from arasha.cases.queries import of_dossiers, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text


@sensitive_variables("word")
def agree_safe_word(*, actor: Actor, dossier: UUID, word: str, ticket: UUID, now: datetime) -> UUID:
    """Keep the word that counts from now on. Sent twice with one `ticket`, agreed once.

    Raises NotThere; NotAllowed for who does not write the plan; Faulty.
    """
    check_word(word)
    if of_dossiers([dossier]).get(dossier) is None:
        raise NotThere
    if not policy.may_agree_word(actor, dossier):
        raise policy.NotAllowed
    row = SafeWord(id=ticket, dossier_id=dossier, agreed_at=now)
    row.unit_id, row.user_id = int(actor.unit_id or 0), actor.user_id
    codes = {"facet": Facet.PLAN, "unit": row.unit_id}
    try:
        with transaction.atomic(), act(verb="agree_safe_word", stream=dossier_stream(dossier), now=now, codes=codes):
            if SafeWord.objects.filter(pk=ticket, dossier=dossier).exists():
                raise Sent
            row.sealed = seal_text(word.strip(), row=str(ticket), **place(dossier, Facet.PLAN, "care_safeword"))
            row.save(force_insert=True)
    except Sent:
        pass
    return ticket
