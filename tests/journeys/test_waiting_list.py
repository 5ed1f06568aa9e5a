"""A girl with a brother of 15, over HTTP: refused, the next one, waiting, not brought, begun, handed over."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from arasha.kernel.access.actions import enter_system
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.plans import actions
from arasha.plans.models import ServicePlace
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.offered import SHELTER, offering, refuge, room
from arasha.services.models import Provider
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
OPEN = replace(SHELTER, served=[cast.DISTRICT], son_to=None)


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_team()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def form(body: str, marker: str) -> dict[str, str]:
    """Return the hidden fields of the form that holds a marker, as a browser sends them."""
    found = next(one for one in re.findall(r"<form.*?</form>", body, re.S) if marker in one)
    return {name: value for name, value in HIDDEN.findall(found) if name != "csrfmiddlewaretoken"}


def asked(browser: Client, team: Team, address: str, **said: str) -> ServicePlace:
    body = page(browser, address)
    sent = form(body, 'name="urgency"') | said
    answer = browser.post(f"/plans/{team.dossier}/places/ask/", sent, follow=True)
    assert "Recorded" in answer.content.decode(), answer.content.decode()[:3000]
    return ServicePlace(pk=UUID(answer.redirect_chain[-1][0].split("/")[3]))


def step(browser: Client, row: ServicePlace, code: str, **said: str) -> str:
    address = f"/plans/places/{row.pk}/"
    sent = form(page(browser, address), f'value="{code}"') | said
    answer = browser.post(address, sent, follow=True)
    assert answer.status_code == 200, answer.content.decode()
    assert "Recorded." in answer.content.decode()
    return answer.content.decode()


def state(row: ServicePlace) -> str:
    with as_owner():
        return str(ServicePlace.objects.values_list("state", flat=True).get(pk=row.pk))


def day(more: int = 0) -> str:
    return f"{local(datetime.now(UTC)).date() + timedelta(days=more):%d.%m.%Y}"


def test_a_child_is_refused_waits_comes_and_is_handed_over(team: Team) -> None:
    crisis = refuge(team.district.region)
    near = offering(team.lead, "Отбасы баспанасы", OPEN)
    last = offering(team.lead, "Екінші баспана", OPEN)
    room(team.lead, near, 0)
    browser, doctor = cast.browser_of(team.lead), cast.browser_of(team.doctor)
    home = f"/plans/{team.dossier}/places/"
    assert "No service was asked yet" in page(browser, home)
    # The finder says for this family what speaks against the crisis centre, and whose it is it does not say.
    found = page(browser, f"{home}find/?service=emergency_shelter&age=13&sex=girls&son=15")
    assert "The son who comes with the mother is too old" in found
    assert "Үміт" not in found
    row = asked(browser, team, f"{home}ask/?offering={crisis}", urgency="today", why="not_safe")
    # Refused for the son: it is counted, and the next are offered at once.
    body = step(browser, row, "refuse", reason="son_too_old", said_by="telephone")
    assert "a gap that is counted" in body
    assert body.index("Екінші баспана") < body.index("Отбасы баспанасы")  # the other has no room
    row = asked(browser, team, f"{home}ask/?offering={near}&after={row.pk}", urgency="today", why="not_safe")
    step(browser, row, "wait", urgency="today", why="not_safe", said_by="telephone")
    _coordinator_hears(row)
    step(browser, row, "book", on=day(1), said_by="telephone")
    step(doctor, row, "miss", on=day(), reason="not_brought", done="rang_safe_adult")
    with as_owner():
        assert Notice.objects.filter(code="child_missed").count() == 1
    step(browser, row, "begin", on=day(), said_by="telephone")
    _grant_ends(near)
    _handed_over(browser, row, last, home)
    # Every step is a sentence of the file's story.
    story = page(browser, f"/files/{team.dossier}/")
    for words in ("The service refused the child (", "son who comes with the mother is too old", "did not come to"):
        assert words in story


def _coordinator_hears(row: ServicePlace) -> None:
    later = datetime.now(UTC) + timedelta(hours=13)
    assert actions.tell_of_waiting(actor=enter_system("watch_places"), now=later) == 1
    with as_owner():
        assert Notice.objects.filter(code="place_waits_too_long").count() == 1


def _grant_ends(offered: UUID) -> None:
    with cast.building():
        Provider.objects.filter(sites__offerings=offered).update(
            funded_until=local(datetime.now(UTC)).date() + timedelta(days=40)
        )
    assert actions.owe_hand_overs(actor=enter_system("watch_places"), now=datetime.now(UTC)) == 1


def _handed_over(browser: Client, row: ServicePlace, last: UUID, home: str) -> None:
    body = page(browser, "/plans/handing-over/")
    assert "Отбасы баспанасы" in body
    sent = {"place": [str(row.pk)], "offering": str(last)}
    answer = browser.post("/plans/handing-over/", sent, follow=True).content.decode()
    assert "1 child: a place is asked for" in answer
    assert "until the help there begins, the child keeps this one" in answer
    assert state(row) == "begun"
    with as_owner():
        new = ServicePlace.objects.get(after=row.pk, offering=last)
    step(browser, new, "begin", on=day(), said_by="telephone")
    assert (state(row), state(new)) == ("handed_over", "begun")
    assert "Nobody is to be handed over" in page(browser, "/plans/handing-over/")
