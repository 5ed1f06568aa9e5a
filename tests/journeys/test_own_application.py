"""A girl of 17 applies for herself, over HTTP: the race is told at once, nobody who must not know learns anything."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from arasha.adulthood.models import Application
from arasha.adulthood.rules import add_months
from arasha.adulthood.tests.cast import WORDS, Girl, make_girl
from arasha.coordination.queries.story import acts
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TICKET = "00000000-0000-4000-8000-000000000059"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def girl(db: None) -> Girl:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_girl()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def send(browser: Client, address: str, status: int = 302, **said: str) -> str:
    answer = browser.post(address, said)
    assert answer.status_code == status, answer.content.decode()[:4000]
    return answer.content.decode()


def nearly_18() -> date:
    """Return the birth date of somebody who is 18 in some 40 days."""
    return add_months(local(datetime.now(UTC)).date() + timedelta(days=40), -12 * 18)


def test_a_girl_of_17_applies_and_her_race_is_told_at_once(girl: Girl) -> None:
    girl.born(nearly_18())
    lead, guardian = cast.browser_of(girl.team.lead), cast.browser_of(girl.guardian)
    address = f"/adulthood/of/{girl.dossier}/"
    assert "has not applied for anything yet" in page(lead, address)
    said = {"once": TICKET, "kind": "deprivation", "words": WORDS, "keep_from": f"Әкесі {HOSTILE}", "letters": "мектеп"}
    assert HOSTILE not in send(lead, f"{address}new/", 422, **said | {"words": ""})
    for _twice in range(2):
        send(lead, f"{address}new/", 302, **said)
    with as_owner():
        row = Application.objects.get()
    for browser in (lead, guardian):
        body = page(browser, address)
        assert "Must not know: Әкесі &lt;script&gt;" in body
        assert WORDS in body
        assert "By the limits it ends after the 18th birthday" in body
    assert "days are left to the 18th birthday" in page(lead, "/adulthood/")
    send(guardian, f"/adulthood/{row.pk}/move/", seen="preparation")
    assert "Next stage: Court" in page(lead, address)
    _nobody_else_learns_anything(girl, row, address)
    send(lead, f"/adulthood/{row.pk}/withdraw/", 422, pressure="no", words="Қажет емес")
    send(lead, f"/adulthood/{row.pk}/withdraw/", alone="on", pressure="yes", words="Әкем айтты")
    assert "it goes on" in page(lead, address)
    send(lead, f"/adulthood/{row.pk}/dismiss/", 422, body="Сот", ground="age")
    decided = {"body": "Сот", "name": "Б. Сәрсенбаев", "position": "судья", "law": "жоқ", "words": "18-ге толады"}
    send(lead, f"/adulthood/{row.pk}/dismiss/", 302, ground="age", **decided)
    assert "Б. Сәрсенбаев" in page(lead, address)
    prosecutor = page(cast.browser_of(girl.prosecutor), address)
    assert "Because of age" in prosecutor


def test_who_only_works_on_the_file_does_not_see_in_its_story_that_she_applied(girl: Girl) -> None:
    girl.dismiss(girl.file())
    told = {}
    for name in ("lead", "teacher"):
        getattr(girl.team, name).enter()
        told[name] = {one.verb for one in acts([girl.dossier], limit=100)}
    assert {"file_own_application", "dismiss_own_application"} <= told["lead"]
    assert not [verb for verb in told["teacher"] if verb.endswith("_own_application")]


def _nobody_else_learns_anything(girl: Girl, row: Application, address: str) -> None:
    for who in (girl.barred, girl.team.outsider):
        browser = cast.browser_of(who)
        page(browser, address, 404)
        page(browser, f"{address}new/", 404)
        assert "Аяру" not in page(browser, "/adulthood/")
    teacher = cast.browser_of(girl.team.teacher)
    assert WORDS not in page(teacher, address)
    for who in (girl.barred, girl.team.outsider, girl.team.teacher):
        for name in ("move", "grant", "dismiss", "withdraw"):
            send(cast.browser_of(who), f"/adulthood/{row.pk}/{name}/", 404, seen="court")
