"""A batch is written down together; what fails of it waits alone, and the door for it is the sweeper's."""

import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from arasha.kernel.access.actions import enter_system
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import queries
from arasha.obligations.actions import climb, meet, sweep_batch
from arasha.obligations.actions import climbing as climbing_module
from arasha.obligations.actions.stepping import Step, worked_out
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, fresh, rungs, sweep
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
TICK = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


def test_a_failing_duty_waits_a_quarter_of_an_hour_and_never_holds_the_others_up(
    district: District, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = cast.report(district), cast.report(district)

    def failing(obligations: Collection[Obligation], finder: queries.Finder) -> list[Step]:
        if first in obligations:
            raise RuntimeError("made up")
        return worked_out(obligations, finder)

    now = DUE + HOUR
    with patch.object(climbing_module, "worked_out", failing):
        swept = sweep_batch(actor=cast.sweeper(), now=now)
        assert (swept.claimed, swept.climbed, swept.postponed) == (2, 1, (first.pk,))
        assert sweep_batch(actor=cast.sweeper(), now=now).claimed == 0
    assert fresh(second).state == "overdue"
    assert (fresh(first).state, fresh(first).next_check_at) == ("open", now + timedelta(minutes=15))
    assert [record.message for record in caplog.records if record.name.startswith("arasha")] == ["a sweep failed"]
    assert sweep(now + timedelta(minutes=16)) == 1
    assert rungs(first) == [(1, "told", district.police_head.unit.id, DUE)]


def test_what_the_database_refuses_for_one_duty_it_still_does_for_the_others(
    district: District, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = cast.report(district), cast.report(district)
    whole = Step.to_json

    def refused(step: Step) -> dict[str, Any]:
        made = whole(step)
        return made | {"state": "made_up"} if step.obligation == first else made

    with patch.object(Step, "to_json", refused):
        swept = sweep_batch(actor=cast.sweeper(), now=DUE + HOUR)
    assert (swept.claimed, swept.climbed, swept.postponed) == (2, 1, (first.pk,))
    assert [record.kind for record in caplog.records if record.name.startswith("arasha")] == ["IntegrityError"]  # type: ignore[attr-defined]  # an extra of ours
    assert (fresh(first).state, rungs(first)) == ("open", [])
    assert (fresh(second).state, len(rungs(second))) == ("overdue", 1)
    with as_owner():
        verbs = Act.objects.filter(verb__in=["obligation_overdue", "postpone_check"]).order_by("id")
        assert [act.codes["obligation"] for act in verbs.filter(verb="obligation_overdue")] == [str(second.pk)]
        assert [act.codes["obligation"] for act in verbs.filter(verb="postpone_check")] == [str(first.pk)]


def test_the_unit_above_and_the_unit_that_owes_have_one_notice_each_and_one_job_sends_all(district: District) -> None:
    duties = [cast.report(district) for _ in range(3)]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    sweep(DUE + TICK)
    links = sorted(queries.link(duty.pk) for duty in duties)
    for person, code in ((district.police_head, "duty_escalated"), (district.inspector, "duty_overdue")):
        person.enter()
        told = Notice.objects.filter(code=code, unit=person.unit)
        assert sorted(told.values_list("link", flat=True)) == links
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs")
        assert cursor.fetchall() == [("deliver_all", "{}")]


def test_a_batch_of_many_asks_no_more_than_a_batch_of_one(
    district: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for at in (NOW, NOW + HOUR, NOW + 2 * HOUR):
        # Two ladders that pass over rungs, so that more than one rung is asked about.
        for _ in range(1 if at == NOW else 4):
            cast.report(district, at=at, bars=[{"user_id": district.police_head.user}])
    actor = cast.sweeper()
    with CaptureQueriesContext(connection) as one:
        assert sweep_batch(actor=actor, now=DUE + TICK).climbed == 1
    with django_assert_num_queries(len(one)):
        assert sweep_batch(actor=actor, now=DUE + HOUR + TICK).climbed == 4
    assert len(one) <= 16


def test_the_door_for_a_whole_batch_is_the_sweepers_alone(district: District) -> None:
    obligation = cast.report(district)
    step = [{"id": str(obligation.pk), "verb": "note", "codes": {}, "state": "met", "rung": 0, "tried": []}]
    for enter in (district.coordinator.enter, district.nation.enter, lambda: enter_system("mail")):
        enter()
        with (
            pytest.raises(DatabaseError, match="only the sweeper"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT obligations.apply_sweep(%s::jsonb, %s)", [json.dumps(step), NOW])


def test_what_nobody_waits_for_is_not_written_down(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    meet(actor=actor, obligation=obligation.pk, answer="done", now=NOW)
    with pytest.raises(DatabaseError, match="nobody waits"):
        climb(actor=cast.sweeper(), obligation=obligation, now=DUE + HOUR)  # read before it was met
