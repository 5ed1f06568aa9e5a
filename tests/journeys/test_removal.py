"""A child is removed at night with a moment alone: it is kept, the rest is owed, and nobody goes home unjudged."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from arasha.care.models import Removal
from arasha.care.tests.cast import House, make_house
from arasha.cases.models import Case
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SECRET = "Құпия көше, 7"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def house(db: None) -> House:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_house()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def moment(back: timedelta = timedelta(minutes=2)) -> dict[str, str]:
    here = local(datetime.now(UTC) - back)
    return {"day": f"{here:%d.%m.%Y}", "clock": f"{here:%H:%M}"}


def test_a_removal_goes_from_one_moment_to_the_way_home(house: House) -> None:
    guardian, address = cast.browser_of(house.guardian), f"/files/{house.dossier}/removal/"
    assert "The moment is enough" in page(guardian, address)
    assert guardian.post(address, {"day": "x", "clock": "99"}).status_code == 422
    assert guardian.post(address, moment()).status_code == 302
    body = page(guardian, address)
    assert "days are left" in body
    assert "asking the kin" in body
    with as_owner():
        row = Removal.objects.get()
        assert Obligation.objects.filter(about=row.pk, step="tell_prosecutor").exists()
    place = {"place": "protected", "place_words": SECRET, "kin": "kin_cannot", "kin_words": HOSTILE}
    assert guardian.post(address, {"siblings": "apart"}).status_code == 422
    assert guardian.post(address, place).status_code == 302
    body = page(guardian, address)
    assert SECRET in body
    assert HOSTILE not in body
    assert guardian.post(f"{address}end/", {"how": "returned", "words": "Шешкен: басшы"}).status_code == 422
    house.judged_safe(datetime.now(UTC))
    assert guardian.post(f"{address}end/", {"how": "returned", "words": "Шешкен: басшы"}).status_code == 302
    assert "returned home" in page(guardian, address)
    page(guardian, f"{address}end/", 404)


def test_a_protected_place_stands_in_no_list_no_table_no_duty_and_not_for_others(house: House) -> None:
    guardian, address = cast.browser_of(house.guardian), f"/files/{house.dossier}/removal/"
    guardian.post(address, moment() | {"place": "protected", "place_words": SECRET})
    coordinator = cast.browser_of(house.team.lead)
    with as_owner():
        number = str(Case.objects.get(dossier=house.dossier).number)
        duties = list(Obligation.objects.filter(about=Removal.objects.get().pk).values_list("pk", flat=True))
    for listed in ("/removals/", "/removals/export.csv"):
        body = page(coordinator, listed)
        assert number in body
        assert SECRET not in body
    assert "Аяру" not in page(coordinator, "/removals/export.csv")
    for duty in duties:
        assert SECRET not in page(coordinator, f"/obligations/{duty}/")
    assert SECRET not in page(cast.browser_of(house.centre), address)
    assert SECRET in page(coordinator, address)


def test_who_is_barred_or_works_elsewhere_finds_no_page_and_no_line(house: House) -> None:
    guardian, address = cast.browser_of(house.guardian), f"/files/{house.dossier}/removal/"
    guardian.post(address, moment())
    for who in (house.barred, house.team.outsider, house.team.teacher):
        browser = cast.browser_of(who)
        for method in (browser.get, browser.post):
            assert method(address).status_code == 404
            assert method(f"{address}end/").status_code == 404
    neighbour = cast.browser_of(house.team.district.neighbour)
    assert "No removal goes on here" in page(neighbour, "/removals/")
    page(cast.browser_of(house.team.doctor), "/removals/", 404)


def test_the_list_narrows_to_whom_kin_was_not_asked_for_and_to_siblings_apart(house: House) -> None:
    guardian, address = cast.browser_of(house.guardian), f"/files/{house.dossier}/removal/"
    guardian.post(address, moment() | {"siblings": "apart", "siblings_words": "Ағасы басқа орталықта"})
    assert "not said yet" in page(guardian, "/removals/?shown=kin")
    assert address in page(guardian, "/removals/?shown=apart")
    guardian.post(address, {"kin": "kin_none", "siblings": "together"})
    assert address not in page(guardian, "/removals/?shown=kin")
    assert address not in page(guardian, "/removals/?shown=apart")
    assert address in page(guardian, "/removals/?shown=nothing&after=-1")
