"""A unit that owes does not end, and who asks learns a number at most."""

from datetime import timedelta

import pytest

from arasha.administration import actions
from arasha.administration.queries import pointing
from arasha.administration.rules.structure import Do, Step
from arasha.kernel.access.models import Unit
from arasha.obligations.queries.resting import resting_on
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District

pytestmark = pytest.mark.django_db


def test_open_duties_rest_on_a_unit_for_who_administers_it_and_for_nobody_else(district: District) -> None:
    obligation = cast.report(district)
    unit = obligation.unit_id
    assert unit is not None
    with cast.building():
        administrator = cast.seat(cast.make_unit("accounts", DISTRICT, "administration"))
        stranger = cast.seat(cast.make_unit("other accounts", "611600000", "administration"))
    for outsider in (stranger, district.doctor, district.inspector):
        outsider.enter()
        assert resting_on(unit) == 0
    actor = administrator.enter()
    assert actor.moment is not None
    assert pointing(unit, actor.moment)["duties"] == 1
    day = (actor.moment + timedelta(days=5)).date()
    ends = Step(Do.END_UNIT, unit=Unit.objects.get(pk=unit).code, values={"valid_to": day.isoformat()})
    with pytest.raises(actions.StillPointed) as found:
        actions.propose_structure(actor=actor, now=actor.moment, steps=[ends])
    assert found.value.counts["duties"] == 1
