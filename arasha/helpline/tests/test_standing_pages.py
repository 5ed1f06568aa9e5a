"""Pages of phrases, known callers, shifts and debriefs: for the helpline alone, and without a script too."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from arasha.helpline import actions, queries
from arasha.helpline.models import Debrief, Phrase, Profile, Shift
from arasha.helpline.tests.line import Line, end_openings, talking
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations.tests import cast
from tests.database import as_owner

HOSTILE = "<script>alert(1)</script>"
WORDS = {"kk": "Біз осындамыз", "ru": "Мы здесь", "en": "We are here"}


@pytest.fixture
def browser(line: Line) -> Client:
    return cast.browser_of(line.operator)


def shown(browser: Client, address: str) -> str:
    return browser.get(f"{address}?language=en").content.decode()


def plan(line: Line, *who: cast.Person, begun: timedelta = timedelta(hours=1)) -> Shift:
    now = domain_now()
    given: dict[str, Any] = {"starts_at": now - begun, "ends_at": now + timedelta(hours=8)}
    return actions.plan_shift(actor=line.supervisor.enter(), posts=[one.post for one in who], now=now, **given)


def test_a_phrase_is_found_and_put_in_without_a_script(line: Line, browser: Client) -> None:
    row = talking(line)
    page = f"/helpline/{row.pk}/"
    typed = {"drafted": "", "message": "Сәлем!", "phrase_q": "call-102", "phrase_language": "ru"}
    found = browser.post(f"{page}phrases/find/", typed).content.decode()
    assert "позвони 102" in found
    assert "Сәлем!" in found
    line.operator.enter()
    phrase = Phrase.objects.get(key="call-102").pk
    assert browser.post(f"{page}phrases/{phrase}/put/", typed)["Location"] == page
    assert "Сәлем! Если есть опасность, позвони 102" in shown(browser, page)
    part = browser.get(f"{page}phrases/", {"phrase_q": "102", "phrase_language": "en"}).content.decode()
    assert "call 102" in part
    assert browser.post(f"{page}phrases/{uuid4()}/put/", typed).status_code == 404
    assert browser.post(f"{page}phrases/{phrase}/used/").status_code == 204


def test_a_supervisor_adds_changes_and_retires_and_an_operator_keeps_their_own(line: Line, browser: Client) -> None:
    head = cast.browser_of(line.supervisor)
    form = WORDS | {"key": "here", "theme": "staying", "level": "unit"}
    wrong = head.post("/helpline/phrases/?language=en", form | {"kk": "{name}"})
    assert wrong.status_code == 422
    assert "no place for a name" in wrong.content.decode()
    assert head.post("/helpline/phrases/", form | {"en": HOSTILE}).status_code == 302
    assert HOSTILE not in shown(browser, "/helpline/phrases/")
    with as_owner():
        row = Phrase.objects.get(key="here")
    assert row.level == "unit"
    address = f"/helpline/phrases/{row.pk}/"
    assert browser.get(address).status_code == 404
    change = form | {"version": "1", "en": "Still here"}
    assert head.post(address, change).status_code == 302
    stale = head.post(f"{address}?language=en", change)
    assert stale.status_code == 422
    assert "Somebody changed it meanwhile" in stale.content.decode()
    assert head.post(f"{address}retire/").status_code == 302
    assert browser.post("/helpline/phrases/", form).status_code == 302
    with as_owner():
        assert Phrase.objects.filter(key="here", level="own", owner=line.operator.user).exists()


def test_a_caller_is_known_on_their_wish_and_forgotten(line: Line, browser: Client) -> None:
    row = talking(line)
    page = f"/helpline/{row.pk}/profile/"
    assert "not the police, not your school" in shown(browser, page)
    sent = {"what": "open", "open-word": "көк айдаһар", "open-note": HOSTILE}
    assert browser.post(page, sent).status_code == 422
    with as_owner():
        assert not Profile.objects.exists()
    assert browser.post(page, sent | {"open-wished": "on", "open-word": "87011234567"}).status_code == 422
    assert browser.post(page, sent | {"open-wished": "on"}).status_code == 302
    assert browser.post(page, {"what": "flag", "flag": "slowly"}).status_code == 302
    assert browser.post(page, {"what": "flag", "flag": "joker"}).status_code == 404
    text = shown(browser, page)
    assert "slowly, in short sentences" in text.lower()
    assert HOSTILE not in text
    again = talking(line)
    other = f"/helpline/{again.pk}/profile/"
    assert browser.post(other, {"what": "find", "find-word": "басқа сөздер"}).status_code == 302
    assert browser.post(other, {"what": "find", "find-word": "Көк айдаһар"}).status_code == 302
    assert "What helps in the talk" in shown(browser, other)
    assert browser.get("/helpline/profiles/").status_code == 404
    head = cast.browser_of(line.supervisor)
    listed = shown(head, "/helpline/profiles/")
    assert "айдаһар" not in listed
    with as_owner():
        profile = Profile.objects.get()
    guidance = f"/helpline/profiles/{profile.pk}/"
    assert head.post(guidance, {"note": "Екеу жауап берсін"}).status_code == 302
    assert browser.get(guidance).status_code == 404
    assert "Екеу жауап берсін" not in shown(browser, other)
    assert browser.post(page, {"what": "forget"}).status_code == 302
    assert head.get(guidance).status_code == 404
    assert "from now on" in shown(browser, other)


def test_a_shift_is_planned_and_handed_over(line: Line, browser: Client) -> None:
    head, next_one = cast.browser_of(line.supervisor), cast.browser_of(line.colleague)
    assert browser.get("/helpline/shifts/plan/").status_code == 404
    start = domain_now().astimezone() + timedelta(minutes=70)
    hours = {"starts_at": start.strftime("%Y-%m-%dT%H:%M"), "ends_at": "2020-01-01T08:00"}
    wrong = head.post("/helpline/shifts/plan/?language=en", hours | {"posts": [line.colleague.post]})
    assert (wrong.status_code, "before the beginning" in wrong.content.decode()) == (422, True)
    row = talking(line)
    plan(line, line.operator)
    plan(line, line.colleague, begun=timedelta(0))
    end_openings()
    assert "I take it over" not in shown(browser, "/helpline/shifts/")
    note = {"words": f"Түнде жазады {HOSTILE}"}
    assert browser.post(f"/helpline/matters/{row.pk}/note/", {"words": " "}).status_code == 422
    assert browser.post(f"/helpline/matters/{row.pk}/note/", note).status_code == 302
    page = shown(next_one, "/helpline/shifts/")
    assert "I take it over" in page
    assert "Түнде жазады &lt;script&gt;" in page
    assert next_one.post(f"/helpline/matters/{row.pk}/take/").status_code == 302
    assert "taken over" in shown(next_one, "/helpline/shifts/")
    line.colleague.enter()
    assert queries.mine(line.colleague.enter())[0].pk == row.pk
    printed = next_one.get("/helpline/shifts/print/")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")


def test_a_debrief_is_asked_for_and_noted(line: Line, browser: Client) -> None:
    row = talking(line)
    assert browser.post(f"/helpline/{row.pk}/heavy/").status_code == 302
    with as_owner():
        made = Debrief.objects.get()
    page = f"/helpline/debriefs/{made.pk}/"
    assert browser.post(f"{page}ask/", {"supervisor": str(line.colleague.user)}).status_code == 422
    assert browser.post(f"{page}ask/", {"supervisor": str(line.supervisor.user), "words": HOSTILE}).status_code == 302
    head = cast.browser_of(line.supervisor)
    text = shown(head, "/helpline/debriefs/")
    assert "&lt;script&gt;" in text
    assert HOSTILE not in text
    assert "&lt;script&gt;" not in shown(cast.browser_of(line.above), "/helpline/debriefs/")
    assert browser.post(f"{page}held/", {"held_on": "2026-01-01"}).status_code == 404
    assert head.post(f"{page}held/", {"held_on": "2020-01-01"}).status_code == 422
    today = domain_now().astimezone().date().isoformat()
    assert head.post(f"{page}held/", {"held_on": today}).status_code == 302
    assert head.post(f"{page}write/", {"words": "Рақмет"}).status_code == 302
    assert "Рақмет" in shown(browser, "/helpline/debriefs/")


def test_nobody_else_sees_a_page(line: Line, browser: Client) -> None:
    row = talking(line)
    browser.post(f"/helpline/{row.pk}/heavy/")
    sent = {"what": "open", "open-word": "көк айдаһар", "open-wished": "on"}
    browser.post(f"/helpline/{row.pk}/profile/", sent)
    head = cast.browser_of(line.supervisor)
    head.post("/helpline/phrases/", WORDS | {"key": "here", "theme": "staying", "level": "unit"})
    shift = plan(line, line.operator)
    with as_owner():
        profile, debrief, phrase = Profile.objects.get().pk, Debrief.objects.get().pk, Phrase.objects.get(key="here").pk
    addresses = [
        f"{row.pk}/profile/",
        f"{row.pk}/heavy/",
        f"{row.pk}/phrases/",
        f"{row.pk}/phrases/find/",
        f"{row.pk}/phrases/{phrase}/put/",
        f"{row.pk}/phrases/{phrase}/used/",
        f"phrases/{phrase}/",
        f"phrases/{phrase}/retire/",
        f"profiles/{profile}/",
        f"profiles/{profile}/forget/",
        f"shifts/{shift.pk}/cancel/",
        f"matters/{row.pk}/note/",
        f"matters/{row.pk}/take/",
        *(f"debriefs/{debrief}/{what}/" for what in ("ask", "decline", "write", "held")),
    ]
    end_openings()
    outsiders = [line.elsewhere, line.district.coordinator, line.district.inspector, line.district.nation]
    for who in outsiders:
        window = cast.browser_of(who)
        for address in addresses:
            for data in ({}, {"words": "x", "what": "forget", "note": "x"}):
                assert window.post(f"/helpline/{address}", data).status_code in {404, 405}, (who, address)
            assert window.get(f"/helpline/{address}").status_code in {404, 405}, (who, address)
    for who in outsiders[1:]:
        for address in ("phrases/", "profiles/", "shifts/", "shifts/print/", "debriefs/"):
            assert cast.browser_of(who).get(f"/helpline/{address}").status_code == 404, address
