"""The console's pages as an operator and a supervisor use them, without a script; nobody else sees one."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from arasha.helpline import actions, queries
from arasha.helpline.models import CallBack, Contact
from arasha.helpline.tests.line import COLLEAGUE, Line, call, chat, end_openings, heard, talking
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT
from arasha.signals.models import Signal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HALF = {"drafted": "", "kind": "counselling", "caller": "child_self", "reason": "anger", "sex": "girl"}


@pytest.fixture
def browser(line: Line) -> Client:
    return cast.browser_of(line.operator)


def page_of(contact: Any, what: str = "") -> str:
    return f"/helpline/{contact.pk}/{what}"


def shown(browser: Client, address: str) -> str:
    return browser.get(f"{address}?language=en").content.decode()


def standing(contact: Any) -> Contact:
    with as_owner():
        return Contact.objects.get(pk=contact.pk)


def test_a_call_from_its_one_button_to_its_being_written_down(line: Line, browser: Client) -> None:
    page = browser.post("/helpline/begin/", {"channel": "telephone"})["Location"]
    assert "Write down and close" in shown(browser, page)
    assert "Send</button>" not in shown(browser, page)
    wrong = browser.post(f"{page}log/", HALF | {"reason": ""})
    assert wrong.status_code == 422
    assert re.search(r'value="girl"[^>]* checked', wrong.content.decode())  # nothing is typed twice
    closed = browser.post(f"{page}log/", HALF | {"steps": ["listened", "informed"], "region": "610000000"})
    assert closed["Location"] == "/helpline/"
    with as_owner():
        row = Contact.objects.get()
    assert (row.state, row.reason, row.sex, row.steps) == ("ended", "anger", "girl", ["listened", "informed"])
    assert "counselling" in shown(browser, "/helpline/past/")
    narrowed = browser.get("/helpline/past/?kind=joke&language=en").content.decode()
    assert "No contact here" in narrowed


@pytest.mark.parametrize("only", ["silent", "joke", "abusive", "wrong_number"])
def test_one_click_closes_and_opens_the_next(line: Line, browser: Client, only: str) -> None:
    first, second = talking(line), talking(line)
    closed = browser.post(page_of(first, "log/"), {"only": only, "drafted": ""})
    assert closed["Location"] == page_of(second)
    assert standing(first).kind == only
    assert browser.post(page_of(second, "log/"), {"only": "counselling"}).status_code == 404


def test_two_operators_take_one_and_the_slower_is_told(line: Line, browser: Client) -> None:
    found = chat(line)
    end_openings()
    other = cast.browser_of(line.colleague)
    assert browser.post(page_of(found, "take/"))["Location"] == page_of(found)
    late = other.post(page_of(found, "take/"), follow=True, headers={"accept-language": "en"})
    assert "Another operator was faster" in late.content.decode()
    assert standing(found).operator_id == line.operator.post


def test_words_go_out_once_and_what_is_half_written_stays(line: Line, browser: Client) -> None:
    found = talking(line)
    end_openings()
    sent = HALF | {"message": "Мен осындамын", "ticket": str(uuid4())}
    for _twice in range(2):
        assert browser.post(page_of(found, "say/"), sent)["Location"] == page_of(found)
    line.operator.enter()
    assert [one.words for one in queries.talk_of(found)] == ["Сәлем", "Мен осындамын"]
    page = shown(browser, page_of(found))
    assert 'value="anger" selected' in page
    assert page.count("Мен осындамын") == 1  # in the talk, and no longer in the box
    browser.post(page_of(found, "safety/"), HALF | {"message": "Жарты сөз", "danger": "not_safe"})
    page = shown(browser, page_of(found))
    assert "Жарты сөз" in page
    assert "In danger now" in page
    assert browser.post(page_of(found, "safety/"), {"danger": "made_up"}).status_code == 404


def test_an_autosave_keeps_and_says_nothing(line: Line, browser: Client) -> None:
    found = talking(line)
    end_openings()
    given = HALF | {"message": "Тыңдап тұ", "drafted": "1700000000000"}
    answer = browser.post(page_of(found, "keep/"), given, headers={"x-draft": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    late = given | {"message": "Ты", "drafted": "1600000000000"}
    browser.post(page_of(found, "keep/"), late, headers={"x-draft": "1"})
    assert "Тыңдап тұ</textarea>" in shown(browser, page_of(found))


def test_whose_contact_was_taken_over_keeps_their_words(line: Line, browser: Client) -> None:
    found = talking(line)
    end_openings()
    actions.give_back(actor=line.operator.enter(), contact=found.pk, now=domain_now())
    actions.take_contact(actor=line.colleague.enter(), contact=found.pk, now=domain_now())
    answer = browser.post(page_of(found, "say/"), HALF | {"message": "Менің сөзім", "ticket": str(uuid4())})
    assert answer.status_code == 409
    assert "Менің сөзім" in answer.content.decode()


def test_the_lists_are_renewed_only_when_something_changed(line: Line, browser: Client) -> None:
    found = talking(line)
    end_openings()
    first = browser.get("/helpline/lists/").content.decode()
    mark = first.partition("have=")[2][:16]
    assert browser.get(f"/helpline/lists/?opened=&have={mark}").status_code == 204
    heard(found, "Тағы", domain_now())
    assert browser.get(f"/helpline/lists/?opened=&have={mark}").status_code == 200
    talk = browser.get(page_of(found, "talk/")).content.decode()
    assert "Тағы" in talk
    mark = talk.partition("have=")[2][:16]
    assert browser.get(f"{page_of(found, 'talk/')}?have={mark}").status_code == 204


def test_a_signal_is_made_with_what_the_contact_says(line: Line, browser: Client) -> None:
    found = talking(line)
    end_openings()
    browser.post(page_of(found, "safety/"), HALF | {"danger": "not_safe", "reason": "physical"})
    page = shown(browser, page_of(found, "signal/"))
    assert "Сәлем" in page
    assert browser.post(page_of(found, "signal/"), {}).status_code == 422
    told = {
        "place": DISTRICT,
        "concerns": "physical",
        "safe_now": "no",
        "suspect_has_access": "yes",
        "child_sex": "girl",
    }
    assert browser.post(page_of(found, "signal/"), told)["Location"] == page_of(found)
    with as_owner():
        assert Signal.objects.get().door == "helpline"
    assert browser.post(page_of(found, "signal/"), told)["Location"] == page_of(found)
    with as_owner():
        assert Signal.objects.count() == 1


def test_a_service_takes_over_and_a_number_is_rung(line: Line, browser: Client) -> None:
    found = call(line.operator)
    assert browser.post(page_of(found, "pass/"), {"pass-service": "police"}).status_code == 422
    browser.post(page_of(found, "pass/"), {"pass-service": "police", "pass-who": "Серік, 17"})
    assert "Серік, 17" in shown(browser, page_of(found))
    assert browser.post(page_of(found, "ring/"), {"ring-number": "12", "ring-minutes": "30"}).status_code == 422
    ring = {"ring-number": "+7 701 123 45 67", "ring-how": "Кешке", "ring-minutes": "30"}
    browser.post(page_of(found, "ring/"), ring)
    with as_owner():
        asked = CallBack.objects.get()
    assert "701" not in shown(browser, "/helpline/call-backs/")
    browser.post("/helpline/call-backs/take/")
    assert "+77011234567" in shown(browser, "/helpline/call-backs/")
    other = cast.browser_of(line.colleague)
    assert "701" not in shown(other, "/helpline/call-backs/")
    other.post(f"/helpline/call-backs/{asked.pk}/done/", {"outcome": "reached"})
    browser.post(f"/helpline/call-backs/{asked.pk}/done/", {"outcome": "reached"})
    with as_owner():
        assert CallBack.objects.get().attempts == 1


def test_a_colleague_whom_the_caller_names_is_shut_out(line: Line, browser: Client) -> None:
    found = talking(line)
    end_openings()
    other = cast.browser_of(line.colleague)
    assert other.get(page_of(found)).status_code == 200
    assert COLLEAGUE in shown(browser, page_of(found))
    for nobody in ("", "1", str(line.operator.user), str(line.elsewhere.user)):
        assert browser.post(page_of(found, "shut/"), {"shut-user": nobody}).status_code == 422
    browser.post(page_of(found, "shut/"), {"shut-user": str(line.colleague.user)})
    assert other.get(page_of(found)).status_code == 404
    assert browser.get(page_of(found)).status_code == 200


def test_a_supervisor_sees_counts_and_joins(line: Line, browser: Client) -> None:
    found = talking(line)
    heard(found, "Құпия сөз", domain_now())
    chat(line, domain_now(), danger="not_safe")
    end_openings()
    assert browser.get("/helpline/wall/").status_code == 404
    supervisor = cast.browser_of(line.supervisor)
    wall = shown(supervisor, "/helpline/wall/")
    assert "Құпия" not in wall
    assert page_of(found) in wall
    assert "Join this contact" in shown(supervisor, page_of(found))
    supervisor.post(page_of(found, "join/"))
    assert standing(found).joined_id == line.supervisor.post
    assert "Send</button>" in shown(supervisor, page_of(found))
    assert browser.post(page_of(found, "join/")).status_code == 404


@pytest.mark.parametrize("who", ["coordinator", "inspector", "nation", "region"])
def test_nobody_else_has_a_page(line: Line, who: str) -> None:
    found = talking(line)
    end_openings()
    outsider = cast.browser_of(getattr(line.district, who))
    for address in ("", "past/", "wall/", "call-backs/", f"{found.pk}/", f"{found.pk}/talk/", f"{found.pk}/signal/"):
        assert outsider.get(f"/helpline/{address}").status_code == 404
    assert outsider.post(page_of(found, "take/")).status_code == 404
