"""Referrals of a service that ends go along to the next one: its unit receives them, consent is asked anew."""

from datetime import date, timedelta
from typing import Any

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans import actions, queries
from arasha.plans.models import Referral, ServicePlace
from arasha.plans.rules import referral as rules
from arasha.plans.tests.district import Team
from arasha.plans.tests.linked import link, refer
from arasha.plans.tests.offered import offering
from arasha.plans.tests.referred import Service, parts, send, service, stands, take
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 31)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def ending(team: Team) -> Service:
    return service(team, "Қор", funded_until=LAST)


def sweep() -> None:
    assert actions.owe_hand_overs(actor=enter_system("watch_places"), now=NOW) == 1


def next_of(place: ServicePlace) -> Referral:
    with as_owner():
        return Referral.objects.select_related("place", "duty").get(place__after=place.pk)


def test_a_referral_that_waits_goes_over_with_its_words_and_the_first_receiver_leaves(
    team: Team, ending: Service
) -> None:
    row, other = send(team, ending, urgency="week", why="worse"), service(team, "Орталық")
    sweep()
    given: dict[str, Any] = {"places": [row.place_id], "offering": other.offered, "now": LATER}
    result = actions.hand_over_many(actor=team.lead.enter(), **given)
    assert (result.done, result.left) == ([], {row.place_id: "consent"})
    result = actions.hand_over_many(actor=team.lead.enter(), agreed={row.place_id: ("child", "")}, **given)
    assert len(result.done) == 1
    assert queries.state_of(stands(row)) == "handed_over"
    assert stands(row).duty.state not in {"open", "overdue"}  # type: ignore[union-attr]  # it has one
    gone = next_of(row.place)
    assert (gone.to_unit_id, gone.purpose, gone.consent) == (other.worker.unit.pk, "psychological", "child")
    assert gone.duty is not None
    assert (gone.duty.step, gone.duty.unit_id) == ("answer_week", other.worker.unit.pk)
    assert parts(team, ending.worker) == []
    assert [part.reason for part in parts(team, other.worker)] == ["referral"]
    other.worker.enter()
    assert [one.words for one in queries.referral_way(gone)] == ["Ұйықтай алмайды, әңгімелесу керек"]


def test_a_child_who_is_helped_keeps_the_first_receiver_until_the_next_help_begins(team: Team, ending: Service) -> None:
    row, other = send(team, ending), service(team, "Орталық")
    take(row, ending.worker, "begin")
    sweep()
    actions.hand_over(
        actor=team.lead.enter(), place=row.place_id, offering=other.offered, now=LATER, agreed=("without", "danger")
    )
    assert parts(team, ending.worker) != []
    gone = next_of(row.place)
    assert (gone.consent, gone.without) == ("without", "danger")
    take(gone, team.lead, "begin", now=LATER, said_by="telephone")
    assert queries.state_of(stands(row)) == "handed_over"
    assert parts(team, ending.worker) == []


def test_a_link_ends_when_the_child_goes_over_and_a_service_without_an_account_is_found_out_about(team: Team) -> None:
    row = refer(team, offering(team.lead, "Қор", funded_until=LAST))
    holder = link(team, row)
    sweep()
    other = offering(team.lead, "Екінші қор")
    actions.hand_over(
        actor=team.lead.enter(), place=row.place_id, offering=other, now=LATER, agreed=("child_and_adult", "")
    )
    assert holder.open() is None
    gone = next_of(row.place)
    assert gone.to_unit_id is None
    assert gone.duty.step.startswith("find_out")  # type: ignore[union-attr]  # it has one


def test_whoever_sent_it_hears_that_it_went_on(team: Team, ending: Service) -> None:
    row = send(team, ending)
    sweep()
    other = service(team, "Орталық")
    given: dict[str, Any] = {"place": row.place_id, "offering": other.offered, "now": LATER, "agreed": ("child", "")}
    actions.hand_over(actor=team.doctor.enter(), **given)
    with as_owner():
        assert Notice.objects.filter(code="referral_handed_over", unit=team.lead.unit).count() == 1
    # Who does not lead brings nobody in: then the lead's part is to find out, or to refer anew.
    assert next_of(row.place).to_unit_id is None


def test_choices_of_who_agrees_are_those_of_the_lists() -> None:
    choices = dict(rules.agreements())
    assert rules.agreed_of("child") == ("child", "")
    assert rules.agreed_of("without:danger") == ("without", "danger")
    assert [rules.agreed_of(one) for one in ("", "without", "without:x", "child:danger", "x")] == [None] * 5
    assert all(rules.agreed_of(one) for one in choices)


def test_the_page_asks_for_consent_and_says_how_far_it_is(team: Team, ending: Service) -> None:
    row, other = send(team, ending), service(team, "Орталық")
    sweep()
    browser = cast.browser_of(team.lead)
    page = browser.get("/plans/handing-over/").content.decode()
    assert f'name="agreed_{row.place_id}"' in page
    assert "Handed over: 0. Asked elsewhere: 0. Still to do: 1." in page
    sent = {"place": str(row.place_id), "offering": str(other.offered)}
    assert "say who agrees" in browser.post("/plans/handing-over/", sent, follow=True).content.decode()
    sent |= {f"agreed_{row.place_id}": "child"}
    assert "1 child" in browser.post("/plans/handing-over/", sent, follow=True).content.decode()
