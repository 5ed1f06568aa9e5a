"""A silent child among jokes: the helpline hears her, stays while the police take over, and her signal has an owner."""

from datetime import timedelta
from uuid import uuid4

import pytest

from arasha.helpline import actions, queries
from arasha.helpline.tests.line import LATER, Line, chat, clock, end_openings, heard, make_line
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.signals.actions import Report, take_signal
from arasha.signals.models import Signal
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(db: None) -> Line:
    """A helpline and a district, under the shipped procedures."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
    return make_line()


def test_a_silent_child_is_heard_before_jokes_and_helped_through_the_night(line: Line) -> None:
    for _joke in range(2):
        joke = chat(line, source="same line")
        actions.take_contact(actor=line.colleague.enter(), contact=joke.pk, now=NOW)
        actions.log_contact(actor=line.colleague.enter(), contact=joke.pk, log=actions.Log("joke"), now=NOW)
    jokes = [chat(line, NOW, source="same line") for _again in range(6)]
    silent = chat(line, LATER)
    end_openings()

    actor = line.operator.enter()
    taken = actions.take_next(actor=actor, now=LATER)
    assert taken is not None
    assert taken.pk == silent.pk
    actions.say(actor=actor, contact=taken.pk, words="Мен осындамын, асықпа.", ticket=uuid4(), now=LATER)
    heard(silent, "ол үйде", LATER)
    actor = line.operator.enter()
    actions.ask_safety(actor=actor, contact=taken.pk, danger="not_safe", now=LATER)
    actions.join_contact(actor=line.supervisor.enter(), contact=taken.pk, now=LATER)
    actor = line.operator.enter()
    actions.pass_on(actor=actor, contact=taken.pk, service="police", who="102, экипаж 17", now=LATER)
    report = Report(
        door="", territory=DISTRICT, concerns=["physical"], safe_now="", suspect_has_access="yes", narrative="Ол үйде."
    )
    signal = actions.signal_from_contact(actor=actor, contact=taken.pk, report=report, now=LATER)
    log = actions.Log("counselling", "child_self", "physical", sex="girl", steps=("listened",))
    closed = actions.log_contact(actor=actor, contact=taken.pk, log=log, now=LATER + timedelta(minutes=5))
    assert (closed.state, closed.signal_id) == ("ended", signal.pk)
    end_openings()

    owner = line.district.coordinator.enter()
    assert (signal.urgency, Signal.objects.get(pk=signal.pk).door) == ("tonight", "helpline")
    assert Obligation.objects.filter(raised_in=signal.dossier_id, step="see_within_24_hours").exists()
    take_signal(actor=owner, signal=signal.pk, now=LATER)
    assert queries.contact(line.district.coordinator.enter(), taken.pk) is None
    assert {row.pk for row in queries.queue(line.operator.enter())} == {row.pk for row in jokes}
    assert actions.return_lost(actor=clock(), now=LATER) == 0
    assert cast.browser_of(line.district.coordinator).get(f"/helpline/{taken.pk}/").status_code == 404
