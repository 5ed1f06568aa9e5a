"""Showing a receipt to whoever has its code and its phrase: the same answer, after the same work, for all others."""

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import is_closed_for
from arasha.kernel.access.actions import system
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import blind_index
from arasha.law.queries import acts
from arasha.obligations.queries import Delivery, delivery_of
from arasha.protocols.queries import bound_to_report
from arasha.signals import rules
from arasha.signals.models import Receipt, Signal

PURPOSE = "receipt"


class NoReceipt(LookupError):
    """There is no such receipt, or the phrase is another's: nobody is told which."""


def fingerprint_of(code: str) -> bytes:
    """Return by what a receipt is found; without the key, which lies outside the database, it says nothing."""
    return blind_index(code, lookup_key("signals.receipt"))


@sensitive_variables()
def receipt_for(code: str, phrase: str, now: datetime) -> rules.Shown:
    """Return what the receipt shows. Raises NoReceipt; a slow hash is computed in any case.

    Asked by nobody who is signed in: it opens system work of its own, which alone may read receipts.
    """
    with system(PURPOSE):
        found = Receipt.objects.filter(fingerprint=fingerprint_of(code)).first()
        salt = bytes(found.salt) if found else os.urandom(rules.SALT)
        proof = rules.slow_hash(code, rules.plain_phrase(phrase), salt)
        if found is None or not hmac.compare_digest(proof, bytes(found.proof)):
            raise NoReceipt
        return _shown(found, now)


@dataclass(frozen=True)
class BoundBy:
    """Who must report what to whom, in three languages; the act's name, and whether a lawyer has checked its text."""

    who: Mapping[str, str]
    what: Mapping[str, str]
    to: Mapping[str, str]
    act: Mapping[str, str]
    checked: bool


def bound(reporter: str, at: datetime) -> list[BoundBy]:
    """Return what such a reporter must tell whom, and by which acts, one line for each."""
    rows = [(row, basis.act) for _published, row in bound_to_report(reporter, at) for basis in row.basis]
    known = acts(sorted({act for _row, act in rows}), at)
    found: dict[tuple[str, str], BoundBy] = {}
    for row, act in rows:
        if act in known:
            line = BoundBy(row.who, row.what, row.to, known[act].names, known[act].checked)
            found.setdefault((act, row.to["en"]), line)
    return list(found.values())


def receipt_by_id(receipt: UUID, now: datetime) -> rules.Shown:
    """Return the same for a receipt that was opened a moment ago. Raises NoReceipt."""
    with system(PURPOSE):
        found = Receipt.objects.filter(pk=receipt).first()
        if found is None:
            raise NoReceipt
        return _shown(found, now)


def sender_state_of(dossier: UUID) -> rules.SenderState | None:
    """Return what whoever told hears of a report, by its file; None when there is no such report.

    For a system that holds the reference of what it told. It goes on as system work of receipts: ask it last.
    """
    with system(PURPOSE):
        state = Signal.objects.values_list("state", flat=True).filter(dossier=dossier).first()
        return None if state is None else rules.sender_state(state, file_closed=is_closed_for(dossier))


def _shown(receipt: Receipt, now: datetime) -> rules.Shown:
    signal = Signal.objects.select_related("dossier__lead_unit").get(dossier=receipt.dossier_id)
    return rules.Shown(
        receipt=str(receipt.pk),
        on=receipt.day,
        door=signal.door,
        state=rules.sender_state(signal.state, file_closed=is_closed_for(signal.dossier_id)),
        holder=signal.dossier.lead_unit.name if signal.dossier.lead_unit else "",
        deliveries=[_delivery(notice) for notice in delivery_of(receipt.dossier_id)],
    )


def _delivery(notice: Delivery) -> rules.Delivery:
    """Return a notice as its sender may see it: to whom, under which number, when it arrived."""
    return rules.Delivery(notice.unit.name if notice.unit else "", notice.number, notice.delivered_at)
