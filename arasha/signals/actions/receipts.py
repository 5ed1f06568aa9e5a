"""A receipt for whoever told: kept as hashes, found by a code, linked to nobody."""

import os
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.worktime.rules import local
from arasha.signals import queries, rules
from arasha.signals.models import Receipt


@dataclass(frozen=True)
class Given:
    """What the reporter takes away: shown once, kept nowhere. `chosen`: the phrase is their own."""

    code: str
    phrase: str
    chosen: bool


@sensitive_variables()
def keep_receipt(*, dossier: UUID, phrase: str, now: datetime) -> Given:
    """Keep a receipt of a report inside its open act, and return its code and phrase.

    Kept are the code's keyed fingerprint, a slow hash of both, and the day. Nothing of them leads to a person.
    """
    code, chosen = rules.new_code(), rules.plain_phrase(phrase)
    kept = chosen or rules.new_phrase()
    salt = os.urandom(rules.SALT)
    Receipt.objects.create(
        id=uuid4(),
        dossier_id=dossier,
        fingerprint=queries.fingerprint_of(code),
        salt=salt,
        proof=rules.slow_hash(code, kept, salt),
        day=local(now).date(),
    )
    return Given(rules.grouped(code), phrase.strip() if chosen else kept, bool(chosen))
