"""A text is drafted by one, reviewed by another, comes into force from a day, ends by two: in the code and in SQL."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, matrix
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act, Change
from arasha.kernel.journal.rules import configuration_stream
from arasha.protocols import policy, queries
from arasha.protocols.actions import DecidedMeanwhile, NumberTaken, decide, draft
from arasha.protocols.migrations import __path__ as migrations
from arasha.protocols.models import Decision, ProtocolVersion
from arasha.protocols.rules import FaultyProtocol
from arasha.protocols.rules.standing import DecisionForbidden, Kind, Life, Stage
from arasha.protocols.tests.cast import NOW, Ministry, make_ministry
from arasha.protocols.tests.procedures import MADE_UP
from tests.database import as_owner

TODAY = date(2060, 3, 1)
TOMORROW = TODAY + timedelta(days=1)
EVENT, CODES = "report_signal", {"reporter": "tester"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Ministry:
    return make_ministry()


@pytest.fixture
def drafted(ministry: Ministry) -> ProtocolVersion:
    return draft(actor=ministry.officer.enter(), text=MADE_UP, file="made_up.yaml", now=NOW)


def does(person: Person, version: ProtocolVersion, kind: Kind, day: date | None = None, **more: object) -> None:
    reason = "" if kind in {Kind.REVIEW, Kind.ADOPT, Kind.END, Kind.WITHDRAW} else "because"
    decide(actor=person.enter(), version=version.pk, kind=kind, now=NOW, day=day, reason=reason)


def started(*days: int) -> list[list[int]]:
    """Return which versions a report starts so many days from now."""
    found = [queries.started_by(EVENT, CODES, NOW + timedelta(days=ahead)) for ahead in days]
    return [[one.protocol.version for one in versions] for versions in found]


def stage(version: ProtocolVersion) -> Stage:
    return queries.lives_of([version])[version.pk].stage


def test_a_draft_obliges_nobody_until_a_second_person_reviewed_it_and_its_day_has_come(
    ministry: Ministry, drafted: ProtocolVersion
) -> None:
    assert started(0, 1) == [[], []]
    does(ministry.lawyer, drafted, Kind.REVIEW)
    assert started(1) == [[]]
    does(ministry.officer, drafted, Kind.ADOPT, TOMORROW)
    assert started(0, 1) == [[], [1]]
    does(ministry.officer, drafted, Kind.PROPOSE_END, TOMORROW + timedelta(days=5))
    assert started(20) == [[1]]
    does(ministry.prosecutor, drafted, Kind.END, TOMORROW + timedelta(days=5))
    assert started(5, 6) == [[1], []]


def test_a_new_version_takes_over_on_its_day_and_a_file_keeps_the_old_one(
    ministry: Ministry, drafted: ProtocolVersion
) -> None:
    does(ministry.lawyer, drafted, Kind.REVIEW)
    does(ministry.lawyer, drafted, Kind.ADOPT, TOMORROW)
    text = MADE_UP.replace("version: 1", "version: 2").replace("amount: 1,", "amount: 2,")
    second = draft(actor=ministry.lawyer.enter(), text=text, file="made_up.yaml", now=NOW)
    does(ministry.officer, second, Kind.REVIEW)
    does(ministry.officer, second, Kind.ADOPT, TOMORROW + timedelta(days=7))
    assert started(1, 7, 8) == [[1], [1], [2]]
    codes = {"protocol": "made_up", "step": "look_by_head", "outcome": "confirmed"}
    (kept,) = queries.continued_by([drafted.pk], "meet_obligation", codes)
    assert kept.protocol.version == 1
    with pytest.raises(DecisionForbidden, match="stage"):
        does(ministry.officer, drafted, Kind.ADOPT, TOMORROW)


def test_an_older_number_is_not_put_in_force_after_a_higher_one(ministry: Ministry, drafted: ProtocolVersion) -> None:
    text = MADE_UP.replace("version: 1", "version: 2")
    second = draft(actor=ministry.officer.enter(), text=text, file="made_up.yaml", now=NOW)
    for version in (drafted, second):
        does(ministry.lawyer, version, Kind.REVIEW)
    does(ministry.lawyer, second, Kind.ADOPT, TOMORROW)
    with pytest.raises(DecisionForbidden, match="number"):
        does(ministry.lawyer, drafted, Kind.ADOPT, TOMORROW)


def test_nobody_reviews_their_own_text_and_nobody_ends_what_they_proposed_to_end(
    ministry: Ministry, drafted: ProtocolVersion
) -> None:
    with pytest.raises(DecisionForbidden, match="author"):
        does(ministry.officer, drafted, Kind.REVIEW)
    does(ministry.prosecutor, drafted, Kind.REVIEW)
    does(ministry.officer, drafted, Kind.ADOPT, TOMORROW)
    does(ministry.lawyer, drafted, Kind.PROPOSE_END, TOMORROW)
    with pytest.raises(DecisionForbidden, match="proposer"):
        does(ministry.lawyer, drafted, Kind.END, TOMORROW)
    does(ministry.officer, drafted, Kind.KEEP)
    assert stage(drafted) is Stage.ADOPTED


def test_a_text_that_the_reviewer_returns_stays_returned_with_the_reason(
    ministry: Ministry, drafted: ProtocolVersion
) -> None:
    does(ministry.lawyer, drafted, Kind.RETURN)
    assert Decision.objects.get().reason == "because"
    with pytest.raises(DecisionForbidden, match="stage"):
        does(ministry.lawyer, drafted, Kind.REVIEW)


@pytest.mark.parametrize("who", ["coordinator", "doctor", "prosecutor", "district_prosecutor"])
def test_others_draft_nothing(ministry: Ministry, who: str) -> None:
    with pytest.raises(policy.NotAllowed):
        draft(actor=getattr(ministry, who).enter(), text=MADE_UP, file="made_up.yaml", now=NOW)


@pytest.mark.parametrize(
    ("who", "kind", "error"),
    [
        ("coordinator", Kind.REVIEW, queries.VersionNotFound),
        ("doctor", Kind.REVIEW, queries.VersionNotFound),
        ("district_prosecutor", Kind.REVIEW, queries.VersionNotFound),
        ("prosecutor", Kind.WITHDRAW, policy.NotAllowed),
        ("prosecutor", Kind.ADOPT, policy.NotAllowed),
    ],
)
def test_who_has_no_part_in_deciding_does_not_even_find_the_draft(
    ministry: Ministry, drafted: ProtocolVersion, who: str, kind: Kind, error: type[Exception]
) -> None:
    with pytest.raises(error):
        decide(actor=getattr(ministry, who).enter(), version=drafted.pk, kind=kind, now=NOW, day=TOMORROW)


def test_what_is_in_force_or_will_be_everybody_reads(ministry: Ministry, drafted: ProtocolVersion) -> None:
    doctor = ministry.doctor.enter()
    assert drafted not in policy.visible_to(doctor)
    assert policy.visible_to(doctor).filter(code="suspected_violence_health").exists()
    does(ministry.lawyer, drafted, Kind.REVIEW)
    does(ministry.officer, drafted, Kind.ADOPT, TOMORROW)
    assert drafted in policy.visible_to(ministry.doctor.enter())
    does(ministry.officer, drafted, Kind.WITHDRAW)
    assert drafted not in policy.visible_to(ministry.doctor.enter())
    assert drafted in policy.visible_to(ministry.prosecutor.enter())


def test_a_number_that_is_taken_and_a_faulty_text_keep_nothing(ministry: Ministry, drafted: ProtocolVersion) -> None:
    officer = ministry.officer.enter()
    with pytest.raises(NumberTaken) as taken:
        draft(actor=officer, text=MADE_UP, file="made_up.yaml", now=NOW)
    assert taken.value.highest == 1
    with pytest.raises(FaultyProtocol, match=r"pasted, line \d+: there is no function 'nobody'"):
        draft(actor=officer, text=MADE_UP.replace("education_school", "nobody"), file="pasted", now=NOW)
    with pytest.raises(FaultyProtocol, match="no act of law 'law-of-nobody'"):
        draft(actor=officer, text=MADE_UP.replace("law-amendments-2019", "law-of-nobody"), file="pasted", now=NOW)
    assert ProtocolVersion.objects.filter(code="made_up").count() == 1


def test_each_step_is_an_act_with_codes_and_each_decision_a_change(
    ministry: Ministry, drafted: ProtocolVersion
) -> None:
    does(ministry.lawyer, drafted, Kind.REVIEW)
    does(ministry.officer, drafted, Kind.ADOPT, TOMORROW)
    with as_owner():
        acts = list(Act.objects.filter(stream_kind="configuration", stream_key="protocols").order_by("seq"))
        assert [one.verb for one in acts] == ["draft_protocol", "review_protocol", "adopt_protocol"]
        assert acts[0].codes == {"protocol": "made_up", "version": 1, "sha256": drafted.sha256}
        assert acts[2].codes == {"protocol": "made_up", "version": 1, "day": TOMORROW.isoformat()}
        changes = Change.objects.filter(table_name="protocols_decision").order_by("id")
        assert [change.columns["kind"] for change in changes] == ["review", "adopt"]
        assert {change.columns["user_id"] for change in changes} == {ministry.lawyer.user_id, ministry.officer.user_id}


def test_two_who_decide_at_once_do_not_both_succeed(ministry: Ministry, drafted: ProtocolVersion) -> None:
    decided = "SELECT protocols.decide(gen_random_uuid(), %s, 'review', NULL, '', false, 0, now())"
    ministry.lawyer.enter()
    run(decided, drafted.pk)
    with pytest.raises(DatabaseError, match="meanwhile"):
        run(decided, drafted.pk)
    lives = queries.lives_of([drafted])
    assert lives[drafted.pk].stage is Stage.REVIEWED
    with pytest.MonkeyPatch.context() as patch:
        stale = {drafted.pk: Life(Stage.DRAFT, None, None, ministry.officer.user_id)}
        patch.setattr(queries, "lives_of", lambda rows: stale)
        with pytest.raises(DecidedMeanwhile):
            does(ministry.prosecutor, drafted, Kind.RETURN)


def run(statement: str, *values: int) -> None:
    """Run a statement as the application's role, inside an open act."""
    stream = configuration_stream("test")
    with transaction.atomic(), act(verb="attack", stream=stream, now=NOW), connection.cursor() as cursor:
        cursor.execute(statement, values)


