"""Several children are referred to one service at once: each referral for itself, and nothing is lost with another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.actions import FileNotThere
from arasha.kernel.access.rules import Actor
from arasha.plans import policy, queries
from arasha.plans.actions.asking import AskedAlready, UnitNotAskable
from arasha.plans.actions.places import OfferingNotThere, PlaceNotThere
from arasha.plans.actions.referral import send_referral
from arasha.plans.rules.places import StepFaulty
from arasha.plans.rules.referral import MOST_AT_ONCE, ReferralFaulty, Sending

# Why a child's referral was not sent, as a code, by what was raised.
LEFT: dict[type[Exception], str] = {
    FileNotThere: "not_there",
    PlaceNotThere: "not_there",
    OfferingNotThere: "barred",
    AskedAlready: "already",
    UnitNotAskable: "unit",
}


class TooManyAtOnce(ValueError):
    """More children than are referred at once."""


@dataclass(frozen=True, kw_only=True)
class Child:
    """One child of several: who agrees, and how urgent it is for this one."""

    dossier: UUID
    consent: str
    without: str = ""
    urgency: str = "ordinary"
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ToAll:
    """What is the same for all of them."""

    offering: UUID
    unit: int | None
    purpose: str
    reads_days: int
    words: str = field(repr=False)


@dataclass
class SeveralSent:
    """What came of it, by file: the referrals that were sent, and why others were not, as codes."""

    sent: dict[UUID, UUID] = field(default_factory=dict)
    left: dict[UUID, str] = field(default_factory=dict)


@sensitive_variables()
def send_several(*, actor: Actor, children: Sequence[Child], to_all: ToAll, ticket: UUID, now: datetime) -> SeveralSent:
    """Refer children of files that the actor's unit leads to one service, each in a transaction of its own.

    Sent twice with one `ticket`, each child is referred once. What can't be sent is left and said; the others go
    through. Raises TooManyAtOnce: nothing was sent.
    """
    once = {child.dossier: child for child in children}
    if len(once) > MOST_AT_ONCE:
        raise TooManyAtOnce
    result = SeveralSent()
    for dossier, child in once.items():
        try:
            with transaction.atomic():
                result.sent[dossier] = _send(actor, child, to_all, uuid5(ticket, str(dossier)), now)
        except (ReferralFaulty, StepFaulty) as fault:
            result.left[dossier] = "consent" if fault.field in {"consent", "without"} else fault.field
        except tuple(LEFT) as error:
            result.left[dossier] = next(code for kind, code in LEFT.items() if isinstance(error, kind))
    return result


@sensitive_variables()
def _send(actor: Actor, child: Child, to_all: ToAll, pk: UUID, now: datetime) -> UUID:
    case = queries.case_of(actor, child.dossier)
    if case is None or not policy.leads(actor, case):
        raise FileNotThere
    found = queries.offering_shown(to_all.offering, now)
    if found is None or queries.is_barred(child.dossier, found):
        raise OfferingNotThere
    sending = Sending(
        offering=to_all.offering,
        unit=to_all.unit,
        urgency=child.urgency,
        why=child.why,
        purpose=to_all.purpose,
        consent=child.consent,
        without=child.without,
        reads_days=to_all.reads_days,
        words=to_all.words,
    )
    row = send_referral(actor=actor, dossier=child.dossier, sending=sending, now=now, referral_id=pk)
    sent: UUID = row.pk
    return sent
