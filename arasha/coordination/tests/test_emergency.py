"""Breaking the glass opens one file, is told and reviewed by others, and never says which numbers exist."""

import time
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.test import Client

from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.cases.rules import read_number
from arasha.coordination import actions, queries
from arasha.kernel.access.actions import TeamMember
from arasha.kernel.access.models import Glass, Look
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import inbox
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import District, Person
from arasha.signals.actions import open_case_from
from arasha.signals.tests.test_reporting import reported
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db
PAGE = "/emergency/"
REASON = "child_in_danger"


@pytest.fixture
def case(district: District) -> Case:
    """A case that the district's coordination leads."""
    signal = reported(district)
    made = open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=domain_now())
    cast.end_opening(made.dossier_id)
    return made


def broken(person: Person, dossier: UUID, reason: str = REASON) -> UUID:
    return actions.break_glass(
        actor=person.enter(), dossier=dossier, reason=reason, factor_at=datetime.now(UTC), now=domain_now()
    )


def confirmed(person: Person) -> Client:
    """Return a browser in which the person has just shown the second factor."""
    browser = cast.browser_of(person)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "at": time.time(), "type": "totp"}]
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session["account_authentication_methods_user"] = str(person.user)
    session.save()
    return browser


def barred(case: Case, person: Person) -> None:
    with cast.building():
        cast.put_bars(case.dossier_id, [{"user_id": person.user}])


def notices(person: Person) -> list[str]:
    return [line.text for line in inbox(person.enter(), now=domain_now(), language="en").lines]


def test_a_number_leads_to_the_file_and_the_file_opens_and_tells_it(district: District, case: Case) -> None:
    browser = confirmed(district.neighbour)
    file = f"/files/{case.dossier_id}/"
    assert browser.get(file).status_code == 404
    typed = case.number.lower().replace("-", " ")
    answer = browser.post(PAGE, {"named": typed, "reason": REASON}, follow=True)
    assert answer.redirect_chain == [(file, 302)]
    assert "open to you for three hours" in answer.content.decode()
    assert (
        "The file was opened by emergency access"
        in cast.browser_of(district.coordinator).get(f"{file}story/").content.decode()
    )


def test_it_is_an_act_of_the_file_with_unit_and_reason(district: District, case: Case) -> None:
    broken(district.neighbour, case.dossier_id)
    with as_owner():
        act = Act.objects.get(verb="break_glass")
    assert (act.stream_key, act.actor_user) == (str(case.dossier_id), district.neighbour.user)
    assert (act.codes["unit"], act.codes["reason"]) == (district.neighbour.unit.pk, REASON)


def test_the_watching_unit_is_told_without_a_word_about_the_child(district: District, case: Case) -> None:
    broken(district.neighbour, case.dossier_id)
    assert "A break-glass opening waits for your review." in notices(district.coordinator)


def test_a_lead_that_does_not_watch_is_told_too(district: District) -> None:
    with cast.building():
        guardian = cast.seat(cast.make_unit("guardianship", cast.DISTRICT, "guardianship"))
    district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=guardian.unit.pk))
    broken(district.neighbour, dossier)
    assert notices(guardian) == ["A file was opened by break-glass."]


def test_without_a_fresh_second_factor_the_page_asks_for_it_and_opens_nothing(district: District, case: Case) -> None:
    browser = cast.browser_of(district.neighbour)
    assert "Show that it is you" in browser.get(PAGE).content.decode()
    answer = browser.post(PAGE, {"named": case.number, "reason": REASON})
    assert (answer.status_code, answer["Location"]) == (302, "/account/confirm/?next=%2Femergency%2F")
    with as_owner():
        assert not Glass.objects.exists()


def test_a_number_that_nobody_bears_and_a_barred_one_are_answered_alike(district: District, case: Case) -> None:
    barred(case, district.neighbour)
    browser = confirmed(district.neighbour)
    nobodys = "TRK-26-000000" if case.number != "TRK-26-000000" else "TRK-26-000001"
    pages = []
    for number in (case.number, nobodys):
        answer = browser.post(PAGE, {"named": number, "reason": REASON})
        body = answer.content.decode().replace(number, "NUMBER")
        start = body.index("<main")
        pages.append((answer.status_code, _without_token(body[start:])))
    assert pages[0][0] == 422
    assert "There is no file by this name" in pages[0][1]
    assert pages[0] == pages[1]
    with as_owner():
        assert not Glass.objects.exists()
        assert not Act.objects.filter(verb="break_glass").exists()


def _without_token(body: str) -> str:
    before, _, rest = body.partition('name="csrfmiddlewaretoken" value="')
    return before + rest.partition('"')[2] if rest else body


def test_an_address_that_leads_nowhere_is_answered_like_a_barred_file(district: District, case: Case) -> None:
    barred(case, district.neighbour)
    for dossier in (case.dossier_id, uuid4()):
        with pytest.raises(NotThere):
            broken(district.neighbour, dossier)


