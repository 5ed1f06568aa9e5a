"""The lead closes a signal's file to somebody who is close to the suspect; for them it is gone, and nobody is told."""

import pytest

from arasha.kernel.journal.models import Act
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.signals import queries
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_those_whom_the_file_reaches_stand_to_be_chosen_but_oneself_and_who_is_closed_out(district: District) -> None:
    signal = reported(district, barred_users=[district.police_head.user])
    found = queries.close_to(district.coordinator.enter(), signal, NOW)
    assert {user for user, _name, _seat in found} == {district.inspector.user}


def test_closing_makes_the_file_be_gone_for_that_person_and_the_act_does_not_name_them(district: District) -> None:
    signal = reported(district)
    inspector = cast.browser_of(district.inspector)
    file = f"/files/{signal.dossier_id}/"
    assert inspector.get(file).status_code == 200
    lead = cast.browser_of(district.coordinator)
    assert "not in an emergency" in lead.get(f"/signals/{signal.pk}/bar/").content.decode()
    answer = lead.post(f"/signals/{signal.pk}/bar/", {"user": district.inspector.user}, follow=True)
    assert answer.redirect_chain == [(f"/signals/{signal.pk}/", 302)]
    assert "Made up" in answer.content.decode()
    assert inspector.get(file).status_code == 404
    with as_owner():
        act = Act.objects.get(verb="bar_person")
    assert act.codes == {"facet": 7, "unit": district.coordinator.unit.pk}


def test_only_one_of_those_offered_can_be_chosen(district: District) -> None:
    signal = reported(district)
    lead = cast.browser_of(district.coordinator)
    for user in ("", "nobody", str(district.neighbour.user), str(district.coordinator.user)):
        assert lead.post(f"/signals/{signal.pk}/bar/", {"user": user}).status_code == 422
    with as_owner():
        assert not Act.objects.filter(verb="bar_person").exists()


@pytest.mark.parametrize("who", ["inspector", "neighbour", "doctor"])
def test_who_does_not_answer_for_the_file_neither_sees_nor_closes(district: District, who: str) -> None:
    signal = reported(district, barred_users=[district.police_head.user])
    browser = cast.browser_of(getattr(district, who))
    assert browser.get(f"/signals/{signal.pk}/bar/").status_code == 404
    assert browser.post(f"/signals/{signal.pk}/bar/", {"user": district.inspector.user}).status_code == 404
    assert "Closed to somebody" not in browser.get(f"/signals/{signal.pk}/").content.decode()
