"""Children say how a service was; one tells of harm; the provider answers; few and refuges stay hidden."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.participation.models import Round
from arasha.participation.tests.stage import Stage, answer, close, make_stage, refuge, work
from arasha.signals.models import Signal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HARM = "Мұғалім мені ұрады, үйге барғым келмейді"


@pytest.fixture
def stage(db: None) -> Stage:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_stage()


def page(person: cast.Person, address: str) -> str:
    return cast.browser_of(person).get(address).content.decode()


def test_children_say_how_a_service_was_from_the_invitation_to_the_providers_answer(stage: Stage) -> None:
    ages = ["young", "child", "teen"]
    numbers = [stage.invited(stage.file(called=f"Бала {turn}"), stage.offering, ages[turn % 3]) for turn in range(12)]
    fewer = [stage.invited(stage.file(called=f"Басқа {turn}"), stage.second) for turn in range(4)]
    hidden = refuge(stage)
    secret = stage.invited(stage.file(called="Жасырын"), hidden)
    for turn, number in enumerate(numbers):
        answer(number, [1 + turn % 3, 1, 2, 1, 0], words=HARM if turn == 5 else "")
    for number in [*fewer, secret]:
        answer(number)
    with as_owner():
        before = Signal.objects.count()
    work()
    stage.coordinator.enter()
    told = Signal.objects.filter(door="child")
    assert told.count() == 1
    assert told.get().child_called == "Бала 5"
    with as_owner():
        assert Signal.objects.count() == before + 1

    address = f"/feedback/offerings/{stage.offering}/"
    assert "Nothing can be shown yet" in page(stage.provider, address)
    close()
    shown = page(stage.provider, address)
    assert "10–14" in shown
    assert "≈ 30 %" in shown
    assert "Answer the children" in shown
    browser = cast.browser_of(stage.provider)
    said = {"kk": "Күту бөлмесін өзгерттік", "ru": "Мы изменили комнату ожидания", "en": "We changed the waiting room"}
    assert browser.post(address, said).status_code == 302
    assert "We changed the waiting room" in page(stage.coordinator, address)
    assert browser.post(address, said).status_code == 404

    assert "Nothing can be shown yet" in page(stage.coordinator, f"/feedback/offerings/{stage.second}/")
    supervised = page(stage.coordinator, "/feedback/")
    assert "Too few to be shown" in supervised
    assert cast.browser_of(stage.provider).get("/feedback/").status_code in {403, 404}

    assert "Nothing can be shown yet" in page(stage.coordinator, f"/feedback/offerings/{hidden}/")
    with as_owner():
        row = Round.objects.get(service="emergency_shelter")
        assert (row.offering_id, row.outcome, row.figures) == (None, "none", {})
    with connection.cursor() as cursor, as_owner():
        cursor.execute("SELECT count(*) FROM participation_letter")
        assert cursor.fetchone() == (0,)
