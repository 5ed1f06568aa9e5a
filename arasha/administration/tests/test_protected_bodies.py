"""A refuge's body and units lie in its region, and lists that everybody sees leave them out."""

from datetime import UTC, datetime

import pytest

from arasha.administration import queries
from arasha.administration.actions import Findable
from arasha.administration.models import Proposal
from arasha.administration.rules.structure import Do, Step, findable
from arasha.administration.tests.district import REGION, District
from arasha.administration.tests.test_structure import BODY, NEW, UNIT, propose
from arasha.kernel.access.models import Body, Unit
from arasha.kernel.access.tests import cast

pytestmark = pytest.mark.django_db
HIDDEN = {"protected": True}
IN_REGION = {"territory_id": REGION}


def test_no_protected_body_is_proposed_below_its_region() -> None:
    district = District.made()
    with pytest.raises(Findable) as found:
        propose(district.first, Step(Do.ADD_BODY, body="clinic-9", values=BODY | HIDDEN), NEW[1])
    assert found.value.code == "care-9"
    with cast.building():
        assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([Step(Do.ADD_BODY, body="b", values=BODY | HIDDEN)], "b"),
        ([Step(Do.ADD_BODY, body="b", values=BODY | HIDDEN | IN_REGION)], ""),
        ([Step(Do.ADD_BODY, body="b", values=BODY)], ""),
        ([Step(Do.CHANGE_BODY, body="refuge", values={"territory_id": cast.PLACE})], "refuge"),
        ([Step(Do.CHANGE_BODY, body="refuge", values={"name_en": "x"})], ""),
        ([Step(Do.ADD_UNIT, body="refuge", unit="u", values=UNIT)], "u"),
        ([Step(Do.ADD_UNIT, body="refuge", unit="u", values=UNIT | IN_REGION)], ""),
        ([Step(Do.CHANGE_UNIT, unit="night", values={"territory_id": cast.PLACE})], "night"),
        ([Step(Do.CHANGE_BODY, body="clinic", values=HIDDEN | IN_REGION)], "care"),
        (
            [
                Step(Do.CHANGE_UNIT, unit="care", values=IN_REGION),
                Step(Do.CHANGE_BODY, body="clinic", values=HIDDEN | IN_REGION),
            ],
            "",
        ),
        ([Step(Do.CHANGE_UNIT, unit="care", values={"name_en": "x"})], ""),
    ],
)
def test_what_of_a_refuge_could_be_found(steps: list[Step], code: str) -> None:
    bodies = {"refuge": (True, REGION), "clinic": (False, cast.PLACE)}
    units = {"night": ("refuge", REGION), "care": ("clinic", cast.PLACE)}
    assert findable(steps, bodies, units) == code


def test_the_list_of_who_is_on_duty_names_a_refuge_to_its_own_people_alone() -> None:
    now = datetime.now(UTC)
    with cast.building():
        nurse = cast.make_person(cast.make_unit("clinic", "health_care"))
        refuge = cast.make_unit("refuge", place=REGION)
        Unit.objects.filter(pk=refuge.pk).update(around_the_clock=True)
        guard = cast.make_person(refuge)
    for hidden in (False, True):
        with cast.building():
            Body.objects.filter(pk=refuge.body_id).update(protected=hidden)
        for person, named in ((nurse, not hidden), (guard, True)):
            assert (refuge.pk in {unit.pk for unit in queries.duty_units(person.enter(), now)}) is named
