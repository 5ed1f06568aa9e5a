"""A statement is never required; one that was refused becomes the prosecutor's duty, whoever tells of it."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.models import Bar, Member
from arasha.kernel.access.rules import NotThere
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District
from arasha.signals import actions, queries
from arasha.signals.actions import hindering
from arasha.signals.models import Hindrance, Signal
from arasha.signals.tests.ways_cast import Around, make_around, owed, reported
from tests.database import as_owner

pytestmark = pytest.mark.django_db
REFUSAL, LOOK = ("hindered_statement", "prosecutor_answers_refusal"), ("hindered_statement", "ombudsperson_looks")
PRESSURE = ("hindered_statement", "prosecutor_answers_pressure")
SHORT = {"territory": DISTRICT, "concerns": ["physical"], "safe_now": "unknown", "suspect_has_access": "yes"}


@pytest.fixture
def around(district: District) -> Around:
    return make_around()


@pytest.fixture
def police(district: District) -> System:
    """The inspection's own system."""
    with cast.building():
        return make_system(district.inspector.unit.pk, "juvenile_inspection")


def test_the_police_system_reports_without_any_statement_and_a_case_is_opened(
    police: System, district: District
) -> None:
    assert police.post("/signals", SHORT).status_code == 201
    with as_owner():
        signal = Signal.objects.get()
    assert (signal.door, signal.statement) == ("police", "")
    cast.end_opening(signal.dossier_id)
    case = actions.open_case_from(actor=district.coordinator.enter(), signal=signal.pk, now=NOW)
    assert case.pk


@pytest.mark.parametrize("code", ["given", "refused", "not_needed", "not_asked"])
def test_the_police_system_may_say_how_it_stands_with_the_statement(police: System, code: str) -> None:
    assert police.post("/signals", SHORT | {"statement": code}).status_code == 201
    with as_owner():
        assert Signal.objects.get().statement == code


def test_a_code_of_no_list_is_refused_with_its_place(police: System) -> None:
    answer = police.post("/signals", SHORT | {"statement": "withdrawn"})
    assert (answer.status_code, answer.json()["errors"][0]["place"]) == (422, "#/statement")


def test_the_system_names_the_police_unit_by_its_code(police: System, around: Around) -> None:
    said = SHORT | {"statement": "refused", "hindered_by": around.desk.unit.code}
    assert police.post("/signals", said).status_code == 201
    with as_owner():
        assert Hindrance.objects.get().unit_id == around.desk.unit.pk
    unknown = police.post("/signals", said | {"hindered_by": "no such unit"})
    assert unknown.json()["errors"][0]["place"] == "#/hindered_by"


def test_a_refusal_told_by_a_nurse_obliges_prosecutor_and_ombudsperson(district: District, around: Around) -> None:
    signal = reported(district.doctor, statement="refused", hindered_by=around.desk.unit.pk)
    duties = owed(signal)
    assert duties[REFUSAL].unit_id == around.prosecutor.unit.pk
    assert duties[LOOK].unit_id == around.ombudsperson.unit.pk
    assert PRESSURE not in duties
    around.prosecutor.enter()
    [(row, _words)] = queries.hindrances_of([signal.dossier_id])
    assert (row.kind, row.unit_id) == ("refused_statement", around.desk.unit.pk)
    assert own(around.ombudsperson.enter())


def test_the_police_themselves_tell_of_their_own_desk_and_are_not_asked(district: District, around: Around) -> None:
    signal = reported(district.inspector, "police", statement="refused", hindered_by=district.inspector.unit.pk)
    duties = owed(signal)
    assert duties[REFUSAL].unit_id == around.prosecutor.unit.pk
    assert queries.find(district.inspector.enter(), signal.pk) is None
    assert district.inspector.unit.pk not in {row.unit_id for row in duties.values()}


def test_the_reporter_of_a_refusal_is_in_no_act(district: District, around: Around) -> None:
    signal = reported(district.doctor, statement="refused")
    with as_owner():
        acts = Act.objects.filter(
            stream_key=str(signal.dossier_id), verb__in=["report_signal", "raise_obligation", "tell_hindrance"]
        )
        assert {(act.actor_user, act.actor_post, act.actor_unit) for act in acts} == {(None, None, None)}


def test_the_unit_named_is_neither_told_nor_asked_nor_on_the_ladder(district: District, around: Around) -> None:
    signal = reported(district.doctor, statement="refused", hindered_by=district.inspector.unit.pk)
    duties = owed(signal)
    named = district.inspector.unit.pk
    assert named not in {row.unit_id for row in duties.values()}
    assert not own(district.inspector.enter())
    with as_owner():
        assert not Member.objects.filter(dossier=signal.dossier_id, unit=named).exists()
    for step in (REFUSAL, LOOK):
        functions = {rung["function"] for rung in duties[step].ladder}
        assert not functions & {"juvenile_inspection", "women_children_police"}


