"""What is needed at 18 is recorded point by point; the clock begins it at 17 and asks the adult's consent at 18."""

import json
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.adulthood import policy, queries, rules
from arasha.adulthood.actions.errors import Ended, NotThere
from arasha.adulthood.models import Entry
from arasha.cases.queries import file, of_dossiers, place
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.actions import seal_text
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import raise_for, settle
from arasha.obligations.models import Obligation
from arasha.obligations.rules import Named

BATCH = 100


@sensitive_variables("said", "text")
def record_point(*, actor: Actor, dossier: UUID, said: rules.Said, seen: int, now: datetime) -> Entry:
    """Record how a point stands. Once all points of a step are closed, what was owed of it is owed no more.

    `seen`: the number of the entry that the page showed; of two who record at once the second changes nothing.
    Raises NotThere; NotAllowed; Faulty; Ended: somebody was faster; TooEarly: consent of an adult before the 18th
    birthday.
    """
    said.check()
    if file(actor, dossier) is None:
        raise NotThere
    if not policy.may_record_point(actor, dossier):
        raise policy.NotAllowed
    if said.point == rules.CONSENT and not queries.of_age(dossier, local(now).date()):
        raise TooEarly
    row = Entry(id=uuid4(), dossier_id=dossier, point=said.point, number=seen + 1, state=said.state, at=now)
    row.day, row.agreed = said.day, said.agreed
    row.unit_id, row.user_id = cast(int, actor.unit_id), cast(int, actor.user_id)
    codes = {"facet": Facet.PLAN, "unit": actor.unit_id}
    with transaction.atomic():
        with act(verb="record_towards_adulthood", stream=dossier_stream(dossier), now=now, codes=codes):
            # The act holds the file's stream: nobody records beside it.
            standing = queries.entries(actor, [dossier]).get((dossier, said.point))
            if (standing.number if standing else 0) != seen:
                raise Ended
            text = {"number": said.number.strip(), "who": said.who.strip(), "words": said.words.strip()}
            here = place(dossier, Facet.OBLIGATIONS, "adulthood_entry")
            row.sealed = seal_text(json.dumps(text, ensure_ascii=False), row=str(row.pk), **here)
            row.save(force_insert=True)
        _settle(actor, dossier, rules.step_of(said.point), now)
    return row


class TooEarly(Exception):
    """A child's consent is not asked for as an adult's: the 18th birthday is still to come, or not known."""


def watch_ages(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, begin the aftercare of who turned 17, and let the consent of who turned 18 be asked.

    Once each; a case without a birth date waits for nobody here. Returns how many files changed. Raises NotAllowed.
    """
    if not policy.may_watch_races(actor):
        raise policy.NotAllowed
    return sum(_begin(actor, dossier, event, now) for dossier, event in queries.to_begin(local(now).date(), limit))


class _Nothing(Exception):
    """No procedure in force owes anything here: nothing is written."""


def _begin(actor: Actor, dossier: UUID, event: str, now: datetime) -> bool:
    case, birth = of_dossiers([dossier]).get(dossier), queries.birth_of(dossier)
    if case is None or birth is None:
        return False
    majority = rules.birthday(birth, rules.MAJORITY)
    until = majority if majority > local(now).date() else None
    try:
        with transaction.atomic():
            with act(verb=event, stream=dossier_stream(dossier), now=now, codes={"facet": Facet.PLAN}):
                if (dossier, event) not in queries.to_begin(local(now).date(), BATCH):
                    raise _Nothing
            if not raise_for(
                actor=actor,
                dossier=dossier,
                event=event,
                codes={},
                territory=case.territory_id,
                from_moment=now,
                now=now,
                sealed_actor=False,
                named=Named(until=until),
            ):
                raise _Nothing
    except _Nothing:
        return False
    return True


def _settle(actor: Actor, dossier: UUID, step: str, now: datetime) -> None:
    """End what is owed of a step once each of its points is closed."""
    points = {point.code: point for point in queries.points(actor, dossier)}
    if not all(points[code].closed for code in rules.points_of(step)):
        return
    owed = Obligation.objects.filter(dossier=dossier, protocol__code=policy.AFTERCARE, step=step, ended_at=None)
    for duty in owed:
        settle(actor=actor, obligation=duty.pk, answer="", outcome="", now=now)
