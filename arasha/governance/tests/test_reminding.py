"""Who is told that the money of a pilot ends, when, and how often."""

from datetime import UTC, datetime, timedelta

import pytest

from arasha.governance import actions, policy, queries
from arasha.governance.models import Reminder
from arasha.governance.policy import NotAllowed
from arasha.governance.rules import StepSaid
from arasha.governance.tests.entered import EVALUATED, EXTENDED, SCALED, TODAY, Keepers, moved_to, piloted, stepped
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Unit
from arasha.kernel.access.tests import cast
from arasha.kernel.messages.models import Notice
from arasha.services.tests.directory import acting
from tests.database import as_owner


def told() -> list[tuple[int, str]]:
    """Return (unit, notice) of all that was said, in order."""
    with as_owner():
        return list(Notice.objects.order_by("at", "unit_id").values_list("unit_id", "code"))


def test_nobody_but_the_clock_reminds(keepers: Keepers) -> None:
    piloted(keepers)
    with acting(keepers.nation) as actor, pytest.raises(NotAllowed):
        actions.remind(actor=actor, now=datetime.now(UTC))
    with system("directory") as actor, pytest.raises(NotAllowed):
        actions.remind(actor=actor, now=datetime.now(UTC))
    assert told() == []


def test_of_rungs_that_passed_before_the_entry_the_last_is_told_alone(keepers: Keepers) -> None:
    piloted(keepers, days=20)
    piloted(keepers, days=-1)
    assert moved_to(TODAY) == 2
    assert moved_to(TODAY) == 0
    own = {keepers.district.unit_id, keepers.answers.unit_id, keepers.region.unit_id}
    assert {unit for unit, code in told() if code == "pilot_ends"} == own
    assert {unit for unit, code in told() if code == "pilot_ended"} == own | {keepers.nation.unit_id}
    assert len(told()) == 7


def test_an_evaluation_silences_nothing_and_prolonging_or_taking_back_begins_anew(keepers: Keepers) -> None:
    pilot = piloted(keepers, days=80)
    assert moved_to(TODAY) == 1
    stepped(keepers.district, pilot, EVALUATED)
    assert moved_to(TODAY) == 0
    longer = stepped(keepers.district, pilot, EXTENDED)
    assert moved_to(TODAY) == 0
    back = StepSaid(kind="corrected", on=TODAY, said="Not signed", document="Letter", corrects=longer)
    stepped(keepers.district, pilot, back)
    assert moved_to(TODAY) == 1
    stepped(keepers.district, pilot, SCALED)
    assert moved_to(TODAY + timedelta(days=100)) == 0


def test_where_the_unit_that_answered_is_no_more_the_one_above_it_hears(keepers: Keepers) -> None:
    piloted(keepers, days=170)
    with cast.building():
        Unit.objects.filter(pk=keepers.answers.unit_id).update(valid_to=TODAY)
    assert moved_to(TODAY) == 1
    assert told() == [(keepers.district.unit_id, "pilot_ends")]


def test_what_was_decided_after_the_clock_looked_is_not_told(keepers: Keepers, monkeypatch: pytest.MonkeyPatch) -> None:
    pilot = piloted(keepers, days=20)
    real = queries.to_remind
    with system(policy.CLOCK) as actor:
        seen = real(actor, datetime.now(UTC))
    cast.leave()
    assert [one.pilot.pk for one, _rung in seen] == [pilot]
    stepped(keepers.district, pilot, SCALED)

    def first_as_before(actor: object, now: datetime, *one: object) -> object:
        return real(actor, now, *one) if one else seen  # type: ignore[arg-type]

    monkeypatch.setattr(queries, "to_remind", first_as_before)
    assert moved_to(TODAY) == 0
    assert told() == []
    with as_owner():
        assert not Reminder.objects.exists()
