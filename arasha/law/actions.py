"""Bringing the table of acts to what the shipped file says."""

from dataclasses import asdict
from datetime import datetime
from importlib import resources

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.law import policy, rules
from arasha.law.models import LegalAct


def load_reference(*, actor: Actor, now: datetime, text: str | None = None, using: str = "owner") -> int:
    """Write the acts that differ from `text` (default: the shipped file), on the owner's connection.

    `now` is not kept: which law stood when is the file's own history. Returns how many rows were written or removed.

    Raises:
        NotAllowed: the actor is not the installation.
        FaultyActs: the file can't be read; nothing was changed.
    """
    if not policy.may_load(actor):
        raise policy.NotAllowed
    if text is None:
        text = (resources.files("arasha.law") / "data" / "legal_acts.csv").read_text(encoding="utf-8")
    wanted = {row.key: _fields(row) for row in rules.read_acts(text)}
    with transaction.atomic(using=using):
        names = ["key", *next(iter(wanted.values()))]
        known = {row.pop("key"): row for row in LegalAct.objects.using(using).values(*names)}
        changed = [key for key, fields in wanted.items() if known.get(key) != fields]
        gone = known.keys() - wanted.keys()
        # A successor may stand further down in the file: rows first, references to one another second.
        for key in changed:
            LegalAct.objects.using(using).update_or_create(key=key, defaults=wanted[key] | {"replaced_by_id": None})
        for key in changed:
            LegalAct.objects.using(using).filter(key=key).update(replaced_by_id=wanted[key]["replaced_by_id"])
        LegalAct.objects.using(using).filter(key__in=gone).delete()
    return len(changed) + len(gone)


def _fields(row: rules.ActRow) -> dict[str, object]:
    fields = asdict(row)
    del fields["key"]
    fields["replaced_by_id"] = fields.pop("replaced_by") or None
    return fields
