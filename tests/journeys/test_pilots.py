"""A pilot runs out of money: reminders climb, it stands red on top, is prolonged in sight, and is decided about."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from arasha.governance.tests.entered import TODAY, Keepers, moved_to
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.services.tests.directory import DISTRICT, HELP, browser_of, entered
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def keepers(db: None) -> Keepers:
    """Coordination of a district, its region and the nation, one above the other, and who answers for pilots."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return Keepers.made()


def typed(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def enter(browser: Client, answers: Person, title: str, days: int) -> str:
    """Enter a pilot whose money ends in so many days; returns its page."""
    page = browser.post(
        "/pilots/add/",
        {
            "once": uuid4(),
            "after": 0,
            "title_kk": title,
            "aim_ru": "Узнать, помогает ли помощь на дому",
            "territories": DISTRICT,
            "unit": answers.unit_id,
            "serves": "Families of small children",
            "children": "1 200",
            "money": "Regional budget",
            "amount": "12 000 000",
            "first_day": typed(TODAY - timedelta(days=300)),
            "until": typed(TODAY + timedelta(days=days)),
            "document": "Order 4 of the akim",
        },
    )
    assert page.status_code == 302, page.content.decode()
    return str(page.headers["Location"])


def step(browser: Client, address: str, what: str, **said: object) -> int:
    """Send a form of the pilot's page as it stands now; returns the answer's status."""
    shown = browser.get(f"{address}{what}/").content.decode()
    after = re.search(r'name="after" value="(\d+)"', shown)
    assert after, shown
    sent = {"once": uuid4(), "after": after[1], "on": typed(TODAY), "document": "Order 9"} | said
    return int(browser.post(f"{address}{what}/", sent).status_code)


def titles(browser: Client, query: str = "") -> list[str]:
    page = browser.get(f"/pilots/{query}").content.decode()
    return re.findall(r'<th scope="row".*?<a [^>]*>(.*?)</a>', page, re.DOTALL)


def told(person: Person) -> list[str]:
    """Return what a person's unit was told of pilots, in order."""
    with as_owner():
        found = Notice.objects.filter(unit=person.unit_id, link__startswith="/pilots/").order_by("at", "pk")
        return [one.code for one in found]


def test_a_pilot_whose_money_ends_is_told_of_higher_and_higher_until_somebody_decides(keepers: Keepers) -> None:
    _, _, offering = entered(keepers.district)
    keeper = browser_of(keepers.district)
    enter(keeper, keepers.answers, "Ұзақ жоба", 700)
    address = enter(keeper, keepers.answers, "Үйге бару", 181)
    assert titles(keeper) == ["Үйге бару", "Ұзақ жоба"]
    assert step(keeper, address, "services", offerings=str(offering), said="It pays for these") == 302

    assert moved_to(TODAY) == 0
    ends, ended = TODAY + timedelta(days=181), TODAY + timedelta(days=182)
    climbing = {180: (1, 0, 0), 90: (2, 0, 0), 30: (3, 1, 0)}
    for before, heard in climbing.items():
        for _twice in range(2):
            moved_to(ends - timedelta(days=before))
        assert tuple(len(told(one)) for one in (keepers.answers, keepers.region, keepers.nation)) == heard
    moved_to(ended)
    assert told(keepers.answers) == ["pilot_ends", "pilot_ends", "pilot_ends", "pilot_ended"]
    assert told(keepers.region) == ["pilot_ends", "pilot_ended"]
    assert told(keepers.nation) == ["pilot_ended"]
    assert told(keepers.district) == told(keepers.answers)
    assert told(keepers.nurse) == []

    assert step(keeper, address, "extend", until=typed(ends + timedelta(days=100)), said="Waits for the budget") == 302
    assert moved_to(ended) == 1
    assert moved_to(ended) == 0
    assert step(keeper, address, "decide", decision="scale", said="It helps") == 302
    assert moved_to(ends + timedelta(days=101)) == 0
    assert browser_of(keepers.answers).get(address).status_code == 200


def test_an_overdue_pilot_stands_on_top_until_it_is_decided_and_nobody_served_is_forgotten(keepers: Keepers) -> None:
    _, _, offering = entered(keepers.district, offering=HELP)
    keeper = browser_of(keepers.district)
    enter(keeper, keepers.answers, "Жақында", 20)
    address = enter(keeper, keepers.answers, "Біткен", -10)
    assert titles(keeper) == ["Біткен", "Жақында"]
    listed = keeper.get("/pilots/").content.decode()
    assert '<strong class="govuk-tag govuk-tag--red">Money ended – no decision</strong>' in listed
    assert "10 days without a decision" in listed
    assert step(keeper, address, "services", offerings=str(offering), said="It pays for these") == 302

    assert step(keeper, address, "evaluate", evaluator="University", said="It helps") == 302
    assert step(keeper, address, "extend", until=typed(TODAY + timedelta(days=30)), said="Waits for the budget") == 302
    assert step(keeper, address, "extend", until=typed(TODAY + timedelta(days=60)), said="Still waits") == 302
    assert "prolonged 2 times" in keeper.get("/pilots/").content.decode()
    assert titles(keeper) == ["Жақында", "Біткен"]

    assert step(keeper, address, "decide", decision="stop", said="Too dear") == 422
    assert step(keeper, address, "decide", decision="stop", said="Too dear", afterwards="The clinic goes on") == 302
    page = keeper.get(address).content.decode()
    assert "The clinic goes on" in page
    assert "/plans/handing-over/" in page
    assert titles(keeper, "?state=decided") == ["Біткен"]
    assert step(keeper, address, "extend", until=typed(TODAY + timedelta(days=90)), said="After all") == 422
    table = keeper.get("/pilots/export.csv?state=decided").content.decode("utf-8-sig")
    assert "Біткен" in table
    assert "Жақында" not in table
    assert ";2;1;Decided;Stop;" in table.replace(",", ";")
