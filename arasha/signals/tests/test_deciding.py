"""A signal is taken, closed with a reason, or becomes a case, once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from arasha.cases.models import Case, CaseOrigin
from arasha.kernel.journal.models import Act
from arasha.obligations.models import Obligation
from arasha.obligations.tests.cast import NOW, District
from arasha.signals import actions, policy, queries
from arasha.signals.models import Signal
from arasha.signals.tests.test_reporting import reported
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_taking_names_the_unit_and_ends_the_waiting(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    taken = actions.take_signal(actor=coordinator, signal=signal.pk, now=LATER)
    assert (taken.state, taken.taken_by_unit_id, taken.taken_at) == ("taken", coordinator.unit_id, LATER)
    assert queries.waiting_count(coordinator) == 0
    with as_owner():
        act = Act.objects.get(verb="take_signal")
    assert (act.actor_user, act.codes["unit"]) == (coordinator.user_id, coordinator.unit_id)


def test_a_second_click_is_told_and_changes_nothing(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    actions.take_signal(actor=coordinator, signal=signal.pk, now=LATER)
    with pytest.raises(actions.CannotBecome):
        actions.take_signal(actor=coordinator, signal=signal.pk, now=LATER + timedelta(seconds=1))
    assert Signal.objects.get(pk=signal.pk).taken_at == LATER


def test_closing_needs_a_reason_of_the_list(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    with pytest.raises(UnknownCode):
        actions.close_signal(actor=coordinator, signal=signal.pk, closing="because", now=LATER)
    closed = actions.close_signal(actor=coordinator, signal=signal.pk, closing="mistaken", now=LATER)
    assert (closed.state, closed.closing) == ("closed", "mistaken")
    again = actions.take_signal(actor=coordinator, signal=signal.pk, now=LATER)
    assert (again.state, again.closing) == ("taken", "")


def test_the_inspector_sees_it_and_may_not_decide(district: District) -> None:
    signal = reported(district)
    with pytest.raises(policy.NotAllowed):
        actions.take_signal(actor=district.inspector.enter(), signal=signal.pk, now=LATER)


def test_what_is_not_there_for_somebody_is_not_found(district: District) -> None:
    signal = reported(district)
    for person, wanted in ((district.neighbour, signal.pk), (district.coordinator, uuid4())):
        with pytest.raises(actions.SignalNotFound):
            actions.take_signal(actor=person.enter(), signal=wanted, now=LATER)


def test_a_case_takes_over_what_the_signal_owed(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    case = actions.open_case_from(actor=coordinator, signal=signal.pk, now=LATER)
    assert case.number.startswith("TRK-26-")
    [owed] = Obligation.objects.filter(dossier=case.dossier_id)
    assert owed.unit_id == district.inspector.unit.pk
    assert CaseOrigin.objects.get(dossier=case.dossier_id).signal_dossier_id == signal.dossier_id
    assert Signal.objects.get(pk=signal.pk).state == "case"


def test_a_second_case_from_one_signal_is_refused(district: District) -> None:
    signal = reported(district)
    coordinator = district.coordinator.enter()
    actions.open_case_from(actor=coordinator, signal=signal.pk, now=LATER)
    with pytest.raises(actions.CannotBecome):
        actions.open_case_from(actor=coordinator, signal=signal.pk, now=LATER)
    assert Case.objects.count() == 1
