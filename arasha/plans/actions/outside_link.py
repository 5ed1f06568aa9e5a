"""A link by which a service without an account answers: made by the sender, shown once, ended by hand or the clock."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.cases.queries import of_dossiers
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.plans import policy
from arasha.plans.actions.outside_ends import close_link, end_link
from arasha.plans.actions.referral import ReferralNotThere
from arasha.plans.models import OutsideLink, Referral
from arasha.plans.queries import outside_link as links
from arasha.plans.rules import outside_link as rules

BATCH = 100


class LinkMadeAlready(Exception):
    """This page's link was made already; it was shown once, and nobody can show it again."""


class NoLinkPossible(Exception):
    """The service has an account or is protected, or the referral is over: it is not answered over a link."""


class NameNotFree(Exception):
    """Nothing allows to tell a service outside who the child is."""


@dataclass(frozen=True, kw_only=True)
class LinkSaid:
    """What the sender chose: `ring`, a telephone to ask back at; whether the child is named, and how it is reached."""

    ring: str = ""
    named: bool = False
    contact: str = field(default="", repr=False)


@dataclass(frozen=True)
class MadeLink:
    """A link as it is shown once: the token of its address, and the second code. Neither is kept anywhere."""

    token: str = field(repr=False)
    code: str = field(repr=False)
    row: OutsideLink


@sensitive_variables()
def make_outside_link(
    *, actor: Actor, referral: UUID, said: LinkSaid, now: datetime, link_id: UUID | None = None
) -> MadeLink:
    """Make a link to a referral, in the place of the one before.

    Raises ReferralNotThere, NoLinkPossible, NameNotFree, LinkMadeAlready; AnswerFaulty: too much was written.
    """
    if len(said.contact) > rules.LONGEST_CONTACT or len(said.ring) > rules.LONGEST_NAME:
        raise rules.AnswerFaulty("contact")
    with transaction.atomic():
        row = Referral.objects.select_related("place", "from_unit").filter(pk=referral).first()
        if row is None or not policy.may_withdraw(actor, row) or not policy.may_make_whole(actor, row.dossier_id):
            raise ReferralNotThere
        if not links.may_be_linked(row, now):
            raise NoLinkPossible
        if said.named and not rules.may_name(row.consent, row.without):
            raise NameNotFree
        codes = {"facet": Facet.PLAN, "unit": actor.unit_id, "referral": str(row.pk), "service": row.place.service}
        with act(verb="make_outside_link", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row = Referral.objects.select_for_update(of=("self",)).select_related("place", "from_unit").get(pk=row.pk)
            if link_id is not None and OutsideLink.objects.filter(pk=link_id).exists():
                raise LinkMadeAlready
            before = links.live_link(row.pk)
            if before is not None:
                close_link(before, "replaced", now)
            return _made(actor, row, said, now, link_id or uuid4())


def end_outside_link(*, actor: Actor, referral: UUID, now: datetime) -> bool:
    """End the link of a referral by hand; whether there was one. Raises ReferralNotThere."""
    with transaction.atomic():
        row = Referral.objects.filter(pk=referral).first()
        if row is None or not policy.may_withdraw(actor, row):
            raise ReferralNotThere
        live = links.live_link(row.pk)
        return live is not None and end_link(actor, live, "ended", now)


def end_old_links(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, end links whose time is over and those of services that have an account by now; the sender hears.

    Returns how many ended. Raises NotAllowed.
    """
    if not policy.may_watch_places(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        return sum(end_link(actor, row, why, now, tell=True) for row, why in links.over_by_now(now, limit))


@sensitive_variables()
def _made(actor: Actor, row: Referral, said: LinkSaid, now: datetime, pk: UUID) -> MadeLink:
    token, code = rules.new_token(), rules.new_code()
    case = of_dossiers([row.dossier_id]).get(row.dossier_id)
    name = case.child_called if said.named and case is not None else ""
    contact = said.contact.strip() if said.named else ""
    sheet = links.sheet_of(row, ring=said.ring.strip(), name=name, contact=contact, now=now)
    lock = rules.lock(token, code, links.link_keys())
    link = OutsideLink(id=pk, dossier_id=row.dossier_id, referral=row, named=said.named, made_at=now)
    link.unit_id, link.user_id, link.expires_at = int(actor.unit_id or 0), actor.user_id, now + rules.lasts()
    link.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plans.put_outside(%s, %s, %s, %s)",
            [link.pk, lock.found, lock.proof, rules.seal_sheet(sheet, lock.key)],
        )
    return MadeLink(token, code, link)
