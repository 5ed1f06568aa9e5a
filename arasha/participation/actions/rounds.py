"""The round in which a half-year of an offering is kept: a dossier led by coordination, closed to the provider."""

from datetime import datetime
from uuid import uuid4

from django.db import connection

from arasha.kernel.access.actions import TeamMember, add_member, bar, open_dossier
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.queries import Finder
from arasha.participation import policy
from arasha.participation.models import Round
from arasha.services.models import Offering
from arasha.signals.queries import owners_of

KIND = "feedback"
REASON = "service_gives_it"


def round_of(*, actor: Actor, offering: Offering, period: str, now: datetime) -> Round:
    """Return the round of an offering's half-year, begun if there is none yet; of a protected one its region's.

    Led by the nearest coordination in which somebody may know; the people of the offering's body are barred, before
    anybody is found, and so are those of every other protected provider whose children answered. Raises NotAllowed.
    """
    if not policy.is_worker(actor):
        raise policy.NotAllowed
    site = offering.site
    named = None if offering.protected else offering
    key = {"offering": named, "service": offering.service, "place_id": site.territory_id, "period": period}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"round:{sorted(map(str, key.values()))}"]
        )
    found = Round.objects.filter(**key).first()
    if found is not None:
        if offering.protected:
            with act(
                verb="bar_person", stream=dossier_stream(found.dossier_id), now=now, codes={"facet": Facet.OBLIGATIONS}
            ):
                bar(dossier=found.dossier_id, body_id=site.provider.body_id, reason=REASON)
        return found
    dossier = uuid4()
    row = Round(id=uuid4(), dossier_id=dossier, **key)
    codes = {"facet": Facet.OBLIGATIONS}
    with act(verb="open_feedback", stream=dossier_stream(dossier), now=now, codes=codes):
        open_dossier(dossier=dossier, kind=KIND, territory=site.territory_id, members=[], now=now)
        bar(dossier=dossier, body_id=site.provider.body_id, reason=REASON)
        first, *above = owners_of(site.territory_id)
        unit = Finder(now).obliged(dossier, first, site.territory_id, above).unit
        if unit is not None:
            add_member(dossier=dossier, member=TeamMember("lead", unit_id=unit.pk, reason="coordination"))
        row.save(force_insert=True)
    return row
