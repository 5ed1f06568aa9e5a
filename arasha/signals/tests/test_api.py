"""Other systems tell of a child as a person does: nobody learns from us who told, and it is told once."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from arasha.kernel.access.models import Look
from arasha.kernel.exchange.actions import answers
from arasha.kernel.exchange.models import KeptAnswer, Token
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.kernel.journal.models import Act
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District
from arasha.signals.models import Signal, SignalText
from arasha.signals.rules import REGIONS
from tests.database import as_owner

REPORT = {"territory": DISTRICT, "concerns": ["physical"], "safe_now": "unknown", "suspect_has_access": "yes"}
FULL = REPORT | {
    "child_called": "Аяру",
    "child_age": 7,
    "child_sex": "girl",
    "narrative": "Қолында көгерген іздер бар.",
    "whereabouts": "Сарыағаш қ.",
    "must_not_know": "өгей әкесі",
    "may_ring": "дәрігер, 18:00-ден кейін",
    "identified_at": "2026-11-25T09:30:00+05:00",
    "way": "direct",
}


@pytest.fixture
def district(db: None) -> District:
    """One district, manned."""
    return cast.make_district()


@pytest.fixture
def clinic(district: District) -> System:
    """The polyclinic's information system."""
    with cast.building():
        return make_system(district.doctor.unit.pk, "health_care")


@pytest.mark.django_db
def test_a_short_report_becomes_a_signal_with_an_owner_and_duties(clinic: System, district: District) -> None:
    answer = clinic.post("/signals", REPORT)
    assert (answer.status_code, answer.json()["state"], answer.json()["receipt"]) == (201, "received", None)
    with as_owner():
        signal = Signal.objects.select_related("dossier").get()
        acts = set(Act.objects.filter(stream_key=str(signal.dossier_id)).values_list("verb", flat=True))
    assert signal.dossier.lead_unit_id == district.coordinator.unit.pk
    assert {"report_signal", "raise_obligation"} <= acts


@pytest.mark.django_db
def test_a_full_report_is_kept_as_the_page_keeps_it(clinic: System) -> None:
    injury = {"region": next(iter(REGIONS)).code, "size_mm": [30, 15], "seen_on": "2026-11-25"}
    full = FULL | {"injuries": [injury]}
    assert clinic.post("/signals", full).status_code == 201
    with as_owner():
        signal = Signal.objects.get()
        kinds = set(SignalText.objects.values_list("kind", flat=True))
    assert (signal.child_called, signal.child_age, signal.way) == ("Аяру", 7, "direct")
    assert kinds == {"narrative", "whereabouts", "must_not_know"}


@pytest.mark.django_db
def test_nothing_that_is_kept_leads_from_the_report_to_the_system(clinic: System) -> None:
    key = str(uuid4())
    reference = clinic.post("/signals", FULL, key=key).json()["reference"]
    clinic.get(f"/signals/{reference}/state")
    with as_owner(), connection.cursor() as cursor:
        dossier = Signal.objects.get().dossier_id
        for act in Act.objects.filter(stream_key=str(dossier)):
            assert (act.actor_user, act.actor_unit, act.actor_post, act.purpose, act.request) == (
                None,
                None,
                None,
                "",
                "",
            )
        assert not Look.objects.exists()
        assert Token.objects.get().used_on is None
        kept = KeptAnswer.objects.get()
        cursor.execute("SELECT unit_id FROM access_member WHERE dossier_id = %s", [dossier])
        assert clinic.unit not in {row[0] for row in cursor.fetchall()}
    row = bytes(kept.key) + bytes(kept.request) + bytes(kept.answer)
    assert key.encode() not in row
    assert reference.encode() not in row
    assert dossier.bytes not in row


@pytest.mark.django_db
def test_the_reference_tells_its_holder_and_nobody_else(clinic: System, district: District) -> None:
    with cast.building():
        other = make_system(district.doctor.unit.pk, "health_care")
    reference = clinic.post("/signals", REPORT).json()["reference"]
    assert clinic.get(f"/signals/{reference}/state").json() == {"state": "received"}
    for asking, said in ((other, reference), (clinic, reference[:-2]), (clinic, "x"), (clinic, "A" * 60)):
        hidden = asking.get(f"/signals/{said}/state")
        assert (hidden.status_code, hidden.json()["code"]) == (404, "not_found")


