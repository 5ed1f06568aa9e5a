"""The paper that is handed over: kept once, and printed again from what was kept."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.access.actions import record_export
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_bytes
from arasha.releases import policy, queries
from arasha.releases.actions.deciding import locked, stopped, unless
from arasha.releases.actions.errors import AlreadyAnswered, InDanger, NotThere
from arasha.releases.models import Paper, Release


@sensitive_variables()
def keep_paper(*, actor: Actor, request: UUID, content: bytes, language: str, now: datetime) -> None:
    """Keep the PDF of what two people agreed to give; one that is kept already stays as it is.

    Raises NotThere; AlreadyAnswered: nothing is to be given; ConsentMissing; OfAge; InDanger: the release has stopped.
    """
    with transaction.atomic():
        row = locked(request)
        if not policy.may_propose(actor, row):
            raise NotThere
        if row.state != "given":
            raise AlreadyAnswered
        halted = stopped(actor, row, now)
        if not halted and not Paper.objects.filter(release=row).exists():
            _keep(actor, row, content, language, now)
    unless(halted, row)


def print_paper(*, actor: Actor, request: UUID, now: datetime) -> bytes:
    """Return the PDF that was kept: the same bytes each time, an act on the file and an export in the access log.

    Raises NotThere: there is none, or it is not the actor's; InDanger; TooManyToday; LookNotRecorded.
    """
    row = Release.objects.select_related("request", "paper").filter(request=request, paper__isnull=False).first()
    if row is None or not policy.may_propose(actor, row):
        raise NotThere
    if row.state not in ("given", "handed"):
        raise NotThere
    if queries.in_danger(row.dossier_id, row.person_id, row.request.applicant):
        raise InDanger
    record_export(actor=actor, now=now, dossier=row.dossier_id)
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
    with transaction.atomic(), act(verb="print_release", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        return queries.paper_of(row)


def _keep(actor: Actor, row: Release, content: bytes, language: str, now: datetime) -> None:
    paper = Paper(id=uuid4(), release=row, dossier_id=row.dossier_id, language=language, made_at=now)
    paper.user_id = cast(int, actor.user_id)
    paper.sealed = seal_bytes(content, row=paper.pk, **queries.kept("paper", row.dossier_id))
    codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id}
    with act(verb="make_release_paper", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        paper.save(force_insert=True)
