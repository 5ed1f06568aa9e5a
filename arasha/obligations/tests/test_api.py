"""Other systems read what their unit owes and say that it was done; what is not theirs is not there."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from arasha.kernel.access.models import Look, Member
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.kernel.journal.models import Act
from arasha.obligations.models import Answer
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import District
from tests.database import as_owner

FAR = "2099-01-01T00:00:00+05:00"
WORDS = "Баланы әжесі алып кетті, жағдайы жақсы."
pytestmark = pytest.mark.django_db


@pytest.fixture
def police(district: District) -> System:
    """The police's register, with every scope."""
    with cast.building():
        return make_system(district.inspector.unit.pk, "juvenile_inspection")


@pytest.fixture
def neighbours(district: District) -> System:
    """The register of the neighbouring district's police."""
    with cast.building():
        return make_system(district.neighbour.unit.pk, "juvenile_inspection")


def test_a_system_lists_what_its_unit_owes_and_no_other_does(
    district: District, police: System, neighbours: System
) -> None:
    obligation = cast.report(district)
    (line,) = police.get("/obligations").json()["items"]
    assert line["id"] == str(obligation.id)
    assert (line["step"], line["state"], line["territory"]) == (obligation.step, "open", obligation.territory)
    assert neighbours.get("/obligations").json() == {"items": [], "next": ""}


def test_one_duty_is_read_with_its_reasons_and_the_look_is_recorded(district: District, police: System) -> None:
    obligation = cast.report(district)
    answer = police.get(f"/obligations/{obligation.id}")
    assert answer.status_code == 200
    found = answer.json()
    assert {"kk", "ru", "en"} == set(found["what"])
    assert found["basis"][0]["status"] in {"in_force", "not_yet_in_force", "replaced", "not_verified"}
    assert [rung["rung"] for rung in found["ladder"]] == [1, 2, 3, 4]
    assert (found["counting"]["amount"], found["counting"]["unit"]) == (24, "clock_hours")
    with as_owner():
        look = Look.objects.get(dossier=obligation.dossier_id)
    assert (look.account, look.user, look.kind) == (police.account, None, "open")


def test_what_is_not_yours_answers_as_what_is_not_there(district: District, neighbours: System) -> None:
    obligation = cast.report(district)
    for address, body in (
        (f"/obligations/{obligation.id}", None),
        (f"/obligations/{obligation.id}/meet", {"answer": WORDS}),
        (f"/obligations/{obligation.id}/decline", {"reason": "conflict"}),
        (f"/obligations/{obligation.id}/extension", {"reason": "child_away", "until": FAR}),
    ):
        method = "GET" if body is None else "POST"
        hidden = neighbours.ask(method, address, body)
        absent = neighbours.ask(method, address.replace(str(obligation.id), str(uuid4())), body)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
        assert hidden.headers == absent.headers
    with as_owner():
        assert Look.objects.filter(account=neighbours.account, outcome="refused").count() == 8


def test_a_system_meets_a_duty_of_its_unit_once(district: District, police: System) -> None:
    obligation = cast.report(district, at=datetime.now(UTC))
    answer = police.post(f"/obligations/{obligation.id}/meet", {"answer": WORDS})
    assert (answer.status_code, answer.json()["state"]) == (200, "met")
    again = police.post(f"/obligations/{obligation.id}/meet", {"answer": WORDS})
    assert (again.status_code, again.json()["code"]) == (409, "already_met")
    with as_owner():
        act = Act.objects.get(verb="meet_obligation")
        assert Answer.objects.count() == 1
    assert (act.actor_user, act.actor_unit, act.purpose) == (None, police.unit, f"account:{police.account}")


def test_a_declined_duty_goes_on_and_is_no_longer_theirs(district: District, police: System) -> None:
    obligation = cast.report(district)
    cast.end_opening(obligation.dossier_id)
    address = f"/obligations/{obligation.id}/decline"
    silent = police.post(address, {"reason": "no_people", "words": " "})
    assert (silent.status_code, silent.json()["errors"][0]["place"]) == (422, "#/words")
    unknown = police.post(address, {"reason": "child_away"})
    assert (unknown.status_code, unknown.json()["errors"][0]["place"]) == (422, "#/reason")
    assert cast.fresh(obligation).state == "open"
    answer = police.post(address, {"reason": "no_people", "words": WORDS})
    assert (answer.status_code, answer.json()["state"]) == (200, "declined")
    declined = cast.fresh(obligation)
    assert declined.state == "declined"
    assert declined.replaced_by_id is not None
    assert police.get("/obligations?state=open").json()["items"] == []
    with as_owner():
        parts = Member.objects.filter(dossier=obligation.dossier_id, unit=police.unit)
        assert [part.ended_at is not None for part in parts] == [True]
    with as_owner():
        act = Act.objects.get(verb="decline_obligation")
    assert (act.actor_user, act.actor_unit, act.purpose) == (None, police.unit, f"account:{police.account}")