def test_asking_for_a_number_tells_nothing_by_its_answers_form(district: District, case: Case) -> None:
    barred(case, district.neighbour)
    district.neighbour.enter()
    nobodys = [cases.dossier_of_number(f"TRK-26-00000{digit}") for digit in range(5)]
    assert cases.dossier_of_number(case.number) == case.dossier_id
    assert {found.version for found in nobodys} == {4}
    assert len(set(nobodys)) == 5
    assert [cases.dossier_of_number(f"TRK-26-00000{digit}") for digit in range(5)] == nobodys


def test_a_refused_try_stands_in_the_access_log_and_ten_end_the_hour(district: District, case: Case) -> None:
    barred(case, district.neighbour)
    browser = confirmed(district.neighbour)
    for _ in range(10):
        browser.post(PAGE, {"named": case.number, "reason": REASON})
    assert "Too many tries" in browser.get(PAGE).content.decode()
    with as_owner():
        tried = Look.objects.filter(user=district.neighbour.user, outcome="refused")
        assert {look.dossier for look in tried} == {case.dossier_id}


@pytest.mark.parametrize("named", ["", "Аяру", "TRK-26-41820", "418207"])
def test_what_is_no_number_and_no_address_is_asked_for_again(district: District, named: str) -> None:
    assert confirmed(district.neighbour).post(PAGE, {"named": named, "reason": REASON}).status_code == 422


def test_a_reason_of_the_list_is_needed(district: District, case: Case) -> None:
    assert confirmed(district.neighbour).post(PAGE, {"named": case.number}).status_code == 422
    with pytest.raises(UnknownCode):
        broken(district.neighbour, case.dossier_id, reason="curious")


def test_a_file_that_is_ones_own_opens_without_breaking_anything(district: District, case: Case) -> None:
    answer = confirmed(district.coordinator).post(PAGE, {"named": case.number, "reason": REASON})
    assert answer["Location"] == f"/files/{case.dossier_id}/"
    with as_owner():
        assert not Glass.objects.exists()


def test_posts_without_the_right_have_neither_page(district: District) -> None:
    assert cast.browser_of(district.region).get(PAGE).status_code == 404
    assert cast.browser_of(district.inspector).get("/emergency/openings/").status_code == 404


def test_the_unit_that_watches_reviews_and_the_file_tells_it(district: District, case: Case) -> None:
    glass = broken(district.neighbour, case.dossier_id)
    browser = cast.browser_of(district.coordinator)
    assert "1 emergency opening waits" in browser.get("/emergency/openings/").content.decode()
    answer = browser.post(f"/emergency/openings/{glass}/", {"justified": "no"}, follow=True)
    assert "not justified" in answer.content.decode()
    with as_owner():
        act = Act.objects.get(verb="review_glass")
        assert (act.codes["outcome"], act.actor_user) == ("not_justified", district.coordinator.user)
    assert "It was not justified" in browser.get(f"/files/{case.dossier_id}/story/").content.decode()
    with pytest.raises(Conflict):
        actions.review_glass(actor=district.coordinator.enter(), glass=glass, justified=True, now=domain_now())


def test_who_opened_it_and_their_unit_can_not_review_it(district: District, case: Case) -> None:
    with cast.building():
        other = cast.seat(cast.make_unit("coordination 2", "611600000", "coordination_district"))
        colleague = cast.seat(other.unit)
    glass = broken(other, case.dossier_id)
    with pytest.raises(Refused):
        actions.review_glass(actor=other.enter(), glass=glass, justified=True, now=domain_now())
    with pytest.raises(NotThere):
        actions.review_glass(actor=colleague.enter(), glass=glass, justified=True, now=domain_now())
    assert [queries.openings(person.enter()) for person in (other, colleague)] == [[], []]
    with pytest.raises(Refused):
        actions.review_glass(actor=district.inspector.enter(), glass=glass, justified=True, now=domain_now())


def test_a_review_that_is_late_shows_as_late_and_suspends_the_right(district: District, case: Case) -> None:
    glass = broken(district.neighbour, case.dossier_id)
    with as_owner():
        row = Glass.objects.get(pk=glass)
    assert row.review_due > domain_now() + timedelta(days=2)
    with cast.building():
        Glass.objects.filter(pk=glass).update(review_due=domain_now() - timedelta(hours=1))
    [row] = cast.browser_of(district.coordinator).get("/emergency/openings/").context["rows"]
    assert row["state"].kind == "late"
    assert "not reviewed in time" in confirmed(district.neighbour).get(PAGE).content.decode()


def test_a_number_is_read_as_people_write_it() -> None:
    for typed in ("TRK-26-418207", " trk 26 418207", "TRK–26–418207", "trk26418207"):
        assert read_number(typed) == "TRK-26-418207"
    for typed in ("TRK-26-41820", "TRK-26-4182077", "418207", "ТРК-26-418207", "TRK-26-41820٧"):
        assert read_number(typed) is None
