"""Who is told of what grew stale, and where the minimum package is offered."""

from datetime import UTC, datetime
from typing import Any

import pytest

from arasha.kernel.access.actions import system
from arasha.kernel.access.tests import cast
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.services import actions, queries
from arasha.services.policy import NotAllowed
from arasha.services.tests.directory import (
    DISTRICT,
    HIDDEN,
    REFUGE,
    REGION,
    SHELTER,
    Directory,
    acting,
    browser_of,
    entered,
)
from tests.database import as_owner

TODAY = datetime.now(UTC)


def test_keepers_are_told_once_a_week_of_what_is_stale_and_nobody_else(directory: Directory) -> None:
    _, _, offering = entered(directory.district)
    entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.district) as actor, pytest.raises(NotAllowed):
        actions.remind_keepers(actor=actor, now=TODAY)
    with system("directory") as actor:
        told = queries.units_to_remind(TODAY)
        assert told == sorted([directory.district.unit_id, directory.region.unit_id])
        assert actions.remind_keepers(actor=actor, now=TODAY) == 2
    with as_owner():
        assert Notice.objects.filter(code="directory_to_ask").count() == 2
    with acting(directory.district) as actor:
        actions.confirm_offering(actor=actor, offering_id=offering, now=TODAY)
    with system("directory"):
        assert queries.units_to_remind(TODAY) == [directory.region.unit_id]


def test_the_package_says_where_each_service_is_offered_and_never_counts_refuges(
    directory: Directory, django_assert_num_queries: Any
) -> None:
    entered(directory.district)
    for _time in range(2):
        entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=TODAY, using="default")
    for person in (directory.district, directory.region):
        page = browser_of(person).get("/services/package/").content.decode()
        assert "Family support: 1 per district" in page
        assert "Saryagash" in page
        assert "offered in the region" in page
        table = browser_of(person).get("/services/package/?as=csv").content.decode()
        shelter = next(line for line in table.splitlines() if line.startswith("Emergency shelter"))
        assert ";yes;" in shelter
        assert "2" not in shelter
    with acting(directory.district), django_assert_num_queries(1):
        found = queries.coverage(REGION, cast.day_of(TODAY))
    assert found.hidden == {"emergency_shelter"}
    assert {place for place, _service in found.sites} == {DISTRICT}
