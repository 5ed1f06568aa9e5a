"""The administrator's pages: found for their place, not there for others; rights need a second pair of eyes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from arasha.administration.models import Proposal
from arasha.administration.tests.people import Member, declare, make_member, sign_in
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Post, UnitFunction, User
from arasha.kernel.access.tests import cast
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local

pytestmark = pytest.mark.django_db
PAGES = (
    "/administration/",
    "/administration/bodies/",
    "/administration/bodies/add/",
    "/administration/structure/",
    "/administration/units/",
    "/administration/proposals/",
)


@pytest.fixture(autouse=True)
def _training() -> None:
    cache.clear()  # the limits of signing in count across tests
    declare("training")


class Place:
    """Two administrators with accounts, a nurse, a clinic and a police unit; all names are hostile."""

    def __init__(self) -> None:
        self.first = make_member("first", "administration")
        self.second = make_member("second", "administration")
        self.nurse = make_member("nurse", "health_care")
        with cast.building():
            self.clinic = cast.make_unit("<b>clinic</b>", "health_care")
            self.police = cast.make_unit("{{ police }}", "juvenile_inspection")
            self.far = cast.make_unit("far", "health_care", place=cast.ELSEWHERE)
            self.post = cast.make_post(self.police, None)
            self.new = User.objects.create(login="newcomer", name="Жаңа <i>Адам</i>").pk


@pytest.fixture
def place() -> Place:
    return Place()


def day(ahead: int = 0) -> str:
    """A day as a field takes it."""
    return f"{local(domain_now()) + timedelta(days=ahead):%d.%m.%Y}"


def signed(member: Member) -> Client:
    """Somebody's browser."""
    return sign_in(member)


def test_who_does_not_administer_finds_no_page(place: Place) -> None:
    browser = signed(place.nurse)
    unit = f"/administration/units/{place.clinic.pk}/"
    body = f"/administration/bodies/{place.clinic.body_id}/"
    further = [f"{unit}{page}" for page in ("", "end/", "change/", "functions/", "posts/")]
    for address in (*PAGES, *further, body, f"{body}change/", f"{body}units/add/"):
        assert browser.get(address).status_code == 404
    assert browser.post("/administration/proposals/decide/", {"step": "confirm"}).status_code == 404


def test_a_unit_of_another_place_answers_as_one_that_is_not_there(place: Place) -> None:
    browser = signed(place.first)
    for page in ("", "end/", "change/", "functions/", "posts/", f"posts/{place.post.pk}/seat/"):
        hidden, nothing = (browser.get(f"/administration/units/{unit}/{page}") for unit in (place.far.pk, 999_999_999))
        assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert browser.post(f"/administration/units/{place.far.pk}/functions/end/", {"given": "1"}).status_code == 404
    assert browser.get("/administration/units/?words=far").context["rows"] == []


def test_every_page_answers_and_hostile_names_stay_words(place: Place) -> None:
    browser = signed(place.first)
    for address in (*PAGES, f"/administration/units/{place.clinic.pk}/", "/administration/units/?state=empty"):
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert b"<b>clinic" not in answer.content
    assert "&lt;b&gt;clinic" in browser.get("/administration/units/").content.decode()
    assert "{{ police }}" in browser.get("/administration/units/").content.decode()


@pytest.mark.parametrize("query", ["after=x", "after=99999999999999", "place=x&function=y", "words=%00", "state=none"])
def test_any_filter_is_answered(place: Place, query: str) -> None:
    assert signed(place.first).get(f"/administration/units/?{query}").status_code == 200


def test_a_sensitive_function_waits_on_the_page_until_another_confirms_it(place: Place) -> None:
    first, unit = signed(place.first), f"/administration/units/{place.clinic.pk}/"
    told = {"function": "helpline", "territory": cast.PLACE, "since": day()}
    assert first.post(f"{unit}functions/", told).headers["Location"] == unit
    assert first.post(f"{unit}functions/", told).status_code == 422  # proposed already
    with system("test"):
        proposal = str(Proposal.objects.get().pk)
        assert not UnitFunction.objects.filter(unit=place.clinic, function="helpline").exists()
    decide = {"proposal": proposal, "step": "confirm"}
    assert first.post("/administration/proposals/decide/", decide).status_code == 302  # refused, in words
    with system("test"):
        assert Proposal.objects.get().state == "pending"
    second = signed(place.second)
    assert proposal in second.get("/administration/proposals/").content.decode()
    second.post("/administration/proposals/decide/", decide)
    with system("test"):
        assert Proposal.objects.get().state == "done"
        assert UnitFunction.objects.filter(unit=place.clinic, function="helpline").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"function": "no such"},
        {"territory": cast.ELSEWHERE},
        {"since": "x"},
        {"since": "01.01.2020"},
        {"until": "01.01.2020"},
    ],
)
def test_a_wrong_function_is_told_and_changes_nothing(place: Place, wrong: dict[str, str]) -> None:
    told = {"function": "family_support", "territory": cast.PLACE, "since": day(), **wrong}
    answer = signed(place.first).post(f"/administration/units/{place.clinic.pk}/functions/", told)
    assert answer.status_code == 422
    with system("test"):
        assert UnitFunction.objects.filter(unit=place.clinic).count() == 1