@pytest.mark.django_db
def test_a_person_who_told_may_have_a_receipt(clinic: System) -> None:
    receipt = clinic.post("/signals", REPORT | {"receipt": True}).json()["receipt"]
    assert len(receipt["code"].replace("-", "")) == 18
    assert len(receipt["phrase"].split()) == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "place", "code"),
    [
        ({"territory": "999999999"}, "#/territory", "unknown_code"),
        ({"territory": "6154"}, "#/territory", "bad_value"),
        ({"territory": 615400000}, "#/territory", "bad_value"),
        ({"concerns": []}, "#/concerns", "too_short"),
        ({"concerns": ["weather"]}, "#/concerns/0", "unknown_code"),
        ({"concerns": "physical"}, "#/concerns", "bad_value"),
        ({"safe_now": "maybe"}, "#/safe_now", "unknown_code"),
        ({"safe_now": None}, "#/safe_now", "bad_value"),
        ({"child_age": 121}, "#/child_age", "out_of_range"),
        ({"child_age": "7"}, "#/child_age", "bad_value"),
        ({"narrative": "x" * 10_001}, "#/narrative", "too_long"),
        ({"child_called": "a\x00"}, "#/child_called", "bad_value"),
        ({"identified_at": "2026-11-25T09:30:00"}, "#/identified_at", "bad_value"),
        ({"identified_at": "2999-01-01T00:00:00Z"}, "#/identified_at", "out_of_range"),
        ({"school": "no such school"}, "#/school", "unknown_code"),
        ({"injuries": [{"region": "moon"}]}, "#/injuries/0/region", "unknown_code"),
        ({"barred_users": [1]}, "#/", "unknown_field"),
    ],
)
def test_a_wrong_field_is_told_in_its_place_and_nothing_is_kept(
    clinic: System, wrong: dict[str, Any], place: str, code: str
) -> None:
    answer = clinic.post("/signals", REPORT | wrong)
    assert answer.status_code == 422
    assert [(error["place"], error["code"]) for error in answer.json()["errors"]] == [(place, code)]
    with as_owner():
        assert not Signal.objects.exists()


@pytest.mark.django_db
def test_a_unit_that_reports_through_no_door_may_not(district: District) -> None:
    with cast.building():
        reader = make_system(district.doctor.unit.pk, "health_care", scopes=["obligations:read"])
        coordination = make_system(district.coordinator.unit.pk, "coordination_district")
    for system in (reader, coordination):
        answer = system.post("/signals", REPORT)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


@pytest.mark.django_db
def test_the_same_request_again_is_the_same_answer_and_one_signal(clinic: System) -> None:
    key = str(uuid4())
    first, again = clinic.post("/signals", REPORT, key=key), clinic.post("/signals", REPORT, key=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = clinic.post("/signals", REPORT | {"safe_now": "no"}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    with as_owner():
        assert Signal.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_one_account(clinic: System, district: District) -> None:
    with cast.building():
        other = make_system(district.doctor.unit.pk, "health_care")
    key = str(uuid4())
    assert {system.post("/signals", REPORT, key=key).status_code for system in (clinic, other)} == {201}
    with as_owner():
        assert Signal.objects.count() == 2


@pytest.mark.django_db
def test_a_request_that_failed_may_be_sent_again_with_its_key(clinic: System) -> None:
    key = str(uuid4())
    assert clinic.post("/signals", REPORT | {"concerns": []}, key=key).status_code == 422
    assert clinic.post("/signals", REPORT, key=key).status_code == 201


@pytest.mark.django_db
def test_an_answer_is_forgotten_after_a_day(clinic: System) -> None:
    key = str(uuid4())
    clinic.post("/signals", REPORT, key=key)
    with as_owner():
        KeptAnswer.objects.update(kept_until="2020-01-01T00:00:00Z")
    assert clinic.post("/signals", REPORT, key=key).status_code == 201
    with as_owner():
        KeptAnswer.objects.update(kept_until="2020-01-01T00:00:00Z")
    assert answers.forget_answers() == 1