DECIDE = "SELECT protocols.decide(gen_random_uuid(), %s, '{kind}', {day}, '', false, 0, now())"


@pytest.mark.parametrize(
    ("who", "statement", "error"),
    [
        ("officer", DECIDE.format(kind="review", day="NULL"), "nobody reviews their own"),
        ("officer", DECIDE.format(kind="adopt", day="'2099-01-01'"), "a second person reviews"),
        ("lawyer", DECIDE.format(kind="adopt", day="'2099-01-01'"), "a second person reviews"),
        ("lawyer", DECIDE.format(kind="end", day="'2099-01-01'"), "a second person confirms"),
        ("lawyer", DECIDE.format(kind="propose_end", day="'2020-01-01'"), "backwards"),
        ("district_prosecutor", DECIDE.format(kind="review", day="NULL"), "not decided by this post"),
        ("doctor", DECIDE.format(kind="review", day="NULL"), "not decided by this post"),
        ("doctor", DECIDE.format(kind="anything", day="NULL"), "not decided by this post"),
        ("prosecutor", DECIDE.format(kind="adopt", day="'2099-01-01'"), "not decided by this post"),
        ("lawyer", "UPDATE protocols_version SET declared = 'in_force' WHERE id = %s", "permission denied"),
        ("lawyer", "DELETE FROM protocols_decision WHERE version_id = %s", "permission denied"),
        ("lawyer", "INSERT INTO protocols_decision (version_id) VALUES (%s)", "permission denied"),
        (
            "coordinator",
            "SELECT protocols.draft('b', %s::integer, 'e', now()::date, NULL, '', '{}', 'x', now())",
            "not drafted by this post",
        ),
    ],
)
def test_the_database_holds_the_same_against_injected_sql(
    ministry: Ministry, drafted: ProtocolVersion, who: str, statement: str, error: str
) -> None:
    getattr(ministry, who).enter()
    with pytest.raises(DatabaseError, match=error):
        run(statement, drafted.pk)