def test_more_time_is_asked_and_changes_nothing_until_it_is_given(district: District, police: System) -> None:
    obligation = cast.report(district, at=datetime.now(UTC))
    address = f"/obligations/{obligation.id}/extension"
    past = police.post(address, {"reason": "child_away", "until": "2020-01-01T00:00:00+05:00"})
    assert (past.status_code, past.json()["errors"][0]["place"]) == (422, "#/until")
    answer = police.post(address, {"reason": "child_away", "until": FAR})
    assert answer.status_code == 200
    assert datetime.fromisoformat(answer.json()["asked_until"]) == datetime.fromisoformat(FAR)
    asked = cast.fresh(obligation)
    assert (asked.state, asked.due_now) == ("open", obligation.due_now)
    assert asked.asked_until == datetime.fromisoformat(FAR)


def test_what_is_over_can_be_neither_declined_nor_prolonged(district: District, police: System) -> None:
    obligation = cast.report(district, at=datetime.now(UTC))
    assert police.post(f"/obligations/{obligation.id}/meet", {"answer": WORDS}).status_code == 200
    for deed, body in (("decline", {"reason": "conflict"}), ("extension", {"reason": "child_away", "until": FAR})):
        answer = police.post(f"/obligations/{obligation.id}/{deed}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict"), deed


@pytest.mark.parametrize(
    "body", [{}, {"answer": ""}, {"answer": " \n"}, {"answer": 1}, {"answer": "x\x00"}, {"answer": "x", "b": 1}]
)
def test_an_answer_of_the_wrong_shape_is_told_where_it_is_wrong(
    district: District, police: System, body: object
) -> None:
    obligation = cast.report(district)
    answer = police.post(f"/obligations/{obligation.id}/meet", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["place"] in {"#/answer", "#/"}
    assert cast.fresh(obligation).state == "open"


def test_a_page_follows_another_and_its_mark_is_good_for_this_list_alone(
    district: District, police: System, neighbours: System
) -> None:
    ids = {str(cast.report(district).id) for _ in range(3)}
    first = police.get("/obligations?limit=2").json()
    second = police.get(f"/obligations?limit=2&cursor={first['next']}").json()
    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, ""]
    assert {line["id"] for line in first["items"] + second["items"]} == ids
    for asking, query in ((police, "state=open&"), (neighbours, "")):
        refused = asking.get(f"/obligations?{query}cursor={first['next']}")
        assert (refused.status_code, refused.json()["code"]) == (422, "cursor_invalid")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("state=nothing", "query.state"),
        ("limit=0", "query.limit"),
        ("limit=101", "query.limit"),
        ("due_before=yesterday", "query.due_before"),
        ("due_before=2026-01-01T00:00:00", "query.due_before"),
        ("colour=red", "query"),
    ],
)
def test_a_filter_that_nobody_knows_is_an_error_and_no_empty_list(police: System, query: str, place: str) -> None:
    answer = police.get(f"/obligations?{query}")
    assert answer.status_code == 422
    assert [error["place"] for error in answer.json()["errors"]] == [place]


def test_filters_find_what_they_name(district: District, police: System) -> None:
    obligation = cast.report(district)
    due = obligation.due_now.isoformat().replace("+", "%2B")
    assert police.get("/obligations?state=met").json()["items"] == []
    assert police.get(f"/obligations?due_before={due}").json()["items"] == []
    assert len(police.get(f"/obligations?state=open&step={obligation.step}").json()["items"]) == 1


def test_a_file_from_which_somebody_of_the_body_is_barred_is_not_there_for_its_system(
    district: District, police: System
) -> None:
    with cast.building():
        colleague = cast.seat(district.inspector.unit)
    obligation = cast.report(district, bars=[{"user_id": colleague.user}])
    assert obligation.unit_id == police.unit  # the other inspector may know, and owes it
    assert police.get("/obligations").json()["items"] == []
    assert police.get(f"/obligations/{obligation.id}").status_code == 404


def test_without_the_scope_nothing_is_read_or_written(district: District) -> None:
    obligation = cast.report(district)
    with cast.building():
        reader = make_system(district.inspector.unit.pk, "juvenile_inspection", scopes=["obligations:read"])
        teller = make_system(district.inspector.unit.pk, "juvenile_inspection", scopes=["signals:write"])
    refused = reader.post(f"/obligations/{obligation.id}/meet", {"answer": WORDS})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    assert teller.get("/obligations").json()["code"] == "scope_missing"
    assert cast.fresh(obligation).state == "open"
