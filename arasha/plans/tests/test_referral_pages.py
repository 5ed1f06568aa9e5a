"""The pages of referrals and of questions: what they say beforehand, what is wrong, and who finds none."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from arasha.kernel.access.actions import enter_system
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.plans import actions
from arasha.plans.models import Referral, SpecialistQuestion
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import refuge
from arasha.plans.tests.referred import Service, send, service, stands, take
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
SENT = {
    "urgency": "today",
    "why": "not_safe",
    "purpose": "psychological",
    "words": "Ұйықтай алмайды",
    "consent": "child",
    "reads_days": "180",
}


@pytest.fixture
def centre(team: Team) -> Service:
    return service(team, "Отбасы орталығы")


def text(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def form(body: str, marker: str) -> dict[str, str]:
    found = next(one for one in re.findall(r"<form.*?</form>", body, re.S) if marker in one)
    return {name: value for name, value in HIDDEN.findall(found) if name != "csrfmiddlewaretoken"}


def test_a_child_is_referred_in_three_pages_and_its_receiver_known_beforehand(team: Team, centre: Service) -> None:
    browser = cast.browser_of(team.lead)
    assert "Nobody was asked yet" in text(browser, f"/plans/{team.dossier}/referrals/")
    found = text(browser, f"/plans/{team.dossier}/places/find/?service=psychological_support&age=13")
    address = f"/plans/{team.dossier}/referrals/send/?offering={centre.offered}"
    assert address in found
    body = text(browser, address)
    assert "Reads: identity, contacts, concern, plan of help, obligations" in body
    sent = form(body, 'name="purpose"') | SENT | {"unit": str(centre.worker.unit.pk)}
    answer = browser.post(f"/plans/{team.dossier}/referrals/send/", sent, follow=True)
    body = answer.content.decode()
    assert "silence comes back to you by itself" in body
    assert "Say whether the service takes the child" in body
    again = browser.post(f"/plans/{team.dossier}/referrals/send/", sent, follow=True)
    assert again.redirect_chain == answer.redirect_chain
    assert "Ұйықтай алмайды" in body
    row = Referral(pk=UUID(answer.redirect_chain[-1][0].split("/")[3]))
    for address in ("/plans/referrals/sent/?state=waits", f"/plans/{team.dossier}/referrals/"):
        assert f"/plans/referrals/{row.pk}/" in text(browser, address)
    assert f"/plans/referrals/{row.pk}/" not in text(browser, "/plans/referrals/sent/?state=over&urgency=week")


def test_the_receiver_sees_answers_and_tells(team: Team, centre: Service) -> None:
    row = send(team, centre)
    browser, address = cast.browser_of(centre.worker), f"/plans/referrals/{row.pk}/"
    assert address in text(browser, "/plans/referrals/received/")
    assert "Seen, the answer is owed" in text(browser, address)
    body = text(browser, address)
    assert 'value="withdraw"' not in body
    said = form(body, 'value="begin"') | {"on": "23.11.2026", "said_by": "own"}
    assert browser.post(address, said).status_code == 302
    said = {"step": "feed_back", "seen": str(stands(row).steps), "told": " ", "child": "Жақсы"}
    answer = browser.post(address, said)
    assert answer.status_code == 422
    assert "Жақсы" in answer.content.decode()
    said["told"] = "Бастадық"
    assert browser.post(address, said).status_code == 302
    body = text(cast.browser_of(team.lead), address)
    assert "Бастадық" in body
    assert "Жақсы" in body
    assert browser.post(address, said | {"told": "Қайтадан"}).status_code == 422  # typed over what was told meanwhile


def test_what_is_declined_closes_behind_the_receiver_and_offers_the_next(team: Team, centre: Service) -> None:
    other = service(team, "Екінші орталық")
    row = send(team, centre)
    browser, address = cast.browser_of(centre.worker), f"/plans/referrals/{row.pk}/"
    said = form(text(browser, address), 'value="refuse"') | {"reason": "no_room", "said_by": "own"}
    answer = browser.post(address, said, follow=True)
    assert answer.redirect_chain[-1][0] == "/plans/referrals/received/"
    assert address not in answer.content.decode()
    body = text(cast.browser_of(team.lead), address)
    assert f"referrals/send/?offering={other.offered}&amp;after={row.pk}" in body
    assert "Send the child to another service" in body
    assert address in text(cast.browser_of(team.lead), "/plans/referrals/sent/?state=back")


def test_what_is_wrong_is_said_and_what_was_typed_comes_back(team: Team, centre: Service) -> None:
    browser, address = cast.browser_of(team.lead), f"/plans/{team.dossier}/referrals/send/"
    given = SENT | {"offering": str(centre.offered), "unit": str(centre.worker.unit.pk)}
    for changes in (
        {"why": ""},
        {"purpose": "x"},
        {"consent": "without"},
        {"unit": "999999"},
        {"reads_days": "9999"},
        {"words": ""},
    ):
        answer = browser.post(address, given | changes)
        assert answer.status_code == 422, changes
    assert browser.post(address, given | {"offering": str(uuid4())}).status_code == 404
    assert browser.post(address, given | {"after": str(uuid4())}).status_code == 404
    assert browser.post(address, given | {"consent": "without", "without": "danger"}).status_code == 302


def test_a_shelter_is_asked_by_telephone_and_nobody_reads(team: Team, centre: Service) -> None:
    crisis = refuge(team.district.region)
    browser = cast.browser_of(team.lead)
    body = text(browser, f"/plans/{team.dossier}/referrals/send/?offering={crisis}")
    assert "Үміт" not in body
    sent = form(body, 'name="purpose"') | SENT | {"unit": "outside", "purpose": "shelter"}
    answer = browser.post(f"/plans/{team.dossier}/referrals/send/", sent, follow=True)
    assert "you owe to find its answer out" in answer.content.decode()
    with as_owner():
        row = Referral.objects.select_related("duty").get()
    assert row.duty is not None
    assert (row.duty.step, row.duty.unit_id) == ("find_out_today", team.lead.unit.pk)
    take(row, team.lead, "begin", said_by="telephone")
    assert stands(row).duty.state == "met"  # type: ignore[union-attr]  # it has one


def test_strangers_and_the_barred_find_no_page(team: Team, centre: Service) -> None:
    row = send(team, centre)
    pages = [
        f"/plans/{team.dossier}/referrals/",
        f"/plans/{team.dossier}/referrals/send/?offering={centre.offered}",
        f"/plans/referrals/{row.pk}/",
    ]
    team.bar(team.doctor)
    for who in (team.outsider, team.doctor, team.district.neighbour, team.teacher):
        browser = cast.browser_of(who)
        for address in pages:
            text(browser, address, 404)
        assert browser.post(pages[2], {"step": "refuse"}).status_code == 404
        for address in ("/plans/referrals/received/", "/plans/referrals/sent/"):
            assert "Nothing here" in text(browser, address)
    for bad in ({"step": "ask"}, {"step": "hand_over"}, {"step": "x"}, {}, {"step": "feed_back"}):
        assert cast.browser_of(team.lead).post(pages[2], bad).status_code == 404


def test_a_school_asks_a_doctor_in_one_page(team: Team) -> None:
    with cast.building():
        hospital = cast.seat(cast.make_unit("hospital", DISTRICT, "health_care"))
    browser, address = cast.browser_of(team.teacher), f"/plans/{team.dossier}/specialists/"
    assert address in text(browser, f"/files/{team.dossier}/")
    body = text(browser, f"{address}?specialist=doctor")
    sent = form(body, 'name="unit"') | {
        "unit": str(hospital.unit.pk),
        "urgency": "ordinary",
        "words": "Не істеу керек?",
    }
    assert browser.post(address, sent | {"words": ""}).status_code == 422
    answer = browser.post(address, sent, follow=True)
    assert "the case stays with you" in answer.content.decode()
    with as_owner():
        row = SpecialistQuestion.objects.get()
    page = f"/plans/questions/{row.pk}/"
    doctor = cast.browser_of(hospital)
    assert "Не істеу керек?" in text(doctor, page)
    assert page in text(doctor, f"/obligations/{row.duty_id}/")
    assert doctor.post(page, {"words": "", "facet": "7"}).status_code == 422
    assert doctor.post(page, {"words": "Ертең әкеліңіз", "facet": "16"}).status_code == 422
    assert doctor.post(page, {"words": "Ертең әкеліңіз", "facet": "7"}).status_code == 302
    assert "Ертең әкеліңіз" in text(browser, page)
    assert browser.post(page, {"words": "Мен де", "facet": "7"}).status_code == 404
    for who in (team.outsider, team.district.neighbour):
        text(cast.browser_of(who), page, 404)
        text(cast.browser_of(who), address, 404)


def test_what_came_back_by_silence_offers_who_else_could_help(team: Team, centre: Service) -> None:

    row = send(team, centre)
    actions.return_silent(actor=enter_system("watch_places"), now=NOW + timedelta(days=30))
    body = text(cast.browser_of(team.lead), f"/plans/referrals/{row.pk}/")
    assert "it came back to the sender" in body
    assert "Who else could help" in body