def test_a_draft_outside_an_act_is_refused_and_a_decision_never_changes(
    ministry: Ministry, drafted: ProtocolVersion
) -> None:
    ministry.officer.enter()
    with pytest.raises(DatabaseError, match="no act is open"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT protocols.draft('b', 1, 'e', now()::date, NULL, '', '{}', 'x', now())")
    does(ministry.lawyer, drafted, Kind.REVIEW)
    with as_owner(), pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Decision.objects.update(kind="adopt")


def test_the_databases_rights_are_those_of_the_table_of_rights() -> None:
    text = (Path(next(iter(migrations))) / "sql" / "0002_decisions.sql").read_text(encoding="utf-8")
    for right in (policy.DRAFT, policy.REVIEW, policy.ADOPT):
        holders = ", ".join(f"'{function}'" for function in sorted(matrix.rights()[right]))
        assert f"WHEN '{right}' THEN ARRAY[{holders}]" in text


def test_system_work_drafts_and_decides_nothing(drafted: ProtocolVersion) -> None:
    clock = Actor(kind="system", purpose="sweep")
    with pytest.raises(policy.NotAllowed):
        draft(actor=clock, text=MADE_UP, file="x", now=NOW)
    with pytest.raises(policy.NotAllowed):
        decide(actor=clock, version=drafted.pk, kind=Kind.REVIEW, now=NOW)
