"""Pages: no oracle at the counter, one letter for everybody, 404 for who may not, hostile words and double sends."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.html import escape

from arasha.cases.models import Case
from arasha.obligations.tests import cast
from arasha.releases.models import FileRequest, Release
from arasha.releases.tests.cast import NOW, Desk
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") $x$ <script>alert(1)</script>'


def typed(**more: Any) -> dict[str, Any]:
    given = {"once": uuid4(), "applicant": "parent", "asker": "Ерлан", "checked": "document", "way": "in_person"}
    return given | {"child": "Аяру", "wants": "Барлығы", "incoming": "", "basis": "none"} | more


def number(desk: Desk) -> str:
    with as_owner():
        return str(Case.objects.get(dossier=desk.dossier).number)


def state(request: UUID) -> str:
    with as_owner():
        return str(Release.objects.get(request=request).state)


def test_the_counter_gets_the_same_page_and_letter_whether_or_not_there_is_a_file(desk: Desk) -> None:
    desk.allege_father()
    browser = cast.browser_of(desk.counter)
    pages, letters = [], []
    for child in ("Аяру", "Ешкім Жоқ"):
        answer = browser.post("/requests/new/", typed(child=child))
        assert (answer.status_code, answer.headers["Location"]) == (302, "/requests/new/")
        page = browser.get("/requests/new/").content.decode()
        pages.append([line for line in page.splitlines() if "csrf" not in line and "once" not in line])
        letters.append(browser.get("/requests/letter.pdf").status_code)
    assert letters == [200, 200]
    assert len(pages[0]) == len(pages[1])
    assert "Аяру" not in "".join(pages[0])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_suspects_letter_and_the_letter_without_a_file_are_the_same_bytes(
    desk: Desk, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arasha.kernel.access.door.domain_now", lambda: NOW)
    desk.allege_father()
    browser = cast.browser_of(desk.counter, language=language)
    letters = []
    for child in ("Аяру", "Ешкім Жоқ"):
        request = desk.asked(child=child)
        if child == "Аяру":
            assert desk.matched(request).state == "stopped"
        letters.append(browser.get("/requests/letter.pdf").content)
    assert letters[0].startswith(b"%PDF")
    assert letters[0] == letters[1]


def test_a_request_sent_twice_is_one_and_hostile_words_stay_words(desk: Desk) -> None:
    said = typed(asker=HOSTILE)
    for _twice in range(2):
        assert cast.browser_of(desk.counter).post("/requests/new/", said).status_code == 302
    with as_owner():
        (row,) = FileRequest.objects.all()
    page = cast.browser_of(desk.team.lead).get(f"/requests/{row.pk}/").content.decode()
    assert escape(HOSTILE) in page
    assert "<script>alert" not in page


def test_a_request_goes_from_the_list_to_the_hands_of_who_asks(desk: Desk) -> None:
    request = desk.asked()
    lead, second = cast.browser_of(desk.team.lead), cast.browser_of(desk.second)
    address = f"/requests/{request}/"
    assert address in lead.get("/requests/?state=open&applicant=parent").content.decode()
    assert lead.post(f"{address}match/", {"number": HOSTILE}).status_code == 422
    asked = lead.post(f"{address}match/", {"number": number(desk)})
    assert str(desk.father) in asked.content.decode()
    lead.post(f"{address}match/", {"number": number(desk), "chosen": "yes", "person": str(desk.father)})
    assert lead.post(f"{address}propose/", {"consent": "yes"}).status_code == 422
    lead.post(f"{address}propose/", {"consent": "yes", "parts": ["plan"]})
    lead.post(f"{address}decide/", {"agree": "yes"})
    assert state(request) == "proposed"
    second.post(f"{address}decide/", {"agree": "yes"})
    assert state(request) == "given"
    lead.post(f"{address}hand-over/", {"how": "in_person", "receiver": HOSTILE, "proof": "signature"})
    assert state(request) == "handed"
    assert address in lead.get(f"/requests/of/{desk.dossier}/").content.decode()


def test_what_is_not_theirs_is_not_there(desk: Desk) -> None:
    request = desk.matched().request_id
    for who in (desk.counter, desk.team.outsider, desk.team.teacher):
        browser = cast.browser_of(who)
        for path in ("", "match/", "end/", "propose/", "decide/", "hand-over/"):
            address = f"/requests/{request}/{path}"
            answer = browser.post(address, {"x": "x"}) if path else browser.get(address)
            assert answer.status_code == 404
        assert browser.get("/requests/").status_code in (403, 404)


def test_a_stopped_request_says_nothing_of_why(desk: Desk) -> None:
    desk.allege_father()
    release = desk.matched()
    page = cast.browser_of(desk.team.lead).get(f"/requests/{release.request_id}/").content.decode()
    assert "Nothing is given to this person" in page
    assert "alleged" not in page.lower()


def test_the_years_table_hides_small_numbers(desk: Desk) -> None:
    for _each in range(2):
        desk.asked(applicant="court", basis="court_order")
    browser = cast.browser_of(desk.team.lead)
    table = browser.get("/requests/year/2026.csv").content.decode()
    assert "&lt;5" in browser.get("/requests/year/?of=2026").content.decode()
    assert ",<5,0,0,0," in table
    assert browser.get("/requests/year/1999.csv").status_code == 404
