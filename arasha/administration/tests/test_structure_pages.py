"""Bodies and units on their pages: what is typed wrong is told in its place, and two people make what is right."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from arasha.administration.models import Proposal
from arasha.administration.tests.people import declare, make_member, sign_in
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import Body, Dossier, Unit
from arasha.kernel.access.tests import cast
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local

pytestmark = pytest.mark.django_db
NAMES = {"name_kk": "Емхана", "name_ru": "<b>Поликлиника</b>", "name_en": "{{ clinic }}"}
BODY = {**NAMES, "code": "clinic-9", "sector": "health", "kind": "primary_care", "territory_id": cast.PLACE}
UNIT = {
    **NAMES,
    "code": "care-9",
    "territory_id": cast.PLACE,
    "opens": "9",
    "closes": "18:30",
    "phone": "8 7252 12 34 56",
}
DECIDE = "/administration/proposals/decide/"


class Town:
    """Two administrators with their browsers, a clinic and a police unit."""

    def __init__(self) -> None:
        self.first, self.second = make_member("first", "administration"), make_member("second", "administration")
        with cast.building():
            self.clinic = cast.make_unit("clinic", "health_care")
            self.police = cast.make_unit("police", "juvenile_inspection")
            self.far = cast.make_unit("far", "health_care", place=cast.ELSEWHERE)
            self.far_body = cast.make_body("hidden")
            Body.objects.filter(pk=self.far_body.pk).update(territory=cast.ELSEWHERE)
        self.one, self.two = sign_in(self.first), sign_in(self.second)


@pytest.fixture
def town() -> Town:
    cache.clear()  # the limits of signing in count across tests
    declare("training")
    return Town()


def confirm(browser: Client) -> str:
    """Confirm the one proposal that waits, from its own page."""
    with system("test"):
        number = Proposal.objects.get(state="pending").pk
    page = browser.get(f"/administration/proposals/{number}/").content.decode()
    assert 'value="confirm"' in page
    browser.post(DECIDE, {"proposal": str(number), "step": "confirm"})
    with system("test"):
        assert Proposal.objects.get(pk=number).state == "done"
    return page


def test_a_body_and_its_unit_are_made_by_two(town: Town) -> None:
    assert town.one.post("/administration/bodies/add/", BODY).status_code == 302
    page = confirm(town.two)
    assert "<b>Поликлиника" not in page
    with system("test"):
        body = Body.objects.get(code="clinic-9")
    assert town.one.post(f"/administration/bodies/{body.pk}/units/add/", UNIT).status_code == 302
    confirm(town.two)
    with system("test"):
        unit = Unit.objects.get(code="care-9")
    assert (unit.body_id, unit.phone, f"{unit.opens:%H:%M}-{unit.closes:%H:%M}") == (
        body.pk,
        "+77252123456",
        "09:00-18:30",
    )
    for address in (
        f"/administration/bodies/{body.pk}/",
        f"/administration/units/{unit.pk}/",
        "/administration/structure/",
    ):
        page = town.one.get(address).content.decode()
        assert "<b>Поликлиника" not in page
        assert "7252" in page
    assert [row["body"].code for row in town.one.get("/administration/bodies/?words=clinic-9").context["rows"]] == [
        "clinic-9"
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "Код"}, "code"),
        ({"code": "body of clinic"}, "code"),
        ({"name_kk": "зло\u202eгро"}, "name_kk"),
        ({"name_ru": ""}, "name_ru"),
        ({"sector": "no such"}, "sector"),
        ({"kind": "x"}, "kind"),
        ({"territory_id": cast.ELSEWHERE}, "territory_id"),
    ],
)
def test_a_wrong_body_is_told_in_its_place_and_keeps_what_was_typed(
    town: Town, wrong: dict[str, str], field: str
) -> None:
    answer = town.one.post("/administration/bodies/add/", BODY | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert 'value="Емхана"' in answer.content.decode() or field == "name_kk"
    with system("test"):
        assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"opens": "18:30", "closes": "9"}, "opens"),
        ({"closes": ""}, "opens"),
        ({"opens": "25"}, "opens"),
        ({"around_the_clock": "on"}, "opens"),
        ({"phone": "12"}, "phone"),
        ({"parent": "nobody"}, "parent"),
        ({"parent": "'; --"}, "parent"),
        ({"code": "clinic"}, "code"),
    ],
)
def test_a_wrong_unit_is_told_in_its_place(town: Town, wrong: dict[str, str], field: str) -> None:
    answer = town.one.post(f"/administration/bodies/{town.clinic.body_id}/units/add/", UNIT | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def typed(page: Any) -> dict[str, Any]:
    """What a form would send as it stands."""
    return {field.html_name: field.value() for field in page.context["form"] if field.value() not in (None, False)}


def test_only_what_differs_is_proposed_and_nothing_when_nothing_does(town: Town) -> None:
    address = f"/administration/units/{town.clinic.pk}/change/"
    form = typed(town.one.get(address))
    assert town.one.post(address, form).status_code == 422
    assert town.one.post(address, form | {"phone": "102", "parent": "police"}).status_code == 302
    with system("test"):
        (step,) = Proposal.objects.values_list("steps", flat=True).get() or []
    assert step["set"] == {"phone": "102", "parent": "police"}
    again = town.one.post(address, form | {"name_en": "Again"})
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["__all__"])
    confirm(town.two)
    police = f"/administration/units/{town.police.pk}/change/"
    round_about = town.one.post(police, typed(town.one.get(police)) | {"parent": "clinic"})
    assert list(round_about.context["form"].errors) == ["parent"]


def test_a_body_changes_by_two_and_not_the_own_one(town: Town) -> None:
    address = f"/administration/bodies/{town.clinic.body_id}/change/"
    form = typed(town.one.get(address))
    assert town.one.post(address, form | {"kind": "hospital"}).status_code == 302
    page = confirm(town.two)
    assert "As it stands now" in page or "Қазіргі күйі" in page
    with system("test"):
        assert Body.objects.get(pk=town.clinic.body_id).kind == "hospital"
        own = Unit.objects.get(posts__pk=town.first.post_id).body_id
    assert town.one.get(f"/administration/bodies/{own}/change/").status_code == 404


def day(ahead: int) -> str:
    """A day as a field takes it."""
    return f"{local(domain_now()) + timedelta(days=ahead):%d.%m.%Y}"


def test_a_unit_ends_by_two_once_nothing_is_owed_there(town: Town) -> None:
    address = f"/administration/units/{town.clinic.pk}/end/"
    for wrong in (
        {"on": "01.01.1990"},
        {"on": day(5), "successor": "clinic"},
        {"on": day(5), "successor": "nobody"},
        {},
    ):
        assert town.one.post(address, wrong).status_code == 422
    with cast.building():
        cast.make_dossier(lead=town.clinic.pk)
    page = town.one.get(address)
    assert len(page.context["owed"]) == 1
    assert town.one.post(address, {"on": day(5)}).status_code == 422
    with cast.building():
        Dossier.objects.update(closed_at=cast.NOW)
    assert town.one.post(address, {"on": day(5), "successor": "police"}).status_code == 302
    confirm(town.two)
    with system("test"):
        assert Unit.objects.get(pk=town.clinic.pk).valid_to == (local(domain_now()) + timedelta(days=5)).date()


def test_bodies_elsewhere_answer_as_those_that_are_not_there(town: Town) -> None:
    for page in ("", "change/", "units/add/"):
        hidden, nothing = (
            town.one.get(f"/administration/bodies/{body}/{page}") for body in (town.far_body.pk, 999_999_999)
        )
        assert (hidden.status_code, nothing.status_code) == (404, 404)
    assert town.one.get("/administration/bodies/?words=hidden").context["rows"] == []
    assert town.one.get(f"/administration/structure/?place={cast.ELSEWHERE}").status_code == 404
    assert town.one.get(f"/administration/units/{town.far.pk}/change/").status_code == 404


@pytest.mark.parametrize(
    "query", ["words=%00", "after=x%00", "after=%27--", f"words={'x' * 5000}", "words=%F0%9F%92%A9"]
)
def test_any_search_is_answered(town: Town, query: str) -> None:
    assert town.one.get(f"/administration/bodies/?{query}").status_code == 200
