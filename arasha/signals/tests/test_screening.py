"""A screening that finds a risk of suicide rings by the alarm that there is, until somebody is named as staying."""

from datetime import timedelta

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.journal.models import Act
from arasha.obligations.tests.cast import NOW, District
from arasha.plans.rules import SuicideLevel, level_from
from arasha.signals import actions
from arasha.signals.models import Signal, Watch
from arasha.signals.tests.ways_cast import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HIGH, LOW = SuicideLevel("high"), SuicideLevel("low")


@pytest.fixture
def signal(district: District) -> Signal:
    return reported(district.doctor, concerns=["bullying"])


def screened(district: District, signal: Signal, found: SuicideLevel, minutes: int = 0) -> bool:
    at = NOW + timedelta(minutes=minutes)
    return actions.watch_over(actor=district.coordinator.enter(), dossier=signal.dossier_id, found=found, now=at)


def ring(minutes: int) -> int:
    return actions.ring_due(actor=enter_system("ring"), now=NOW + timedelta(minutes=minutes))


def test_a_high_level_rings_until_somebody_is_named(district: District, signal: Signal) -> None:
    assert screened(district, signal, HIGH)
    assert ring(0) == 1
    actor = district.coordinator.enter()
    actions.name_company(
        actor=actor, dossier=signal.dossier_id, name="Гүлсім апай", role="school", now=NOW + timedelta(minutes=5)
    )
    assert ring(60) == 0
    with as_owner():
        assert Act.objects.filter(verb="watch_over").get().codes["level"] == "high"


def test_what_is_not_known_rings_too_and_a_low_level_does_not(district: District, signal: Signal) -> None:
    assert not screened(district, signal, LOW)
    assert ring(0) == 0
    assert screened(district, signal, level_from({}), 1)
    assert ring(1) == 1


def test_a_later_screening_without_a_sign_ends_no_alarm_and_a_second_high_one_makes_none_anew(
    district: District, signal: Signal
) -> None:
    screened(district, signal, HIGH)
    ring(0)
    assert screened(district, signal, LOW, 1)
    assert screened(district, signal, HIGH, 2)
    assert ring(3) == 0  # the next ring comes in its time, not at once
    assert ring(15) == 1
    with as_owner():
        assert Watch.objects.count() == 1


def test_where_somebody_stays_it_does_not_ring_until_they_go(district: District, signal: Signal) -> None:
    actor = district.coordinator.enter()
    actions.name_company(actor=actor, dossier=signal.dossier_id, name="Апасы", role="school", now=NOW)
    assert not screened(district, signal, HIGH, 1)
    actions.end_company(actor=district.coordinator.enter(), dossier=signal.dossier_id, now=NOW + timedelta(minutes=2))
    assert ring(2) == 1


def test_who_is_not_on_the_file_screens_nobody_there(district: District, signal: Signal) -> None:
    with pytest.raises(actions.FileNotThere):
        actions.watch_over(actor=district.neighbour.enter(), dossier=signal.dossier_id, found=HIGH, now=NOW)
    assert ring(0) == 0
