"""A form is handed in by one and published by another; what was published never changes: in the code and in SQL."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Refused, matrix
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act, Change
from arasha.questionnaires import policy, queries
from arasha.questionnaires.actions import DecidedMeanwhile, NumberTaken, decide, draft
from arasha.questionnaires.actions.calling import STREAM, call
from arasha.questionnaires.migrations import __path__ as migrations
from arasha.questionnaires.models import Decision, Version
from arasha.questionnaires.rules.conversion import FaultyForm
from arasha.questionnaires.rules.standing import DecisionForbidden, Kind
from arasha.questionnaires.tests.ministry import NOW, Ministry, make_ministry
from arasha.questionnaires.tests.sources import FORM, changed, numbered, reading
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


def handed_in(person: Person, text: str = FORM) -> Version:
    return draft(actor=person.enter(), reading=reading(text), now=NOW)


def does(person: Person, row: Version, kind: Kind, reason: str = "", days: int = 0) -> None:
    decide(actor=person.enter(), version=row.pk, kind=kind, reason=reason, now=NOW + timedelta(days=days))


def published(ministry: Ministry, number: int = 1, days: int = 0) -> Version:
    row = handed_in(ministry.officer, numbered(number))
    does(ministry.second, row, Kind.PUBLISH, days=days)
    return row


def current(days: int = 0) -> int | None:
    found = queries.current("made_up", NOW + timedelta(days=days))
    return int(found.form.version) if found else None


def test_a_draft_is_asked_of_nobody_until_a_second_person_publishes_it(ministry: Ministry) -> None:
    row = handed_in(ministry.officer)
    assert current() is None
    with pytest.raises(DecisionForbidden, match="author"):
        does(ministry.officer, row, Kind.PUBLISH)
    does(ministry.administrator, row, Kind.PUBLISH)
    found = queries.current("made_up", NOW)
    assert found is not None
    assert (found.version_id, found.about.facet, found.form.code) == (row.pk, "plan", "made_up")
    assert [question.name for question in found.form.questions()][:2] == ["safe", "age"]


def test_each_deed_is_one_act_that_names_form_number_and_hash(ministry: Ministry) -> None:
    row = published(ministry)
    with as_owner():
        acts = list(Act.objects.filter(stream_key=STREAM.key, verb__in=["draft_form", "publish_form"]).order_by("id"))
        assert [one.verb for one in acts] == ["draft_form", "publish_form"]
        assert all(one.codes == {"form": "made_up", "version": 1, "sha256": row.digest} for one in acts)
        assert Change.objects.filter(act=acts[1], table_name="questionnaires_decision").count() == 1


def test_who_has_no_right_writes_nothing_and_sees_no_draft(ministry: Ministry) -> None:
    row = handed_in(ministry.officer)
    for person in (ministry.district_administrator, ministry.coordinator, ministry.doctor):
        actor = person.enter()
        with pytest.raises(policy.NotAllowed):
            draft(actor=actor, reading=reading(), now=NOW)
        assert not policy.visible_to(actor).filter(pk=row.pk).exists()
        with pytest.raises(queries.VersionNotFound):
            decide(actor=actor, version=row.pk, kind=Kind.PUBLISH, now=NOW)
    does(ministry.second, row, Kind.PUBLISH)
    assert policy.visible_to(ministry.doctor.enter()).filter(pk=row.pk).exists()
    with pytest.raises(policy.NotAllowed):
        decide(actor=ministry.doctor.enter(), version=row.pk, kind=Kind.WITHDRAW, reason="x", now=NOW)


def test_the_database_asks_for_right_and_second_person_by_itself(ministry: Ministry) -> None:
    row = handed_in(ministry.officer)
    values = ("00000000-0000-4000-8000-000000000001", row.pk, "publish", "", 0, NOW)
    for person in (ministry.officer, ministry.doctor):
        person.enter()
        with pytest.raises(Refused), transaction.atomic(), act(verb="publish_form", stream=STREAM, now=NOW):
            call("decide", *values)
    assert Version.objects.get(pk=row.pk).state == "draft"


def test_the_right_in_the_database_is_the_right_in_the_table() -> None:
    text = (Path(migrations[0]) / "sql" / "0002_decisions.sql").read_text("utf-8")
    holders = ", ".join(f"'{code}'" for code in sorted(matrix.rights()[policy.PUBLISH], reverse=True))
    assert f"ARRAY[{holders}]" in text


def test_nobody_not_even_the_owner_changes_or_deletes_a_version(ministry: Ministry) -> None:
    row = published(ministry)
    for deed in (
        "UPDATE questionnaires_version SET source = source || ' '",
        "UPDATE questionnaires_version SET number = 9",
        "UPDATE questionnaires_version SET state = 'draft', published_at = NULL",
        "UPDATE questionnaires_version SET published_at = now()",
        "DELETE FROM questionnaires_version",
        "TRUNCATE questionnaires_version CASCADE",
        "DELETE FROM questionnaires_questionnaire",
        "UPDATE questionnaires_decision SET reason = 'x'",
    ):
        with as_owner(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)
    assert Version.objects.get(pk=row.pk).source == row.source


def test_a_newer_version_takes_over_and_the_older_stays_readable(ministry: Ministry) -> None:
    first = published(ministry)
    published(ministry, 2, days=3)
    assert (current(0), current(2), current(3)) == (1, 1, 2)
    assert queries.form_of(first.pk).version == "1"
    assert [row.number for row in queries.versions("made_up")] == [2, 1]


def test_a_number_that_is_published_is_refused_with_the_next_free_one(ministry: Ministry) -> None:
    published(ministry, 4)
    with pytest.raises(NumberTaken) as taken:
        handed_in(ministry.officer, numbered(4))
    assert taken.value.highest == 4


def test_of_two_drafts_of_one_number_the_first_published_wins_and_the_other_is_told(ministry: Ministry) -> None:
    one, other = handed_in(ministry.officer), handed_in(ministry.administrator)
    does(ministry.second, one, Kind.PUBLISH)
    with pytest.raises(DecisionForbidden, match="number"):
        does(ministry.second, other, Kind.PUBLISH)
    assert [volume.standing for volume in queries.shelf(ministry.officer.enter(), NOW, code="made_up")] == [
        "overtaken",
        "current",
    ]


def test_a_draft_is_put_aside_and_taken_up_again(ministry: Ministry) -> None:
    row = handed_in(ministry.officer)
    does(ministry.officer, row, Kind.DISCARD)
    assert Version.objects.get(pk=row.pk).state == "discarded"
    does(ministry.officer, row, Kind.RESTORE)
    does(ministry.second, row, Kind.PUBLISH)
    assert current() == 1


def test_a_withdrawn_version_gives_way_to_the_one_before_and_stays_readable(ministry: Ministry) -> None:
    published(ministry)
    second = published(ministry, 2)
    with pytest.raises(DecisionForbidden, match="reason"):
        does(ministry.officer, second, Kind.WITHDRAW, "  ")
    does(ministry.officer, second, Kind.WITHDRAW, "A question hurts children", days=1)
    assert (current(0), current(1)) == (2, 1)
    assert queries.form_of(second.pk).version == "2"


def test_the_last_version_goes_only_when_a_second_person_confirms(ministry: Ministry) -> None:
    row = published(ministry)
    with pytest.raises(DecisionForbidden, match="last"):
        does(ministry.officer, row, Kind.WITHDRAW, "not needed")
    does(ministry.officer, row, Kind.ASK, "not needed")
    with pytest.raises(DecisionForbidden, match="asker"):
        does(ministry.officer, row, Kind.WITHDRAW)
    assert current() == 1
    does(ministry.administrator, row, Kind.WITHDRAW)
    assert current() is None


def test_somebody_who_decides_on_what_was_decided_meanwhile_changes_nothing(
    ministry: Ministry, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = handed_in(ministry.officer)
    life = queries.life_of(row)
    does(ministry.officer, row, Kind.DISCARD)
    monkeypatch.setattr("arasha.questionnaires.actions.deciding.queries.life_of", lambda _row: life)
    with pytest.raises(DecidedMeanwhile):
        does(ministry.second, row, Kind.PUBLISH)
    assert Decision.objects.filter(version=row).count() == 1


def test_a_name_that_changes_its_kind_between_versions_is_refused_with_its_row(ministry: Ministry) -> None:
    published(ministry)
    with pytest.raises(FaultyForm) as wrong:
        draft(actor=ministry.officer.enter(), reading=changed("| integer | age", "| text | age", numbered(2)), now=NOW)
    (fault,) = wrong.value.faults
    assert (fault.code, fault.sheet, fault.row, fault.column) == ("kind_changed", "survey", 4, "type")
    assert fault.values == {"name": "age", "before": "integer", "now": "text"}
