"""Who looked is there for those who answer for the file; the one who told is never among them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from arasha.coordination import actions, queries
from arasha.kernel.access.models import Budget, Look, Unit
from arasha.kernel.access.rules import Conflict, NotThere
from arasha.kernel.journal.models import Act
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.signals.tests.test_reporting import reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_the_lead_sees_who_opened_the_file_and_who_was_refused(district: District) -> None:
    signal = reported(district)
    address = f"/files/{signal.dossier_id}/"
    cast.browser_of(district.inspector).get(address)
    cast.browser_of(district.neighbour).get(address)
    body = cast.browser_of(district.coordinator).get(f"{address}looks/").content.decode()
    for words in ("opened the file", "tried to open it and was refused", district.inspector.unit.name_en):
        assert words in body
    assert district.neighbour.unit.name_en in body
    assert "Аяру" not in body


def test_seeing_who_looked_is_no_look(district: District) -> None:
    signal = reported(district)
    cast.browser_of(district.coordinator).get(f"/files/{signal.dossier_id}/looks/")
    with as_owner():
        assert not Look.objects.filter(dossier=signal.dossier_id).exists()


def test_the_one_who_told_never_stands_there(district: District) -> None:
    signal = reported(district)
    district.coordinator.enter()
    assert queries.looked(signal.dossier_id) == []
    body = cast.browser_of(district.coordinator).get(f"/files/{signal.dossier_id}/looks/").content.decode()
    assert district.doctor.unit.name_en not in body


@pytest.mark.parametrize("who", ["inspector", "doctor", "neighbour", "nation"])
def test_whoever_does_not_answer_for_the_file_has_no_such_page(district: District, who: str) -> None:
    signal = reported(district)
    browser = cast.browser_of(getattr(district, who))
    assert browser.get(f"/files/{signal.dossier_id}/looks/").status_code == 404
    assert "/looks/" not in browser.get(f"/files/{signal.dossier_id}/").content.decode()


def stopped(district: District) -> None:
    """Let the day's budget have stopped the inspector."""
    day = (timezone.now() + timedelta(hours=5)).date()
    with as_owner():
        Budget.objects.create(user_id=district.inspector.user, day=day, dossiers=7, stopped_at=timezone.now())


def test_the_unit_above_lets_somebody_go_on_once_and_it_is_an_act(district: District) -> None:
    stopped(district)
    browser = cast.browser_of(district.police_head)
    assert "1 person cannot open another file" in browser.get("/budgets/").content.decode()
    answer = browser.post(f"/budgets/{district.inspector.user}/", follow=True)
    assert "more files may be opened today" in answer.content.decode()
    with as_owner():
        act = Act.objects.get(verb="confirm_budget")
        assert (act.actor_user, act.stream_key, act.codes["more"]) == (
            district.police_head.user,
            str(district.inspector.user),
            7,
        )
    with pytest.raises((Conflict, NotThere)):  # not told of twice, and not confirmed twice
        actions.confirm_budget(actor=district.police_head.enter(), user_id=district.inspector.user, now=NOW)


def test_nobody_but_the_unit_above_sees_or_confirms_it(district: District) -> None:
    stopped(district)
    for person in (district.inspector, district.coordinator, district.neighbour):
        with pytest.raises(NotThere):
            actions.confirm_budget(actor=person.enter(), user_id=district.inspector.user, now=NOW)
        browser = cast.browser_of(person)
        assert browser.post(f"/budgets/{district.inspector.user}/").status_code == 404
        assert "Nobody below you" in browser.get("/budgets/").content.decode()
    with as_owner():
        assert not Act.objects.filter(verb="confirm_budget").exists()


def test_the_rail_leads_there_only_when_there_is_something(district: District) -> None:
    above = cast.browser_of(district.police_head)
    assert "/budgets/" not in above.get("/").content.decode()
    stopped(district)
    assert "/budgets/" in above.get("/").content.decode()
    with as_owner():
        assert Unit.objects.get(pk=district.inspector.unit.pk).parent_id == district.police_head.unit.pk
