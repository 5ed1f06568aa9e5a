"""The pages of places: what is typed comes back, a colleague's step is seen, and strangers find no page."""

from uuid import UUID, uuid4

import pytest
from django.test import Client

from arasha.kernel.access.models import Body
from arasha.obligations.tests import cast
from arasha.plans import queries
from arasha.plans.models import ServicePlace
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import ask, offering, refuge, room, step, works_for
from arasha.services.models import Provider
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DAY = "01.12.2099"


@pytest.fixture
def centre(team: Team) -> UUID:
    return offering(team.lead, "Отбасы орталығы")


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(team: Team, centre: UUID) -> None:
    browser = cast.browser_of(team.lead)
    address = f"/plans/{team.dossier}/places/ask/"
    sent = {"offering": str(centre), "urgency": "today", "why": "", "words": "Анасы келеді"}
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert "Анасы келеді" in answer.content.decode()
    row = ask(team, centre)
    far = {"step": "book", "seen": "1", "on": DAY, "said_by": "telephone", "words": "Таңертең"}
    answer = browser.post(f"/plans/places/{row.pk}/", far)
    assert answer.status_code == 422
    assert "Таңертең" in answer.content.decode()
    for bad in ({"step": "hand_over"}, {"step": "x"}, {}, {"step": "ask"}):
        assert browser.post(f"/plans/places/{row.pk}/", bad).status_code == 404


def test_a_colleagues_step_is_shown_and_ones_own_stays_typed(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    step(row, team.doctor, "book")
    browser = cast.browser_of(team.lead)
    sent = {"step": "refuse", "seen": "1", "reason": "age", "said_by": "telephone", "words": "Қабылдамайды"}
    answer = browser.post(f"/plans/places/{row.pk}/", sent)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "A colleague recorded a step meanwhile" in body
    assert "Қабылдамайды" in body
    assert browser.post(f"/plans/places/{row.pk}/", sent | {"seen": "2"}).status_code == 302
    with as_owner():
        assert ServicePlace.objects.get(pk=row.pk).state == "refused"


def test_strangers_and_the_barred_find_no_page(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    pages = [
        f"/plans/{team.dossier}/places/",
        f"/plans/{team.dossier}/places/find/",
        f"/plans/{team.dossier}/places/ask/?offering={centre}",
        f"/plans/places/{row.pk}/",
    ]
    team.bar(team.doctor)
    for who in (team.outsider, team.doctor, team.district.neighbour, team.teacher):
        browser = cast.browser_of(who)
        for address in pages:
            text(browser, address, 404)
        assert "Children to hand over" in text(browser, "/plans/handing-over/")
        assert "Отбасы орталығы" not in text(browser, "/plans/handing-over/")
        text(browser, "/plans/waiting/", 404)
    text(cast.browser_of(team.lead), f"/plans/{team.dossier}/places/ask/?offering={uuid4()}", 404)
    text(cast.browser_of(team.lead), f"/plans/{team.dossier}/places/ask/?offering={centre}&after={uuid4()}", 404)


def test_the_providers_unit_reads_its_list_and_nothing_of_files_that_are_not_its_own(team: Team, centre: UUID) -> None:
    with cast.building():
        own = cast.seat(cast.make_unit("centre", cast.DISTRICT, "family_support"))
    works_for(own, centre)
    ask(team, centre, urgency="today")
    browser = cast.browser_of(own)
    before = text(browser, "/plans/waiting/")
    assert "Nobody waits." in before
    assert "0 children are being helped" in before
    assert "Аяру" not in before
    other = offering(team.lead, "Екінші")
    works_for(own, other)
    with cast.building():
        # One body gives both: the second provider moves to the first one's body.
        Provider.objects.filter(sites__offerings=centre).update(body=Body.objects.create(**_body()))
    case = queries.case_of(team.lead.enter(), team.dossier)
    found = queries.offering_shown(other, cast.NOW)
    assert case is not None
    assert found is not None
    (unit,) = queries.units_to_bring_in(case, found, cast.NOW)
    ask(team, other, urgency="today", bring_in=unit.unit.pk)
    after = text(browser, "/plans/waiting/")
    assert "Аяру" in after
    assert "Needed today" in after


def _body() -> dict[str, str]:
    names = dict.fromkeys(("name_kk", "name_ru", "name_en"), "x")
    return (
        {"code": uuid4().hex, "sector": "ngo", "kind": "ngo", "territory_id": cast.DISTRICT}
        | names
        | {"valid_from": "2020-01-01"}
    )


def test_the_page_of_a_file_says_what_is_waited_for(team: Team, centre: UUID) -> None:
    address = f"/files/{team.dossier}/"
    browser = cast.browser_of(team.lead)
    assert "none now" in text(browser, address)
    step(ask(team, centre), team.lead, "begin")
    ask(team, offering(team.lead, "Басқа"))
    body = text(browser, address)
    assert "1 goes on" in body
    assert "1 is waited for" in body
    assert "waits longer than it may" not in body


def test_a_refuge_leaks_neither_its_name_nor_a_number(team: Team) -> None:
    shelter = refuge(team.district.region)
    row = ask(team, shelter)
    browser = cast.browser_of(team.lead)
    for address in (
        f"/plans/{team.dossier}/places/",
        f"/plans/{team.dossier}/places/find/?service=emergency_shelter",
        f"/plans/places/{row.pk}/",
    ):
        body = text(browser, address)
        assert "Үміт" not in body
        assert "free, said" not in body


def test_no_room_is_said_and_asking_stays_possible(team: Team, centre: UUID) -> None:
    room(team.lead, centre, 0)
    body = text(cast.browser_of(team.lead), f"/plans/{team.dossier}/places/ask/?offering={centre}")
    assert "No room now: one can wait" in body
    assert "Ask for a place" in body
