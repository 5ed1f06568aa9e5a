"""What the public tells of bullying, of harming oneself, of a refused statement goes the way that it should."""

from datetime import timedelta

import pytest

from arasha.doors import actions
from arasha.doors.tests.tellings import opened, tell
from arasha.kernel.access.actions import enter_system
from arasha.kernel.messages.models import Notice
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NATION, NOW, District
from arasha.signals.actions import name_company
from arasha.signals.models import Hindrance
from arasha.signals.tasks import ring_all
from arasha.signals.tests.ways_cast import make_around
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_child_who_may_harm_themselves_is_rung_for_at_once_by_one_alarm(district: District) -> None:
    tell(concerns=("self_harm", "bullying"), safe_now="yes", reached="no")
    signal = opened()
    assert signal.urgency == "tonight"
    assert ring_all(signal.received_at) == 1
    later = signal.received_at + timedelta(minutes=10)
    assert actions.ring_for_tellers(actor=enter_system("ring"), now=later) == 0
    with as_owner():
        codes = set(Notice.objects.filter(unit=district.coordinator.unit).values_list("code", flat=True))
        owed = Obligation.objects.filter(dossier=signal.dossier_id).values_list("protocol__code", flat=True)
        assert {"suicide_risk", "bullying", "telling"} <= set(owed)
    assert {"new_signal", "child_alone"} <= codes
    actor = district.coordinator.enter()
    name_company(actor=actor, dossier=signal.dossier_id, name="Әжесі", role="relative", now=NOW)
    assert ring_all(NOW + timedelta(days=1)) == 0
    assert actions.ring_for_tellers(actor=enter_system("ring"), now=later) == 1


def test_the_helpline_is_rung_for_a_child_who_may_harm_themselves_and_says_no_place(district: District) -> None:
    with cast.building():
        helpline = cast.seat(cast.make_unit("111", NATION, "helpline"))
    tell(territory="", concerns=("self_harm",))
    signal = opened()
    ring_all(signal.received_at)
    with as_owner():
        assert Notice.objects.filter(unit=helpline.unit, code="child_alone").count() == 1
    name_company(actor=helpline.enter(), dossier=signal.dossier_id, name="Досы", role="other_adult", now=NOW)
    assert ring_all(NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize("teller", ["child", "friend", "adult", "professional"])
def test_whoever_tells_of_a_refused_statement_lets_the_prosecutor_owe_an_answer(
    district: District, teller: str
) -> None:
    around = make_around()
    tell(teller=teller, hindrances=("refused_statement", "pressure_to_withdraw"))
    signal = opened()
    assert signal.statement == "refused"
    with as_owner():
        kept = Hindrance.objects.filter(dossier=signal.dossier_id).order_by("kind")
        assert [(row.kind, row.told_in, row.unit_id) for row in kept] == [
            ("pressure_to_withdraw", "report", None),
            ("refused_statement", "report", None),
        ]
        owed = Obligation.objects.filter(dossier=signal.dossier_id, protocol__code="hindered_statement")
        who = {around.prosecutor.unit.pk, around.ombudsperson.unit.pk}
        assert set(owed.values_list("unit", flat=True)) == who
