"""A report becomes a signal with an owner, and nobody can tell from it who reported."""

import json
from collections.abc import Sequence

import pytest
from django.db import connection

from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.kernel.vault.queries import open_text
from arasha.kernel.vault.rules import Scope
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District
from arasha.signals import actions, policy, queries
from arasha.signals.models import Signal, SignalReporter
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def told(barred_users: Sequence[int] = ()) -> actions.Report:
    return actions.Report(
        door="health",
        territory=DISTRICT,
        concerns=["physical"],
        safe_now="unknown",
        suspect_has_access="yes",
        child_called="Аяру С.",
        narrative="Көгерген іздер көрдім.",
        whereabouts="№ 14 мектеп",
        may_ring="кешке, 18-ден кейін",
        barred_users=barred_users,
    )


def reported(district: District, barred_users: Sequence[int] = ()) -> Signal:
    signal = actions.report_signal(actor=district.doctor.enter(), report=told(barred_users), now=NOW)
    cast.end_opening(signal.dossier_id)
    return signal


def test_the_coordinator_sees_it_and_the_inspection_owes_an_answer(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    assert [row.pk for row in queries.queue(coordinator)] == [signal.pk]
    texts = queries.texts_of(signal.dossier_id)
    assert texts == {"narrative": "Көгерген іздер көрдім.", "whereabouts": "№ 14 мектеп"}
    [owed] = Obligation.objects.filter(dossier=signal.dossier_id)
    assert owed.unit_id == district.inspector.unit.pk


def test_the_coordination_is_told_that_there_is_work(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    [notice] = own(coordinator)
    assert (notice.code, notice.link) == ("new_signal", queries.link(signal.pk))
    assert not own(district.doctor.enter())


def test_the_inspector_reads_where_the_child_is_and_not_what_was_told(district: District) -> None:
    signal = reported(district)
    inspector = district.inspector.enter()
    assert queries.find(inspector, signal.pk) is not None
    assert queries.texts_of(signal.dossier_id) == {"whereabouts": "№ 14 мектеп"}


def test_the_reporter_and_the_neighbour_find_nothing_afterwards(district: District) -> None:
    signal = reported(district)
    for outsider in (district.doctor, district.neighbour):
        actor = outsider.enter()
        assert queries.find(actor, signal.pk) is None
        assert list(queries.queue(actor)) == []
        assert queries.texts_of(signal.dossier_id) == {}


def test_who_reported_lies_under_a_key_of_its_own_and_in_no_act(district: District) -> None:
    signal = reported(district)
    with as_owner():
        row = SignalReporter.objects.get(dossier=signal.dossier_id)
        acts = list(
            Act.objects.filter(stream_key=str(signal.dossier_id), verb__in=["report_signal", "raise_obligation"])
        )
    assert len(acts) == 2
    assert {(act.actor_user, act.actor_post, act.actor_unit, act.request) for act in acts} == {(None, None, None, "")}
    assert row.reference == next(act.sealed_reference for act in acts if act.verb == "report_signal")
    scope = Scope("dossier", signal.dossier_id, "reporter")
    who = json.loads(
        open_text(bytes(row.sealed), scope=scope, table="signals_signalreporter", column="sealed", row=row.pk)
    )
    assert (who["user"], who["may_ring"]) == (district.doctor.user, "кешке, 18-ден кейін")


def test_nobody_on_the_team_reads_the_reporter(district: District) -> None:
    signal = reported(district)
    for person in (district.coordinator, district.inspector, district.region, district.nation):
        person.enter()
        assert not SignalReporter.objects.filter(dossier=signal.dossier_id).exists()


def test_whoever_the_reporter_names_is_not_told_and_sees_nothing(district: District) -> None:
    signal = reported(district, barred_users=[district.inspector.user])
    with as_owner():
        owed = Obligation.objects.get(dossier=signal.dossier_id)
    assert owed.unit_id == district.coordinator.unit.pk
    assert queries.find(district.inspector.enter(), signal.pk) is None


def test_one_who_may_not_report_through_this_door_is_refused(district: District) -> None:
    with pytest.raises(policy.NotAllowed):
        actions.report_signal(actor=district.inspector.enter(), report=told(), now=NOW)


def test_without_any_coordination_the_reporter_is_told_and_nothing_is_kept(district: District) -> None:
    with cast.building(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_unitfunction WHERE function_id LIKE 'coordination%'")
    with pytest.raises(actions.NobodyCoordinates):
        actions.report_signal(actor=district.doctor.enter(), report=told(), now=NOW)
    with as_owner():
        assert not Signal.objects.exists()


def test_the_coordinator_may_close_the_file_to_somebody_later(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    actions.bar_person(actor=coordinator, signal=signal.pk, user_id=district.inspector.user, now=NOW)
    assert queries.find(district.inspector.enter(), signal.pk) is None
