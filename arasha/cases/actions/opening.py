"""Opening a case, joining a signal to it, and undoing that."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from arasha.cases import policy, queries, rules
from arasha.cases.models import Case, CaseConcern, CaseOrigin
from arasha.kernel.access.actions import TeamMember, add_member, end_member, open_dossier
from arasha.kernel.access.queries import may_write, team_of
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.rules import local
from arasha.people.actions import register
from arasha.people.rules import Described, age_of

TRIES = 5


class OnlyOrigin(Exception):
    """The case grew from this signal alone; without it there would be nothing to it."""


class CaseNotFound(LookupError):
    """There is no such open case that this actor may work on."""


def open_case(
    *,
    actor: Actor,
    signal_dossier: UUID,
    territory: str,
    child: Described,
    now: datetime,
    concerns: Sequence[str] = (),
    iin: str = "",
    absent: str = "",
) -> Case:
    """Open a child's case with a dossier of its own; the actor's unit leads it, the actor answers for it.

    The child is written down as described; `iin` and `absent` are their number, or why there is none. `concerns` are
    what was named when it was told of.

    Raises:
        NotAllowed: the actor's unit may not lead a case.
        IinInvalid, UnknownCode.
    """
    if not policy.may_open(actor) or actor.unit_id is None:
        raise policy.NotAllowed
    for attempt in range(TRIES):
        case = Case(dossier_id=uuid4(), number=rules.case_number(territory, now.year), opened_at=now)
        case.territory_id, case.lead_unit_id, case.lead_user_id = territory, actor.unit_id, actor.user_id
        case.child_called, case.child_sex = child.called[:200], child.sex
        case.child_age = age_of(child.birth, local(now).date())
        try:
            with transaction.atomic():
                _write(case, signal_dossier, concerns, now)
                file = case.dossier_id
                register(actor=actor, dossier=file, role="child", described=child, iin=iin, absent=absent, now=now)
                return case
        except IntegrityError:
            # A number is drawn again when another case has it; anything else fails each time and is raised.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _write(case: Case, signal_dossier: UUID, concerns: Sequence[str], now: datetime) -> None:
    codes = {"facet": Facet.OBLIGATIONS, "unit": case.lead_unit_id, "case": case.number}
    with act(verb="open_case", stream=dossier_stream(case.dossier_id), now=now, codes=codes):
        lead = TeamMember("lead", unit_id=case.lead_unit_id, reason="opened_case")
        open_dossier(dossier=case.dossier_id, kind="case", territory=case.territory_id, members=[lead], now=now)
        case.save(force_insert=True)
        CaseOrigin.objects.create(
            id=uuid4(), dossier_id=case.dossier_id, signal_dossier_id=signal_dossier, joined_at=now
        )
        for code in concerns:
            concern = CaseConcern(dossier_id=case.dossier_id, code=code, setting="not_known", named_at=now)
            concern.unit_id = case.lead_unit_id
            concern.save(force_insert=True)


def join_case(*, actor: Actor, signal_dossier: UUID, case: UUID, now: datetime) -> Case:
    """Let a case grow from one more signal: its team comes to read the signal's file, and both files stay.

    Raises:
        CaseNotFound: the case is not there for this actor, or is closed, or may not be written to.
        Refused: the actor does not answer for the signal's file.
    """
    with transaction.atomic():
        found = queries.find(actor, case)
        if found is None or found.state != "open" or not may_write(found.dossier_id, Facet.OBLIGATIONS):
            raise CaseNotFound
        streams = [dossier_stream(found.dossier_id)]
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "case": found.number}
        with act(verb="join_case", stream=dossier_stream(signal_dossier), also=streams, now=now, codes=codes):
            CaseOrigin.objects.create(
                id=uuid4(), dossier_id=found.dossier_id, signal_dossier_id=signal_dossier, joined_at=now
            )
            if found.lead_unit_id != actor.unit_id:
                member = TeamMember("partner", unit_id=found.lead_unit_id, reason="joined_case")
                add_member(dossier=signal_dossier, member=member)
    return found


def leave_case(*, actor: Actor, signal_dossier: UUID, now: datetime) -> Case:
    """Undo a joining: the case loses the signal, and its lead the part in the signal's file that came with it.

    Raises CaseNotFound when the signal is in no case that the actor may write to, OnlyOrigin.
    """
    with transaction.atomic():
        origin = (
            CaseOrigin.objects.select_for_update(of=("self",))
            .filter(signal_dossier=signal_dossier, left_at=None)
            .first()
        )
        case = policy.visible_to(actor).filter(dossier=origin.dossier_id).first() if origin else None
        if origin is None or case is None or not may_write(case.dossier_id, Facet.OBLIGATIONS):
            raise CaseNotFound
        if not CaseOrigin.objects.filter(dossier=case.dossier_id, left_at=None).exclude(pk=origin.pk).exists():
            raise OnlyOrigin
        streams = [dossier_stream(case.dossier_id)]
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "case": case.number}
        with act(verb="leave_case", stream=dossier_stream(signal_dossier), also=streams, now=now, codes=codes):
            origin.left_at = now
            origin.save(update_fields=["left_at"])
            for member in team_of([signal_dossier]):
                if member.reason == "joined_case":
                    end_member(member=member.pk, reason="left_case")
    return case
