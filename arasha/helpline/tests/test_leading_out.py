"""What leads out of a contact: a signal, a service that takes over, a number to ring."""

from datetime import timedelta
from typing import Any

import pytest

from arasha.helpline import actions, queries, rules
from arasha.helpline.models import CallBack, PassOn
from arasha.helpline.tests.line import COORDINATOR, LATER, Line, as_nobody, call, chat, end_openings, talking
from arasha.kernel.access.models import Bar
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.signals.actions import Report
from arasha.signals.models import Signal, SignalText
from arasha.ui.rules.phones import NotAPhone

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "door": "",
    "territory": DISTRICT,
    "concerns": ["physical"],
    "safe_now": "",
    "suspect_has_access": "yes",
}


def test_a_signal_takes_over_what_the_contact_says_and_has_an_owner(line: Line) -> None:
    found = talking(line)
    actor = line.operator.enter()
    actions.ask_safety(actor=actor, contact=found.pk, danger="not_safe", now=LATER)
    report = Report(**TOLD, narrative="Әкесі ұрады", child_called="Аяла")
    signal = actions.signal_from_contact(actor=actor, contact=found.pk, report=report, now=LATER)
    assert (signal.door, signal.safe_now, signal.urgency) == ("helpline", "no", "tonight")
    with pytest.raises(actions.ContactEnded):
        actions.signal_from_contact(actor=actor, contact=found.pk, report=report, now=LATER)
    end_openings()
    owner = line.district.coordinator.enter()
    assert Signal.objects.filter(pk=signal.pk).exists()
    assert SignalText.objects.filter(dossier=signal.dossier_id, kind="narrative").exists()
    assert queries.contact(owner, found.pk) is None
    line.operator.enter()
    assert not Signal.objects.filter(pk=signal.pk).exists()
    row = queries.contact(line.operator.enter(), found.pk)
    assert row is not None
    assert (row.signal_id, row.steps) == (signal.pk, ["reported"])


def test_bars_go_both_ways(line: Line) -> None:
    found = talking(line)
    end_openings()
    actions.shut_out(actor=line.operator.enter(), contact=found.pk, user_id=line.colleague.user, now=LATER)
    report = Report(**TOLD, must_not_know=COORDINATOR)
    actor = line.operator.enter()
    signal = actions.signal_from_contact(actor=actor, contact=found.pk, report=report, now=LATER)
    with as_nobody():
        barred = {
            dossier: set(Bar.objects.filter(dossier=dossier).values_list("user", flat=True))
            for dossier in (found.dossier_id, signal.dossier_id)
        }
    both = {line.colleague.user, line.district.coordinator.user}
    assert barred == {found.dossier_id: both, signal.dossier_id: both}


def test_the_institution_concerned_is_kept_from_both(line: Line) -> None:
    found = talking(line)
    with as_nobody():
        body = line.district.doctor.unit.body
    report = Report(**TOLD, happened_in="hospital", place_called=body.name)
    actor = line.operator.enter()
    signal = actions.signal_from_contact(actor=actor, contact=found.pk, report=report, now=LATER)
    with as_nobody():
        for dossier in (found.dossier_id, signal.dossier_id):
            assert Bar.objects.filter(dossier=dossier, body=body).exists()


def test_a_service_that_took_over_stands_there_sealed(line: Line) -> None:
    found = call(line.operator)
    actor = line.operator.enter()
    passed = actions.pass_on(actor=actor, contact=found.pk, service="police", who="Серік, 102-17", now=LATER)
    assert (passed.at, passed.service) == (LATER, "police")
    assert "Серік".encode() not in bytes(PassOn.objects.get().sealed)
    row = queries.contact(actor, found.pk)
    assert row is not None
    assert row.steps == ["emergency"]
    with pytest.raises(actions.NothingSaid):
        actions.pass_on(actor=actor, contact=found.pk, service="police", who=" ", now=LATER)


def test_a_number_is_sealed_and_rung_by_one(line: Line) -> None:
    found = call(line.operator)
    asked = actions.ask_call_back(
        actor=line.operator.enter(), contact=found.pk, number="8 701 123 45 67", how="Кешке ғана", now=NOW
    )
    assert b"123" not in bytes(CallBack.objects.get().sealed)
    actor = line.operator.enter()
    taken = actions.take_call_back(actor=actor, now=LATER)
    assert taken is not None
    assert taken.pk == asked.pk
    assert queries.number_of(taken) == queries.Ask("+77011234567", "Кешке ғана")
    actor = line.colleague.enter()
    assert actions.take_call_back(actor=actor, now=LATER) is None
    with pytest.raises(actions.CallBackTaken):
        actions.take_call_back(actor=actor, call_back=asked.pk, now=LATER)
    with pytest.raises(actions.CallBackTaken):
        actions.call_back_done(actor=actor, call_back=asked.pk, outcome="reached", now=LATER)
    actor = line.operator.enter()
    again = actions.call_back_done(actor=actor, call_back=asked.pk, outcome="no_answer", now=LATER)
    assert (again.state, again.operator_id, again.due_at) == ("waiting", None, LATER + rules.CALL_BACK_WITHIN)
    actions.take_call_back(actor=actor, now=LATER)
    done = actions.call_back_done(actor=actor, call_back=asked.pk, outcome="reached", now=LATER + timedelta(hours=1))
    assert (done.state, done.attempts) == ("done", 2)


def test_after_five_attempts_it_is_given_up(line: Line) -> None:
    missed = chat(line, channel="telephone")
    actor = line.operator.enter()
    asked = actions.ask_call_back(actor=actor, contact=missed.pk, number="+7 701 123 45 67", now=NOW)
    for _number in range(rules.MOST_ATTEMPTS):
        actions.take_call_back(actor=actor, now=LATER)
        asked = actions.call_back_done(actor=actor, call_back=asked.pk, outcome="busy", now=LATER)
    assert asked.state == "given_up"


def test_another_helpline_finds_no_number_and_a_short_one_is_none(line: Line) -> None:
    found = call(line.operator)
    actor = line.operator.enter()
    for number in ("102", "none", ""):
        with pytest.raises(NotAPhone):
            actions.ask_call_back(actor=actor, contact=found.pk, number=number, now=NOW)
    asked = actions.ask_call_back(actor=actor, contact=found.pk, number="+7 701 123 45 67", now=NOW)
    end_openings()
    actor = line.elsewhere.enter()
    assert actions.take_call_back(actor=actor, now=LATER) is None
    with pytest.raises(actions.CallBackNotThere):
        actions.take_call_back(actor=actor, call_back=asked.pk, now=LATER)