def test_raw_sql_shows_the_unit_named_nothing_and_lets_it_write_nothing(district: District, around: Around) -> None:
    signal = reported(district.doctor, statement="refused", hindered_by=district.inspector.unit.pk)
    district.inspector.enter()
    with connection.cursor() as cursor:
        for table in ("signals_signal", "signals_hindrance", "obligations_obligation", "access_member"):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE dossier_id = %s", [signal.dossier_id])
            assert cursor.fetchone() == (0,), table
    for sql in (
        "SELECT signals.bar_hindering(%s::uuid, 1)",
        "INSERT INTO signals_hindrance (id, dossier_id, kind, told_in, told_at)"
        " VALUES (gen_random_uuid(), %s::uuid, 'refused_statement', 'file', now())",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [signal.dossier_id])


def test_nobody_bars_a_body_that_no_hindrance_names(district: District, around: Around) -> None:
    signal = reported(district.doctor, statement="refused")
    around.prosecutor.enter()
    for body in (around.desk.unit.body_id, district.coordinator.unit.body_id):
        with pytest.raises(NotThere), transaction.atomic():
            hindering._bar(signal.dossier_id, body)


def test_whoever_owes_in_the_file_tells_of_pressure_and_the_unit_named_is_barred(
    district: District, around: Around
) -> None:
    signal = reported(district.doctor)
    unit = around.desk.unit
    actions.tell_hindrance(
        actor=district.inspector.enter(),
        dossier=signal.dossier_id,
        kind="pressure_to_withdraw",
        unit=unit.pk,
        words="Отбасына арызды қайтаруды талап етті.",
        now=NOW,
    )
    assert owed(signal)[PRESSURE].unit_id == around.prosecutor.unit.pk
    around.prosecutor.enter()
    [(row, words)] = queries.hindrances_of([signal.dossier_id])
    assert (row.told_in, words) == ("file", "Отбасына арызды қайтаруды талап етті.")
    with as_owner():
        assert Bar.objects.filter(dossier=signal.dossier_id, body=unit.body_id).exists()
    assert "hindrance_told" in {notice.code for notice in own(district.coordinator.enter())}


def test_the_same_told_twice_in_a_day_is_owed_once(district: District, around: Around) -> None:
    signal = reported(district.doctor)
    for _again in range(2):
        actor = district.coordinator.enter()
        actions.tell_hindrance(actor=actor, dossier=signal.dossier_id, kind="refused_statement", now=NOW)
    with as_owner():
        assert Hindrance.objects.count() == 1
    assert REFUSAL in owed(signal)


def test_the_unit_named_after_somebody_told_without_naming_it_is_barred_and_nobody_owes_twice(
    district: District, around: Around
) -> None:
    signal, unit = reported(district.doctor, statement="refused"), around.desk.unit
    before = set(owed(signal))
    for _again in range(2):
        actor = district.coordinator.enter()
        kind = "refused_statement"
        actions.tell_hindrance(actor=actor, dossier=signal.dossier_id, kind=kind, unit=unit.pk, now=NOW)
    with as_owner():
        assert Hindrance.objects.count() == 2
        assert Bar.objects.filter(dossier=signal.dossier_id, body=unit.body_id).count() == 1
        steps = Obligation.objects.filter(dossier=signal.dossier_id).values_list("step", flat=True)
        assert sorted(step for step in steps if step in {REFUSAL[1], LOOK[1]}) == sorted([REFUSAL[1], LOOK[1]])
    assert set(owed(signal)) == before


def test_words_told_after_a_bare_telling_are_kept_and_owed_once(district: District, around: Around) -> None:
    signal = reported(district.doctor, statement="refused")
    for words in ("Кезекші өтінішті алмады.", "Кезекші өтінішті алмады.", ""):
        actor = district.coordinator.enter()
        actions.tell_hindrance(actor=actor, dossier=signal.dossier_id, kind="refused_statement", words=words, now=NOW)
    told = queries.hindrances_of([signal.dossier_id])
    assert sorted(str(words) for _row, words in told) == ["", "Кезекші өтінішті алмады."]
    with as_owner():
        assert Obligation.objects.filter(dossier=signal.dossier_id, step=REFUSAL[1]).count() == 1


def test_only_a_police_unit_can_be_named_and_an_outsider_tells_nothing(district: District, around: Around) -> None:
    signal = reported(district.doctor)
    with pytest.raises(actions.NotPolice):
        actions.tell_hindrance(
            actor=district.coordinator.enter(),
            dossier=signal.dossier_id,
            kind="refused_statement",
            unit=around.school.unit.pk,
            now=NOW,
        )
    for dossier in (signal.dossier_id, uuid.uuid4()):
        with pytest.raises(actions.FileNotThere):
            actions.tell_hindrance(actor=district.neighbour.enter(), dossier=dossier, kind="refused_statement", now=NOW)


def test_reconciliation_closes_nothing_and_is_recorded_as_pressure(district: District, around: Around) -> None:
    signal = reported(district.doctor)
    with pytest.raises(actions.NeverCloses):
        actions.close_signal(actor=district.coordinator.enter(), signal=signal.pk, closing="reconciled", now=NOW)
    browser = cast.browser_of(district.coordinator)
    answer = browser.post(f"/signals/{signal.pk}/close/", {"closing": "reconciled"})
    assert answer.status_code == 422
    assert "Reconciliation ends no violence" in answer.content.decode()
    with as_owner():
        assert Signal.objects.get(pk=signal.pk).state == "waiting"
        assert Hindrance.objects.get().told_in == "closing"
    assert owed(signal)[PRESSURE].unit_id == around.prosecutor.unit.pk