def test_somebody_is_seated_in_the_police_by_two(place: Place) -> None:
    address = f"/administration/units/{place.police.pk}/posts/{place.post.pk}/seat/"
    first = signed(place.first)
    for login in ("first", "nobody", ""):
        assert first.post(address, {"login": login, "since": day()}).status_code == 422
    assert first.post(address, {"login": "newcomer", "since": day(), "until": day(-3)}).status_code == 422
    assert first.post(address, {"login": "newcomer", "since": day()}).status_code == 302
    assert first.post(address, {"login": "newcomer", "since": day()}).status_code == 422
    with system("test"):
        proposal = str(Proposal.objects.get().pk)
    signed(place.second).post("/administration/proposals/decide/", {"proposal": proposal, "step": "confirm"})
    with system("test"):
        assert Post.objects.get(pk=place.post.pk).holder_id == place.new
    page = first.get(f"/administration/units/{place.police.pk}/").content.decode()
    assert "Жаңа &lt;i&gt;Адам" in page


def test_a_post_is_made_and_a_function_taken_away(place: Place) -> None:
    browser, unit = signed(place.first), f"/administration/units/{place.clinic.pk}/"
    told: dict[str, Any] = {"title_kk": "дәрігер", "title_ru": "врач", "title_en": "doctor", "heads": "on"}
    assert browser.post(f"{unit}posts/", told | {"title_kk": "зло\u202e"}).status_code == 422
    assert browser.post(f"{unit}posts/", told).status_code == 302
    with system("test"):
        assert Post.objects.get(unit=place.clinic).rank == "head"
        given = UnitFunction.objects.get(unit=place.clinic).pk
    assert browser.post(f"{unit}functions/end/", {"given": "x"}).status_code == 404
    assert browser.post(f"{unit}functions/end/", {"given": str(given)}).status_code == 302
    with system("test"):
        assert UnitFunction.objects.get(pk=given).until is not None


def test_a_post_is_narrowed_and_a_held_one_gains_nothing(place: Place) -> None:
    with cast.building():
        UnitFunction.objects.create(
            unit=place.clinic, function_id="family_support", territory_id=cast.PLACE, since=cast.LONG_AGO
        )
        held = cast.make_post(place.clinic, User.objects.get(pk=place.new))
    browser, address = signed(place.first), f"/administration/units/{place.clinic.pk}/posts/{held.pk}/change/"
    form = browser.get(address).context["form"]
    assert sorted(form["functions"].value()) == ["family_support", "health_care"]
    told: dict[str, Any] = {"title_kk": "дәрігер", "title_ru": "врач", "title_en": "doctor"}
    assert browser.post(address, told | {"functions": ["health_care", "family_support"]}).status_code == 302
    with system("test"):
        assert Post.objects.get(pk=held.pk).functions is None  # all, as before
    assert browser.post(address, told | {"functions": ["health_care"], "heads": "on"}).status_code == 302
    again = browser.post(address, told | {"functions": ["health_care", "family_support"]})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["functions"])
    for wrong in ({"functions": ["police"]}, {"title_kk": "\u202e"}):
        assert browser.post(address, told | wrong).status_code == 422
    with system("test"):
        found = Post.objects.get(pk=held.pk)
        assert (found.functions, found.rank, found.title_en) == (["health_care"], "head", "doctor")
    for post in (place.post.pk, 999_999_999):
        assert browser.get(f"/administration/units/{place.clinic.pk}/posts/{post}/change/").status_code == 404


def test_ones_own_unit_offers_nothing_to_do(place: Place) -> None:
    with system("test"):
        own = Post.objects.get(pk=place.first.post_id).unit_id
    browser, address = signed(place.first), f"/administration/units/{own}/"
    page = browser.get(address).content.decode()
    assert f"{address}functions/" not in page
    seat = f"posts/{place.first.post_id}"
    for more in ("end/", "change/", "functions/", "posts/", f"{seat}/seat/", f"{seat}/change/"):
        assert browser.get(address + more).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"proposal": "x"}, {"proposal": "5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21"}])
@pytest.mark.parametrize("step", ["confirm", "refuse", "withdraw", "else", ""])
def test_what_nobody_proposed_is_not_decided(place: Place, sent: dict[str, str], step: str) -> None:
    answer = signed(place.first).post("/administration/proposals/decide/", sent | {"step": step})
    assert answer.status_code == 404
