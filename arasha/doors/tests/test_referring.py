"""The page behind a link of a referral, as the public's process serves it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from arasha.doors import door
from arasha.doors.tests.conftest import serve_as_the_public
from arasha.doors.views import referring
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now
from arasha.plans.models import OutsideDoor
from arasha.plans.rules import outside_link as rules
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.linked import Holder, link, refer, take
from arasha.plans.tests.referred import stands
from tests.database import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.urls("arasha.doors.tests.urls")]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def team(db: None, settings: Settings) -> Team:
    """A case with its team, while the pages are served as the public's."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    made = make_team()
    serve_as_the_public(settings)
    door.forget_tries()
    return made


def address(token: str) -> str:
    return f"/r/{token}/?language=en"


def typed(holder: Holder, code: str = "") -> Any:
    return Client().post(address(holder.token), {"code": code or holder.code})


def state_of(page: str) -> str:
    found = re.search(r'name="state" value="([^"]+)"', page)
    assert found, page[:3000]
    return unescape(found[1])


def test_a_get_is_byte_for_byte_the_same_for_every_link(team: Team) -> None:
    row = refer(team)
    dead = link(team, row)
    live = link(team, row)
    pages = set()
    for token in (live.token, dead.token, rules.new_token(), "x"):
        answer = Client().get(address(token))
        assert answer.status_code == 200
        assert not answer.cookies
        assert answer["Cache-Control"] == "no-store"
        assert token == "x" or token not in answer.content.decode()
        pages.add(answer.content)
    assert len(pages) == 1


def test_a_get_asks_the_database_for_no_link(team: Team) -> None:
    token = link(team, refer(team)).token
    with CaptureQueriesContext(connection) as asked:
        Client().get(address(token))
    assert not [one for one in asked.captured_queries if "outside" in one["sql"]]


def test_wrong_dead_and_unknown_get_one_answer(team: Team) -> None:
    row = refer(team)
    dead = link(team, row)
    live = link(team, row)
    other = "00000000" if live.code != "00000000" else "11111111"
    pages = set()
    for holder in (Holder(live.token, other), Holder(dead.token, other), Holder(rules.new_token(), other)):
        answer = typed(holder)
        assert answer.status_code == 422
        pages.add(answer.content)
    assert len(pages) == 1
    for _turn in range(4):
        typed(live, other)
    assert typed(live).status_code == 422
    with as_owner():
        assert OutsideDoor.objects.count() == 0


def test_the_same_work_is_done_for_a_link_that_never_was(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    live, worked = link(team, refer(team)), []
    real = rules.lock

    def counted(token: str, code: str, key: bytes) -> rules.Lock:
        worked.append(token)
        return real(token, code, key)

    monkeypatch.setattr(rules, "lock", counted)
    for token in (live.token, rules.new_token()):
        typed(Holder(token, "12345678"))
    assert len(worked) == 2


def test_the_code_opens_what_was_told_and_an_answer_is_taken_in(team: Team) -> None:
    row = refer(team, words=f"Көмек керек {SCRIPT}")
    holder = link(team, row, ring="+77253720000")
    answer = typed(holder, f" {holder.code[:4]}-{holder.code[4:]} ")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Аяру" not in page
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page
    assert "+77253720000" in page
    sent = {"state": state_of(page), "what": "decline", "reason": "no_room", "name": SCRIPT, "words": SCRIPT}
    missing = Client().post(address(holder.token), sent | {"name": ""})
    assert missing.status_code == 422
    assert SCRIPT not in missing.content.decode()
    assert "the link has ended" in Client().post(address(holder.token), sent).content.decode()
    assert "This link has ended" in Client().post(address(holder.token), sent).content.decode()
    assert take() == 2
    assert stands(row).place.state == "refused"


def test_a_page_that_was_open_too_long_asks_for_the_code_again(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    row = refer(team)
    holder = link(team, row)
    state = state_of(typed(holder).content.decode())
    other = link(team, row)
    mixed = Client().post(address(other.token), {"state": state, "what": "accept", "name": "x"})
    assert (mixed.status_code, "too long" in mixed.content.decode()) == (422, True)
    holder, state = other, state_of(typed(other).content.decode())
    real = domain_now()
    monkeypatch.setattr(referring, "domain_now", lambda: real + timedelta(minutes=21))
    late = Client().post(address(holder.token), {"state": state, "what": "accept", "name": "x"})
    assert (late.status_code, "too long" in late.content.decode()) == (422, True)
    assert take() == 2


@pytest.mark.parametrize("field", ["state", "code", "what", "on", "go", "name"])
def test_hostile_fields_are_refused_without_a_fault(team: Team, field: str) -> None:
    holder = link(team, refer(team))
    state = state_of(typed(holder).content.decode())
    for hostile in ("\x00", "'; DROP TABLE x; --", SCRIPT, "ә" * 5000, "../../etc", "99999999999999999999"):
        sent = {"state": state, "what": "begin", "name": "Айгүл", "on": "23.11.2026"} | {field: hostile}
        if field == "code":
            sent = {"code": hostile}
        answer = Client().post(address(holder.token), sent)
        assert answer.status_code in {200, 422}, (field, hostile)
        assert SCRIPT not in answer.content.decode()


def test_many_wrong_codes_from_one_address_must_wait(team: Team) -> None:
    holder = Holder(rules.new_token(), "12345678")
    found = [typed(holder).status_code for _turn in range(21)]
    assert (found[:20], found[20]) == ([422] * 20, 429)
    door.forget_tries()
