"""One click signs in as a made-up person: where nothing is real, on this machine, and nowhere else."""

import sys

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client, override_settings
from django.urls import include, path

from arasha.administration import urls
from arasha.administration.models import Persona
from arasha.administration.tests.people import declare, make_member
from arasha.kernel.access.actions import system

pytestmark = pytest.mark.django_db
urlpatterns = [*urls.of_personas("training"), path("", include("arasha.web.urls"))]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.mark.parametrize("kind", ["training", "demonstration"])
def test_one_click_signs_in_on_this_machine(kind: str) -> None:
    declare(kind)
    persona = make_member("a.persona", "health_care", persona=1)
    with override_settings(ROOT_URLCONF=__name__):
        client = Client(HTTP_HOST="localhost")
        page = client.get("/sign-in/").content.decode()
        assert f"/sign-in/as/{persona.user_id}/" in page
        assert "Name of a.persona" in page
        assert client.post(f"/sign-in/as/{persona.user_id}/").headers["Location"] == "/post/"
        assert client.get("/account/").status_code == 200


def test_who_is_no_persona_is_not_lent() -> None:
    declare("training")
    member = make_member("a.member", "health_care")
    with override_settings(ROOT_URLCONF=__name__):
        assert Client(HTTP_HOST="localhost").post(f"/sign-in/as/{member.user_id}/").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_HOST": "arasha.example"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_nobody_is_lent_beyond_this_machine(elsewhere: dict[str, str]) -> None:
    declare("training")
    persona = make_member("a.persona", "health_care", persona=1)
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"]):
        client = Client(HTTP_HOST="localhost")
        assert "sign-in/as" not in client.get("/sign-in/", **elsewhere).content.decode()  # type: ignore[arg-type]  # META
        assert client.post(f"/sign-in/as/{persona.user_id}/", **elsewhere).status_code == 404  # type: ignore[arg-type]  # META


def test_production_has_no_address_and_does_not_load_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "arasha.administration.personas", raising=False)
    assert urls.of_personas("production") == []
    assert "arasha.administration.personas" not in sys.modules


def test_production_answers_404_even_if_the_address_were_there() -> None:
    declare("production")
    member = make_member("a.member", "health_care")
    with override_settings(ROOT_URLCONF=__name__):
        assert Client(HTTP_HOST="localhost").post(f"/sign-in/as/{member.user_id}/").status_code == 404


def test_the_database_of_a_production_instance_refuses_personas() -> None:
    declare("production")
    member = make_member("a.member", "health_care")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), system("sign_in"):
        Persona.objects.bulk_create([Persona(user_id=member.user_id, place=1)])
