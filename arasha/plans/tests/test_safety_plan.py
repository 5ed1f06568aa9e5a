"""A safety plan: in versions, read by who may read plans, printed small and only where that is safe."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.documents.actions import pdf
from arasha.kernel.journal.models import Act
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions, queries, rules
from arasha.plans.models import SafetyPlan, SafetyPlanItem
from arasha.plans.rules import Item
from arasha.plans.tests.stage import HOSTILE, TODAY, Stage, draft
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def made(stage: Stage, after: int = 0, by: Person | None = None, **changes: Any) -> SafetyPlan:
    actor = (by or stage.protection).enter()
    return actions.make_safety_plan(actor=actor, dossier=stage.dossier, draft=draft(**changes), after=after, now=NOW)


def printed(stage: Stage, number: int = 1, *, disguised: bool = False, by: Person | None = None) -> SafetyPlan:
    actor = (by or stage.protection).enter()
    return actions.print_safety_plan(actor=actor, dossier=stage.dossier, number=number, disguised=disguised, now=NOW)


def test_a_new_version_takes_the_place_of_the_old_which_stays_readable(stage: Stage) -> None:
    made(stage)
    made(stage, 1, items=(Item("own_steps", "Көршіге барамын"),))
    assert [row.number for row in queries.plan_versions(stage.dossier)] == [2, 1]
    first, second = queries.plan_version(stage.dossier, 1), queries.plan_version(stage.dossier, 2)
    assert first is not None
    assert second is not None
    assert first.items == draft().items
    assert [item.words for item in second.items] == ["Көршіге барамын"]


def test_a_colleagues_newer_version_is_never_overwritten(stage: Stage) -> None:
    made(stage)
    with pytest.raises(actions.PlanChanged):
        made(stage, 0, by=stage.coordinator)
    with pytest.raises(actions.PlanChanged):
        made(stage, 7)
    assert queries.newest_number(stage.dossier) == 1


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"items": ()}, rules.PlanEmpty),
        ({"items": (Item("own_steps", "ә" * 121),)}, rules.TooLong),
        ({"items": (Item("own_steps", "а"),) * 6}, rules.TooLong),
        ({"items": (Item("diary", "а"),)}, KeyError),
        ({"agreed": (), "not_agreed": ""}, rules.AgreementMissing),
        ({"agreed": ("father",)}, KeyError),
        ({"carry": "perhaps"}, KeyError),
        ({"language": "tr"}, ValueError),
    ],
)
def test_what_is_no_plan_is_refused(stage: Stage, changes: dict[str, Any], wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        made(stage, **changes)
    assert not SafetyPlan.objects.exists()


def test_nobody_agreed_is_kept_with_its_reason(stage: Stage) -> None:
    assert made(stage, agreed=(), not_agreed="urgent").not_agreed == "urgent"


def test_the_suspects_representative_on_the_partners_team_finds_no_plan_and_prints_none(stage: Stage) -> None:
    made(stage)
    for person in (stage.representative, stage.school, stage.district.neighbour):
        actor = person.enter()
        assert queries.newest_plan(stage.dossier) is None
        assert queries.plan_version(stage.dossier, 1) is None
        assert not SafetyPlanItem.objects.exists()
        with pytest.raises(actions.FileNotThere):
            printed(stage, by=person)
        with pytest.raises(actions.FileNotThere):
            made(stage, 1, by=person)
        assert actor.user_id == person.user
    with as_owner():
        assert not Act.objects.filter(verb="print_safety_plan").exists()


def test_as_raw_sql_too_nobody_else_reads_a_plan_and_nobody_changes_one(stage: Stage) -> None:
    made(stage)
    for table in ("plans_safetyplan", "plans_safetyplanitem"):
        for person, seen in ((stage.representative, False), (stage.school, False), (stage.coordinator, True)):
            person.enter()
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                row = cursor.fetchone()
            assert bool(row and row[0]) is seen
        stage.protection.enter()
        for sql in (f"UPDATE {table} SET dossier_id = dossier_id", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as c,
            ):
                c.execute(sql)


@pytest.mark.parametrize(
    ("carry", "plain", "hidden"),
    [("yes", True, True), ("disguised", False, True), ("no", False, False), ("not_asked", False, False)],
)
def test_a_page_is_printed_only_where_it_is_safe_to_carry(
    stage: Stage, carry: str, *, plain: bool, hidden: bool
) -> None:
    made(stage, carry=carry)
    for disguised, allowed in ((False, plain), (True, hidden)):
        if allowed:
            printed(stage, disguised=disguised)
        else:
            with pytest.raises(rules.NotSafeToCarry):
                printed(stage, disguised=disguised)
    with as_owner():
        assert Act.objects.filter(verb="print_safety_plan").count() == plain + hidden


def test_an_older_version_is_not_printed(stage: Stage) -> None:
    made(stage)
    made(stage, 1)
    with pytest.raises(actions.FileNotThere):
        printed(stage, 1)


def test_a_disguised_page_has_no_names_numbers_or_signs_of_violence() -> None:
    lines = [item.words for item in rules.disguise(draft().items, ["Айгүл Серікқызы"])]
    assert lines == ["Бөлмеге кіріп, есікті жабамын"]
    assert rules.disguise([Item("own_steps", "Ли келсе"), Item("own_steps", "8 701 555")], ["Ли"]) == [
        Item("own_steps", "Ли келсе")  # two letters begin too many words: the worker reads the page before it is given
    ]


def page(**changes: Any) -> pypdf.PdfReader:
    data: dict[str, Any] = {"paper": "a6", "large": True, "numbers": [("111", "")], "sections": []} | changes
    given: dict[str, Any] = {"title": "–", "data": data, "language": "kk", "now": NOW, "frame": "plain"}
    return pypdf.PdfReader(io.BytesIO(pdf(template="plans/safety_plan.typ", **given)))


@pytest.mark.parametrize("word", [HOSTILE, "ұ" * 120, "a" * 60 + " " + "б" * 59, "қ" * 3])
def test_whatever_is_written_fits_one_small_page_and_stays_text(district: Any, word: str) -> None:
    lines = [{"title": kind.name_kk, "lines": [word] * int(kind.more["most"])} for kind in rules.KINDS]
    shown = page(paper="a5", sections=lines)
    assert len(shown.pages) == 1
    (small,) = page(sections=lines[:1]).pages
    assert round(float(small.mediabox.width)) == 298
    text = "".join(shown.pages[0].extract_text().split()).replace("\u200b", "")
    assert "".join(word.split()) in text


def test_the_page_says_nothing_of_the_system_or_of_when(district: Any) -> None:
    shown = page(sections=[{"title": "", "lines": ["Көршіге барамын"]}])
    text = shown.pages[0].extract_text()
    assert "Arasha" not in text
    assert "Араша" not in text
    assert shown.metadata is not None
    assert shown.metadata.title == "–"
    assert shown.metadata.creation_date is None


def test_a_plan_that_nobody_goes_through_is_late_the_day_after() -> None:
    assert not rules.is_late(TODAY, TODAY)
    assert rules.is_late(TODAY, TODAY + timedelta(days=1))


def test_lines_are_read_without_what_no_screen_shows() -> None:
    assert rules.lines_of("  бір \r\n\n\u202eекі\u0007\n\u200b") == ["бір", "екі"]
