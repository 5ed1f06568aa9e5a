"""Where an organisation has one issuer, coordination of its territory is the second person, and learns no more."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest

from arasha.kernel.access.rules import NotThere
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.prevention import actions, policy, queries
from arasha.prevention.models import Certificate, Withdrawal
from arasha.prevention.tests.issuing import issued
from arasha.services.tests.directory import NEXT_DISTRICT, acting, browser_of
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@dataclass
class Alone:
    """The one issuer of an organisation, coordination of the district, of another, and of the region."""

    issuer: Person
    coordinator: Person
    neighbour: Person
    region: Person


@pytest.fixture
def alone(db: None) -> Alone:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    with cast.building():
        return Alone(
            issuer=cast.make_person(cast.make_unit("centre", "guardianship")),
            coordinator=cast.make_person(cast.make_unit("coordination", "coordination_district")),
            neighbour=cast.make_person(cast.make_unit("next", "coordination_district", place=NEXT_DISTRICT)),
            region=cast.make_person(cast.make_unit("region", "coordination_region", place="610000000")),
        )


def asked(alone: Alone) -> UUID:
    """Issue a certificate and ask to withdraw it, by the one who may; returns its id."""
    made = issued(alone.issuer)
    with acting(alone.issuer) as actor:
        actions.ask_withdrawal(actor=actor, certificate=made.row.pk, reason="mistake", now=datetime.now(UTC))
    row: UUID = made.row.pk
    return row


def test_coordination_of_the_district_decides_where_nobody_else_of_the_body_can(alone: Alone) -> None:
    row = asked(alone)
    browser = browser_of(alone.coordinator)
    assert "17/2026" in browser.get("/certificates/waiting/").content.decode()
    page = browser.get(f"/certificates/waiting/{row}/").content.decode()
    assert "Issued by mistake" in page
    answer = browser.post(f"/certificates/waiting/{row}/", {"verdict": "withdraw"}, follow=True)
    assert "No certificate is to be withdrawn" in answer.content.decode()
    assert browser.post(f"/certificates/waiting/{row}/", {"verdict": "withdraw"}).status_code == 404
    with acting(alone.issuer) as actor:
        assert queries.line(actor, row, today=datetime.now(UTC).date()).state == "withdrawn"
        decided = Withdrawal.objects.get(certificate=row)
        assert decided.decided_by_id not in {None, decided.asked_by_id}
    with as_owner():
        act = Act.objects.get(verb="decide_withdrawal")
        assert act.codes["verdict"] == "withdrawn"


def test_coordination_reads_what_waits_and_nothing_else(alone: Alone) -> None:
    row, other = asked(alone), issued(alone.issuer, "18/2026").row.pk
    for person in (alone.coordinator, alone.region):
        with acting(person) as actor:
            assert [one.pk for one in Certificate.objects.all()] == [row]
            with pytest.raises(NotThere):
                actions.decide_withdrawal(actor=actor, certificate=other, withdraw=True, now=datetime.now(UTC))
            with pytest.raises(policy.NotAllowed):
                actions.ask_withdrawal(actor=actor, certificate=row, reason="lost", now=datetime.now(UTC))
    with acting(alone.neighbour) as actor:
        assert not Certificate.objects.exists()
        assert not Withdrawal.objects.exists()
        assert queries.waiting_count(actor) == 0
        with pytest.raises(NotThere):
            actions.decide_withdrawal(actor=actor, certificate=row, withdraw=True, now=datetime.now(UTC))
    assert browser_of(alone.neighbour).get(f"/certificates/waiting/{row}/").status_code == 404
    assert browser_of(alone.issuer).get("/certificates/waiting/").status_code == 404


def test_whoever_asked_is_not_the_second_person_in_another_post_either(alone: Alone) -> None:
    row = asked(alone)
    with cast.building():
        Withdrawal.objects.filter(certificate=row).update(asked_by=alone.coordinator.user_id)
    with acting(alone.coordinator) as actor:
        with pytest.raises(actions.SecondPersonNeeded):
            actions.decide_withdrawal(actor=actor, certificate=row, withdraw=True, now=datetime.now(UTC))
        # Nor past the action.
        changed = Withdrawal.objects.update(verdict="withdrawn", decided_by=actor.user_id, decided_at=datetime.now(UTC))
        assert changed == 0
    page = browser_of(alone.coordinator).get(f"/certificates/waiting/{row}/").content.decode()
    assert "You asked for this yourself" in page
    assert "Withdraw it for good" not in page


def test_who_takes_the_list_along_leaves_an_act(alone: Alone) -> None:
    issued(alone.issuer)
    assert browser_of(alone.issuer).get("/certificates/export.csv").status_code == 200
    with as_owner():
        act = Act.objects.get(verb="export_certificates")
        assert act.codes["rows"] == 1
    with acting(alone.coordinator) as actor, pytest.raises(policy.NotAllowed):
        actions.record_export(actor=actor, rows=1, now=datetime.now(UTC))
