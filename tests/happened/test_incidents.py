"""Incidents: written down once, known better later, struck with a reason, counted although nobody knows the day."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from arasha.cases import actions, queries, rules
from arasha.cases.models import Incident, IncidentAct, IncidentText, IncidentVersion
from arasha.kernel.journal.models import Act, Change
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.ui.rules import UnknownCode
from tests.database import as_owner
from tests.happened.story import LATER, Story, about, in_year, said_of
from tests.people.children import case_of, described

pytestmark = pytest.mark.django_db
TWELVE: dict[str, Any] = {"frequency": "weekly", "since": about(2013), "until": in_year(2019)}


def test_twelve_years_with_vague_dates_are_recorded_as_said_and_counted(story: Story) -> None:
    forms = ("working.2-c.1", "working.4-a.1", "working.3-c.1")
    story.happened(forms=forms, **TWELVE, relations=("step_parent",), place="Жылға ауылы", words="бала айтқандай")
    story.lead.enter()
    [one] = queries.incidents_of(story.file)
    assert (one.version.since, one.version.since_precision, one.version.until_precision) == (
        date(2013, 1, 1),
        "about",
        "year",
    )
    assert {form.code for form in one.forms} == {"2-c", "4-a", "3-c"}
    assert (one.place, one.words) == ("Жылға ауылы", "бала айтқандай")
    counted = queries.incident_counts(2010, 2026)
    assert [year for year in range(2010, 2027) if counted.surely["3-c", year, "home"]] == list(range(2014, 2020))
    assert counted.possibly["3-c", 2012, "home"] == 1
    assert counted.began["3-c", 2013, "home"] == 1


def test_an_incident_without_any_date_begins_in_no_year_and_is_counted_all_the_same(story: Story) -> None:
    story.happened()
    story.lead.enter()
    counted = queries.incident_counts(2020, 2026)
    assert counted.began["2-c", None, "home"] == 1
    assert not counted.surely


def test_each_incident_is_an_act_without_words(story: Story) -> None:
    story.happened(words="қамшымен ұрды", place="үйде")
    with as_owner():
        act = Act.objects.get(verb="record_incident")
        assert act.codes == {"facet": 2, "unit": story.lead.unit.pk, "setting": "home", "count": 1}
        changes = Change.objects.filter(act=act)
        assert {change.table_name for change in changes} == {
            "cases_incident",
            "cases_incidentversion",
            "cases_incidentact",
            "cases_incidenttext",
        }
        assert "қамшы" not in str([change.columns for change in changes])
        assert "қамшы".encode() not in bytes(IncidentText.objects.get().sealed)


def test_what_is_known_better_is_a_new_version_beside_the_old_one(story: Story) -> None:
    incident = story.happened(words="бірінші")
    better = said_of(since=rules.Point(date(2019, 5, 1), "month"), words="екінші")
    actions.change_incident(
        actor=story.district.inspector.enter(), incident=incident.pk, seen=1, said=better, now=LATER
    )
    versions = queries.incident_of(story.file, incident.pk)
    assert [(one.version.number, one.words) for one in versions] == [(2, "екінші"), (1, "бірінші")]
    assert len(queries.incidents_of(story.file)) == 1


def test_of_two_who_change_at_once_the_second_is_told_and_writes_nothing(story: Story) -> None:
    incident = story.happened()
    actions.change_incident(
        actor=story.lead.enter(), incident=incident.pk, seen=1, said=said_of(setting="school"), now=LATER
    )
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change_incident(
            actor=story.district.inspector.enter(),
            incident=incident.pk,
            seen=1,
            said=said_of(setting="street"),
            now=LATER,
        )
    assert [one.version.setting for one in queries.incident_of(story.file, incident.pk)] == ["school", "home"]


def test_the_same_form_sent_twice_writes_once(story: Story) -> None:
    key = uuid4()
    assert story.happened(key=key).pk == story.happened(key=key, setting="school").pk == key
    story.lead.enter()
    assert [one.version.setting for one in queries.incidents_of(story.file)] == ["home"]


def test_the_key_of_another_files_incident_tells_nothing_and_writes_nothing(story: Story) -> None:
    taken = story.happened().pk
    other = case_of(story.lead, described("Пак", "Ольга"))
    with pytest.raises(actions.FileNotThere):
        actions.record_incident(actor=story.lead.enter(), dossier=other, said=said_of(), key=taken, now=NOW)
    assert queries.incidents_of(other) == []


def test_a_struck_incident_stays_to_be_read_and_counts_no_more(story: Story) -> None:
    incident = story.happened(since=in_year(2020))
    actor = story.lead.enter()
    with pytest.raises(UnknownCode):
        actions.strike_incident(actor=actor, incident=incident.pk, reason="because", now=LATER)
    actions.strike_incident(actor=actor, incident=incident.pk, reason="slip", now=LATER)
    assert [one.row.strike_reason for one in queries.incidents_of(story.file)] == ["slip"]
    assert queries.incidents_of(story.file, struck=False) == []
    assert not queries.incident_counts(2015, 2026).began
    for again in (
        lambda: actions.strike_incident(actor=actor, incident=incident.pk, reason="slip", now=LATER),
        lambda: actions.change_incident(actor=actor, incident=incident.pk, seen=1, said=said_of(), now=LATER),
    ):
        with pytest.raises(actions.Struck):
            again()


def test_nothing_is_deleted_and_no_version_rewritten_not_even_as_raw_sql(story: Story) -> None:
    story.happened(words="x")
    story.lead.enter()
    for sql in (
        "DELETE FROM cases_incident",
        "UPDATE cases_incidentversion SET setting = 'street'",
        "UPDATE cases_incidentact SET form_id = 'working.2-d.1'",
        "UPDATE cases_incidenttext SET sealed = ''",
        "UPDATE cases_incident SET recorded_at = now()",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"since": rules.Point(date(2026, 11, 24), "day")}, rules.NotYet),
        ({"frequency": "daily", "since": in_year(2019), "until": in_year(2018)}, rules.EndsTooEarly),
        ({"forms": ("working.9-q.1",)}, actions.FormUnknown),
        ({"forms": ("working.2.1",)}, actions.FormUnknown),  # a heading
        ({"forms": ()}, rules.ActsMissing),
        ({"setting": "moon"}, UnknownCode),
        ({"frequency": "hourly"}, UnknownCode),
        ({"relations": ("ghost",)}, UnknownCode),
        ({"platform": "carrier pigeon"}, UnknownCode),
        ({"until": in_year(2019)}, rules.CodeDoesNotFit),
        ({"present": ("nobody", "adult")}, rules.CodeDoesNotFit),
    ],
)
def test_bad_input_is_refused_by_name_and_writes_nothing(
    story: Story, said: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        story.happened(**said)
    with as_owner():
        assert (Incident.objects.count(), Act.objects.filter(verb="record_incident").count()) == (0, 0)


def test_hostile_words_come_back_as_they_were(story: Story) -> None:
    hostile = "'; DROP TABLE x; -- <script>alert(1)</script> \u202e{{ 7*7 }} =cmd|' /C calc'!A0 \x00"
    story.happened(words=hostile, place="=1+1")
    story.lead.enter()
    assert queries.incidents_of(story.file)[0].words == hostile.strip()


def test_two_hundred_incidents_are_read_by_a_few_questions(story: Story, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for year in range(200):
        story.happened(since=in_year(2000 + year % 20), words=f"рет {year}")
    story.lead.enter()
    with django_assert_max_num_queries(8):
        assert len(queries.incidents_of(story.file)) == 200


def test_an_incident_of_another_file_is_not_joined_to_this_one(story: Story) -> None:
    other = case_of(story.lead, described("Пак", "Ольга"))
    incident = story.happened()
    put = {"dossier_id": other, "incident": incident, "number": 2, "frequency": "once", "setting": "home"}
    with pytest.raises(IntegrityError, match="version_of_incident_in_file"), transaction.atomic(), cast.building():
        IncidentVersion.objects.create(recorded_at=NOW, unit=story.lead.unit, **put)


def test_who_may_not_write_concerns_records_nothing(story: Story) -> None:
    for who in (story.school, story.driver, story.district.neighbour, story.district.region):
        with pytest.raises(actions.FileNotThere):
            story.happened(by=who)
    with as_owner():
        assert IncidentAct.objects.count() == 0
