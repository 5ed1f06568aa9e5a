"""A team that nobody works in: what the clock notices, what lasts, what is owed for it."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from arasha.cases.actions import accept_lead, judge_safety, offer_lead
from arasha.cases.models import RiskJudgement
from arasha.coordination import actions
from arasha.coordination.models import Silence, Watch
from arasha.coordination.tasks import SILENCE
from arasha.kernel.access.actions import TeamMember, add_member, enter_system
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

DAY = timedelta(days=1)


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW - DAY, using="default")
    return make_team()


def clock(now: datetime) -> int:
    """Let the clock come by; returns how many silences it noticed."""
    actor = enter_system("count")
    actions.watch_files(actor=actor, now=now)
    done = {step.__name__: step(actor=actor, now=now) for step in SILENCE}
    return done["notice_silences"]


def lasting(team: Team) -> set[str]:
    with as_owner():
        return set(Silence.objects.filter(dossier=team.dossier, ended_at=None).values_list("rule", flat=True))


def watched(team: Team) -> dict[str, datetime]:
    with as_owner():
        return dict(Watch.objects.filter(dossier=team.dossier).values_list("rule", "due_at"))


def risk(team: Team, level: str, again_on: date | None = None, at: datetime = NOW) -> None:
    with cast.building():
        RiskJudgement.objects.create(
            dossier_id=team.dossier,
            level=level,
            suggested=level,
            judged_at=at,
            again_on=again_on or (local(NOW) + 900 * DAY).date(),
            unit_id=team.lead.unit.pk,
        )
    touch(team)


def touch(team: Team) -> None:
    """Let somebody's act stand in the file, as every change makes one."""
    actor = enter_system("count")
    assert actions.mend_watch(actor=actor, now=NOW) >= 0


def see(team: Team, at: datetime, seen: str = "alone", seen_at: datetime | None = None) -> None:
    judge_safety(
        actor=team.lead.enter(),
        dossier=team.dossier,
        state="unsafe",
        where="home",
        seen=seen,
        seen_at=seen_at or at,
        now=at,
        why="",
    )


def mute(row: Silence, by: Person, **changes: Any) -> Silence:
    given: dict[str, Any] = {"words": "Бала әжесінде, байланыс бар", "until": local(NOW).date() + 20 * DAY}
    said = {"reason": "known"} | given | changes
    return actions.mute_silence(actor=by.enter(), silence=row.pk, now=NOW + 15 * DAY, **said)


def unseen(team: Team) -> Silence:
    with as_owner():
        return Silence.objects.get(dossier=team.dossier, rule="unseen", ended_at=None)


def asked(team: Team, *, about: UUID | None = None, states: tuple[str, ...] = ()) -> list[str]:
    """Return the answers that were asked for about the child that nobody saw, or about another silence."""
    with as_owner():
        rows = Silence.objects.filter(dossier=team.dossier)
        rows = rows.filter(rule="unseen") if about is None else rows.filter(pk=about)
        found = Obligation.objects.filter(about__in=rows.values("pk"))
        found = found.filter(state__in=states) if states else found
        return sorted(found.values_list("step", flat=True))


def led_by(team: Team, who: Person) -> None:
    """Let another unit take over the lead; the coordination goes on watching over the file."""
    coordination = team.lead
    given: dict[str, Any] = {"dossier": team.dossier, "to_unit": who.unit.pk, "reason": "capacity"}
    offer = offer_lead(actor=coordination.enter(), now=NOW, **given)
    accept_lead(actor=who.enter(), offer=offer.pk, now=NOW)
    with act(verb="note", stream=dossier_stream(team.dossier), now=NOW):
        member = TeamMember("overseeing", unit_id=coordination.unit.pk, reason="test")
        add_member(dossier=team.dossier, member=member)
