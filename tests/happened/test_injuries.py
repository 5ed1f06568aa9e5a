"""Injuries on the figure over time: for who reads health, as seen, followed while they heal."""

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from arasha.cases import actions, queries, rules
from arasha.cases.models import Injury
from arasha.obligations.tests.cast import NOW, Person
from arasha.ui.rules import UnknownCode
from tests.database import as_owner
from tests.happened.story import LATER, Story

pytestmark = pytest.mark.django_db


def seen(story: Story, by: Person | None = None, **said: Any) -> Injury:
    given: dict[str, Any] = {"region": "front_head", "kind": "bruise", "healing": "new"} | said
    return actions.record_injury(actor=(by or story.district.doctor).enter(), dossier=story.file, now=NOW, **given)


def test_an_injury_is_followed_while_it_heals(story: Story) -> None:
    first = seen(story, seen_on=date(2026, 11, 20), size=(30, 15), colours=("blue", "red", "blue"), words="маңдайы")
    again = seen(story, seen_on=date(2026, 11, 23), healing="healing", first=first.pk)
    third = seen(story, healing="healed", first=again.pk)  # of whichever of its rows: one thread
    story.lead.enter()
    rows = queries.injuries_of(story.file)
    assert [one.row.seen_on.day for one in rows] == [23, 23, 20]
    assert {one.row.first_id for one in rows if one.row.pk in {again.pk, third.pk}} == {first.pk}
    oldest = rows[-1]
    assert (oldest.row.length_mm, oldest.row.width_mm, oldest.row.colours, oldest.words) == (
        30,
        15,
        ["blue", "red"],
        "маңдайы",
    )


def test_who_reads_no_health_reads_no_injury_not_even_as_raw_sql(story: Story) -> None:
    seen(story)
    reads = {story.district.doctor: 1, story.lead: 1} | dict.fromkeys(
        (story.district.inspector, story.prosecutor, story.school, story.driver, story.district.neighbour), 0
    )
    for who, count in reads.items():
        who.enter()
        assert len(queries.injuries_of(story.file)) == count, who.unit.code
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_injury")
            assert cursor.fetchone()[0] == count, who.unit.code


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"region": "tail"}, UnknownCode),
        ({"kind": "curse"}, UnknownCode),
        ({"colours": ("plaid",)}, UnknownCode),
        ({"healing": "magic"}, UnknownCode),
        ({"seen_on": date(2026, 11, 24)}, rules.NotYet),
        ({"first": uuid4()}, actions.FileNotThere),
        ({"incident": uuid4()}, actions.FileNotThere),
        ({"document": uuid4()}, actions.FileNotThere),
    ],
)
def test_bad_input_is_refused_by_name(story: Story, said: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        seen(story, **said)
    with as_owner():
        assert Injury.objects.count() == 0


def test_who_may_not_write_health_records_none(story: Story) -> None:
    for who in (story.lead, story.district.inspector, story.school, story.driver):
        with pytest.raises(actions.FileNotThere):
            seen(story, who)


def test_a_struck_injury_stays_in_the_list(story: Story) -> None:
    row = seen(story)
    actor = story.district.doctor.enter()
    actions.strike_injury(actor=actor, injury=row.pk, reason="other_child", now=LATER)
    assert [one.row.strike_reason for one in queries.injuries_of(story.file)] == ["other_child"]
    with pytest.raises(actions.Struck):
        actions.strike_injury(actor=actor, injury=row.pk, reason="slip", now=LATER)


@pytest.mark.parametrize(
    ("age", "figure"),
    [(None, "child"), (0, "infant"), (1, "infant"), (2, "child"), (11, "adolescent"), (40, "adolescent")],
)
def test_the_figure_follows_the_age(age: int | None, figure: str) -> None:
    assert rules.figure_for(age) == figure


@pytest.mark.parametrize("figure", ["infant", "child", "adolescent"])
def test_every_region_is_drawn_in_every_figure_within_its_frame(figure: str) -> None:
    for region in rules.REGIONS:
        path = rules.outline(region.more["path"], figure)
        numbers = [float(value) for value in re.findall(r"-?[\d.]+", path)]
        assert re.sub(r"[-\d. ]", "", path) == re.sub(r"[-\d. ]", "", region.more["path"])
        assert all(-4 <= across <= 204 for across in numbers[::2]), region.code
        assert all(0 <= down <= 390 for down in numbers[1::2]), region.code
    head = rules.REGIONS["front_head"].more["path"]
    assert rules.outline(head, "child") != rules.outline(head, "infant") != rules.outline(head, "adolescent")
