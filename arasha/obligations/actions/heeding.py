"""Somebody was named as having harmed: what the file's procedures ask for then."""

from datetime import datetime

from arasha.kernel.access.models import Dossier
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.obligations import policy
from arasha.obligations.actions.raising import raise_for
from arasha.obligations.models import Obligation
from arasha.people.models import Allegation, Person
from arasha.people.rules import Birth, age_group

ALLEGED = "allege"


def heed_allegation(*, actor: Actor, allegation: Allegation, now: datetime) -> list[Obligation]:
    """Raise what the file's own procedures ask for when somebody is alleged to have harmed.

    Its codes are `suspect` (how old they are, `people/data/suspect_ages.csv`) and `role`. Who names them is known.
    """
    if not policy.may_raise(actor):
        return []
    on = allegation.since or local(allegation.recorded_at).date()
    file = Dossier.objects.filter(pk=allegation.dossier_id).first()
    if file is None:  # whoever named them may not read on: then nothing of the file is theirs to set off
        return []
    return raise_for(
        actor=actor,
        dossier=file.pk,
        event=ALLEGED,
        codes={"suspect": age_group(_birth(allegation), allegation.age, on), "role": allegation.role},
        territory=file.territory_id,
        from_moment=now,
        now=now,
        sealed_actor=False,
    )


def _birth(allegation: Allegation) -> Birth | None:
    person = Person.objects.filter(pk=allegation.person_id).first() if allegation.person_id else None
    if person is None or not (person.birth_first and person.birth_last):
        return None
    return Birth(person.birth_first, person.birth_last)
