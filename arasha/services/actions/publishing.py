"""The open data of a day, made once for everybody."""

import gzip
import json
from datetime import datetime

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import system_stream
from arasha.kernel.territory.models import Territory
from arasha.kernel.worktime.rules import local
from arasha.services.models import Publication
from arasha.services.policy import NotAllowed
from arasha.services.queries import Wanted, every
from arasha.services.rules import hsds

MOST = 1_000_000


def publish(*, actor: Actor, now: datetime) -> int:
    """Make the open data of the day from what everybody may find; returns how many services stand in it.

    Nothing of a protected site stands there, nor anything that depends on one. Made again on one day, it takes the
    day's place. Raises NotAllowed for a person; hsds.NotValid when the data do not keep to the specification.
    """
    if not actor.is_system:
        raise NotAllowed
    day = local(now).date()
    found = every(Wanted(standings=("open", "paused", "planned")), now=now, limit=MOST)
    names = {row.pk: (row.name_kk, row.name_ru, row.path) for row in Territory.objects.filter(level__lte=2)}
    services = [
        hsds.service(row, names) for row in sorted(found, key=lambda row: row.offering.hex) if not row.protected
    ]
    hsds.check(services)
    page = hsds.page(services)
    content = gzip.compress(json.dumps(page, ensure_ascii=False, separators=(",", ":")).encode(), 6, mtime=0)
    with transaction.atomic():
        Publication.objects.all().delete()
        with journal.act(
            verb="publish_directory", stream=system_stream("directory"), now=now, codes={"services": len(services)}
        ):
            Publication.objects.bulk_create([Publication(day=day, content=content, services=len(services))])
    return len(services)
