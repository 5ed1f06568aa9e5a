"""A child applies for itself: who owes what, who is told, who may not know, and how it ends."""

from datetime import date, timedelta
from importlib.resources import files

import pytest
import yaml
from django.db import DatabaseError, transaction

from arasha.adulthood import actions, queries
from arasha.adulthood.models import Application, Turn
from arasha.adulthood.policy import NotAllowed
from arasha.adulthood.rules import Faulty
from arasha.adulthood.tests.cast import TODAY, WORDS, Girl
from arasha.cases.models import Case
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LATE, EARLY = date(2008, 12, 23), date(2012, 5, 1)


def test_guardianship_owes_the_preparation_by_the_day_of_its_limit(girl: Girl) -> None:
    girl.born(EARLY)
    row = girl.file()
    owed = girl.owed()
    assert set(owed) == {"prepare_claim"}
    assert owed["prepare_claim"].unit_id == girl.guardian.unit.pk
    assert owed["prepare_claim"].about == row.pk


@pytest.mark.parametrize("days", [30, 2])
def test_a_race_that_is_lost_warns_at_once(girl: Girl, days: int) -> None:
    girl.born(LATE if days == 30 else date(2008, 11, 25))
    girl.file()
    assert set(girl.owed()) == {"prepare_claim", "ask_for_speed", "ombudsperson_looks_at_race"}


def test_an_unknown_birthday_holds_nothing_up_and_is_looked_for(girl: Girl) -> None:
    girl.born(None)
    girl.file()
    assert set(girl.owed()) == {"prepare_claim", "find_birth_date"}


def test_turning_18_in_court_stops_nothing_and_closes_no_case(girl: Girl) -> None:
    girl.born(LATE)
    row = girl.move(girl.file(), "preparation")
    after = NOW + timedelta(days=40)
    row = girl.move(row, "court", now=after)
    assert (row.stage, row.state) == ("appeal", "open")
    owed = girl.owed()
    assert "ask_for_speed_again" in owed
    assert owed["help_appeal"].unit_id == girl.team.lead.unit.pk
    assert {owed[step].state for step in ("prepare_claim", "follow_court")} == {"superseded"}
    actor = girl.team.lead.enter()
    assert [one.dossier_id for one in queries.ageing(actor, TODAY + timedelta(days=400))] == [girl.dossier]
    with as_owner():
        assert Case.objects.get(dossier=girl.dossier).state == "open"


def test_the_same_stage_pressed_twice_moves_once(girl: Girl) -> None:
    row = girl.file()
    girl.move(row, "preparation")
    with pytest.raises(actions.Ended):
        girl.move(row, "preparation", now=NOW + timedelta(hours=2))


def test_two_workers_who_file_the_same_find_one(girl: Girl) -> None:
    first = girl.file()
    second = girl.file(by=girl.team.doctor, words="басқа сөз", now=NOW + timedelta(minutes=1))
    assert first.pk == second.pk
    with as_owner():
        assert Application.objects.count() == 1


def test_who_is_barred_or_no_part_of_the_file_finds_nothing(girl: Girl) -> None:
    row = girl.file()
    for who in (girl.barred, girl.team.outsider):
        with pytest.raises(actions.NotThere):
            girl.file(by=who)
        assert queries.application_of(who.enter(), row.pk) is None
    # A school on the file learns nothing of it either, and guardianship, which owes it, reads the child's words.
    assert queries.application_of(girl.team.teacher.enter(), row.pk) is None
    (read,) = queries.applications_of(girl.guardian.enter(), girl.dossier, TODAY)
    assert read.words == {"words": WORDS, "keep_from": "", "letters": ""}


def test_the_database_itself_shows_an_application_only_to_who_has_to_do_with_it(girl: Girl) -> None:
    girl.dismiss(girl.file())
    for who in (girl.team.lead, girl.guardian, girl.prosecutor):
        who.enter()
        assert (Application.objects.count(), Turn.objects.count()) == (1, 1)
    # The school works on the file and owes it something, only nothing of this.
    for who in (girl.team.teacher, girl.barred, girl.team.outsider):
        who.enter()
        assert (Application.objects.count(), Turn.objects.count()) == (0, 0)


def test_who_takes_it_down_keeps_reading_it(girl: Girl) -> None:
    row = girl.file(by=girl.team.teacher)
    assert queries.application_of(girl.team.teacher.enter(), row.pk) == row
    other = girl.file(by=girl.team.lead, kind="documents", now=NOW + timedelta(minutes=1))
    assert queries.application_of(girl.team.teacher.enter(), other.pk) is None


def test_what_everybody_on_the_file_reads_of_a_duty_does_not_say_that_the_child_applied() -> None:
    said = yaml.safe_load((files("arasha.protocols") / "data" / "own_application.yaml").read_text(encoding="utf-8"))
    words = [said["title"], *(step["what"] for step in said["steps"])]
    assert not [one for one in words if "appli" in one["en"] or "өтініш" in one["kk"] or "заявлен" in one["ru"]]


def test_a_dismissal_because_of_age_is_the_prosecutors_to_look_at(girl: Girl) -> None:
    row = girl.dismiss(girl.file())
    assert row.state == "dismissed"
    assert girl.owed()["look_at_dismissal"].unit_id == girl.prosecutor.unit.pk
    with pytest.raises(actions.Ended):
        girl.dismiss(row)


def test_nobody_dismisses_it_without_a_name(girl: Girl) -> None:
    row = girl.file()
    for missing in ({"body": " "}, {"name": " "}, {"position": ""}, {"law": ""}, {"words": ""}, {"ground": "x"}):
        with pytest.raises(Faulty):
            girl.dismiss(row, **missing)
    with as_owner():
        assert not Turn.objects.exists()
        bare = Turn(application=row, dossier_id=girl.dossier, number=1, kind="dismissed", stage="court", at=NOW)
        bare.unit_id, bare.user_id, bare.ground = row.unit_id, row.user_id, "age"
        with pytest.raises(DatabaseError, match="decided_by_somebody"), transaction.atomic():
            bare.save(force_insert=True)


@pytest.mark.parametrize("pressure", ["yes", "doubt"])
def test_a_child_under_pressure_withdraws_nothing(girl: Girl, pressure: str) -> None:
    row = girl.withdraw(girl.file(), pressure=pressure)
    assert row.state == "open"
    assert girl.owed()["prosecutor_answers_pressure"].unit_id == girl.prosecutor.unit.pk


def test_a_child_heard_alone_may_take_it_back(girl: Girl) -> None:
    row = girl.file()
    with pytest.raises(Faulty):
        girl.withdraw(row, alone=False)
    assert girl.withdraw(row).state == "withdrawn"
    assert girl.owed()["prepare_claim"].state == "superseded"
    assert "prosecutor_answers_pressure" not in girl.owed()
    assert girl.file(now=NOW + timedelta(hours=4)).pk != row.pk


def test_who_may_not_write_refuses_nothing_to_who_may(girl: Girl) -> None:
    row = girl.file()
    with pytest.raises((NotAllowed, actions.NotThere)):
        actions.grant(actor=girl.team.outsider.enter(), application=row.pk, now=NOW)
    assert actions.grant(actor=girl.team.lead.enter(), application=row.pk, now=NOW).state == "granted"
