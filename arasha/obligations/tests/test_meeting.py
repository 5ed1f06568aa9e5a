"""The obliged unit answers, once, and late is late."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from arasha.kernel.access.models import Post
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.vault.queries import open_file
from arasha.kernel.vault.rules import FileRefused
from arasha.obligations import policy, queries
from arasha.obligations.actions import (
    AlreadyMet,
    AnswerMissing,
    Attached,
    NotPossibleNow,
    ObligationNotFound,
    TooLong,
    TooManyFiles,
    meet,
    sweep_batch,
    waive,
)
from arasha.obligations.models import Answer, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
TICK = timedelta(microseconds=1)
WORDS = "The child is with her grandmother and safe; the inspector visits on Thursday."
pytestmark = pytest.mark.django_db


def test_an_answer_in_time_meets_it(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    met = meet(actor=actor, obligation=obligation.id, answer=f"  {WORDS}\n", now=DUE)
    assert (met.state, met.met_at, met.next_check_at) == ("met", DUE, None)
    assert (met.met_by_unit_id, met.met_by_post_id) == (district.inspector.unit.id, district.inspector.post)
    assert [given.text for given in queries.answers_of(met)] == [WORDS]


def test_a_moment_after_the_limit_it_is_met_late_also_before_the_sweeper_came(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    assert meet(actor=actor, obligation=obligation.id, answer=WORDS, now=DUE + TICK).state == "met_late"


def test_an_overdue_one_is_met_late_and_climbs_no_further(district: District) -> None:
    obligation = cast.report(district)
    sweep_batch(actor=cast.sweeper(), now=DUE + HOUR)
    met = meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=DUE + 2 * HOUR)
    assert (met.state, met.rung) == ("met_late", 1)
    assert sweep_batch(actor=cast.sweeper(), now=DUE + 9999 * HOUR).claimed == 0


def test_an_answer_sent_in_time_counts_although_the_sweeper_was_a_moment_faster(district: District) -> None:
    obligation = cast.report(district)
    sweep_batch(actor=cast.sweeper(), now=DUE + TICK)
    met = meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=DUE)
    assert (met.state, met.next_check_at) == ("met", None)


def test_the_act_names_who_met_it_and_holds_no_words(district: District) -> None:
    obligation = cast.report(district)
    meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)
    with as_owner():
        act = Act.objects.get(verb="meet_obligation")
    assert (act.actor_user, act.actor_unit) == (district.inspector.user, district.inspector.unit.id)
    assert act.codes == {
        "facet": 7,
        "obligation": str(obligation.id),
        "unit": district.inspector.unit.id,
        "state": "met",
        "due_at": DUE.isoformat(),
        "outcome": "",
        "files": 0,
    }


def test_the_words_lie_nowhere_in_the_database_in_clear(district: District) -> None:
    obligation = cast.report(district)
    meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)
    with as_owner(), connection.cursor() as cursor:
        for table in ("obligations_answer", "obligations_obligation", "journal_act", "journal_change", "vault_history"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", ["%grandmother%"])
            assert cursor.fetchone() == (0,)
            # bytea shows as hex in the row's text
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{b'grandmother'.hex()}%"])
            assert cursor.fetchone() == (0,)


def test_meeting_it_again_changes_nothing_and_says_who_and_when(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    meet(actor=actor, obligation=obligation.id, answer=WORDS, now=NOW + HOUR)
    with pytest.raises(AlreadyMet) as before:
        meet(actor=actor, obligation=obligation.id, answer="another text", now=NOW + 2 * HOUR)
    assert before.value.obligation.met_at == NOW + HOUR
    assert Answer.objects.count() == 1
    with as_owner():
        assert Act.objects.filter(verb="meet_obligation").count() == 1


@pytest.mark.parametrize("answer", ["", "   ", "\n\t"])
def test_an_empty_answer_meets_nothing(district: District, answer: str) -> None:
    obligation = cast.report(district)
    with pytest.raises(AnswerMissing):
        meet(actor=district.inspector.enter(), obligation=obligation.id, answer=answer, now=NOW + HOUR)
    assert Obligation.objects.get().state == "open"


def test_who_only_oversees_can_not_meet_it(district: District) -> None:
    obligation = cast.report(district)
    with pytest.raises(policy.NotOwedByYou):
        meet(actor=district.coordinator.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)


@pytest.mark.parametrize("who", ["doctor", "neighbour", "police_head", "region"])
def test_to_an_outsider_it_does_not_exist(district: District, who: str) -> None:
    obligation = cast.report(district)
    actor = getattr(district, who).enter()
    for number in (obligation.id, uuid4()):
        with pytest.raises(ObligationNotFound):
            meet(actor=actor, obligation=number, answer=WORDS, now=NOW + HOUR)


def test_a_barred_colleague_in_the_obliged_unit_can_not_meet_it(district: District) -> None:
    with cast.building():
        colleague = cast.seat(district.inspector.unit)
    obligation = cast.report(district, bars=[{"user_id": district.inspector.user}])
    with pytest.raises(ObligationNotFound):
        meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)
    assert meet(actor=colleague.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR).state == "met"


def test_a_second_seat_elsewhere_opens_nothing_to_a_barred_person(district: District) -> None:
    obligation = cast.report(district, bars=[{"user_id": district.inspector.user}])
    assert obligation.unit_id == district.coordinator.unit.id  # nobody else sits in the inspection
    with cast.building():
        user = Post.objects.get(pk=district.inspector.post).holder
        second = cast.seat(district.coordinator.unit, user=user)
    with pytest.raises(ObligationNotFound):
        meet(actor=second.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)


def test_who_was_told_of_silence_reads_the_answer_and_the_reporter_does_not(district: District) -> None:
    obligation = cast.report(district)
    sweep_batch(actor=cast.sweeper(), now=DUE + HOUR)
    met = meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=DUE + 2 * HOUR)
    district.police_head.enter()
    assert [given.text for given in queries.answers_of(met)] == [WORDS]
    for outsider in (district.doctor, district.neighbour, district.nation):
        outsider.enter()
        assert queries.answers_of(met) == []


def attached(*names: str, content: bytes = b"On 3 March the girl was seen at home.\n") -> list[Attached]:
    return [Attached(name, io.BytesIO(content)) for name in names]


def test_files_come_with_an_answer_and_are_read_by_who_reads_it(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    files = attached("act of visit.txt", "фото.txt")
    met = meet(actor=actor, obligation=obligation.id, answer=WORDS, files=files, now=NOW + HOUR)
    district.coordinator.enter()
    (given,) = queries.answers_of(met)
    assert [proof.name for proof in given.proofs] == ["act of visit.txt", "фото.txt"]
    assert b"".join(open_file(given.proofs[0].file)) == b"On 3 March the girl was seen at home.\n"
    district.neighbour.enter()
    assert queries.answers_of(met) == []
    assert queries.proof(met, given.proofs[0].id) is None
    with as_owner():
        assert Act.objects.get(verb="meet_obligation").codes["files"] == 2


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff", "type")]
)
def test_a_file_that_can_not_be_kept_leaves_nothing_recorded(district: District, content: bytes, code: str) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    files = [*attached("good.txt"), *attached("bad.exe", content=content)]
    with pytest.raises(FileRefused) as refused, transaction.atomic():
        meet(actor=actor, obligation=obligation.id, answer=WORDS, files=files, now=NOW + HOUR)
    assert refused.value.code == code
    assert (Answer.objects.count(), Obligation.objects.get().state) == (0, "open")


def test_more_files_than_are_taken_at_once_are_refused(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    with pytest.raises(TooManyFiles):
        meet(actor=actor, obligation=obligation.id, answer=WORDS, files=attached(*["x.txt"] * 11), now=NOW + HOUR)


def test_an_answer_without_end_is_refused(district: District) -> None:
    obligation = cast.report(district)
    with pytest.raises(TooLong):
        meet(actor=district.inspector.enter(), obligation=obligation.id, answer="x" * 20_001, now=NOW + HOUR)


def test_the_files_lead_hears_of_an_answer_too(district: District) -> None:
    obligation = cast.report(district)
    meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)
    with as_owner():
        assert Notice.objects.filter(unit=district.coordinator.unit, code="duty_met").count() == 1


def test_what_was_waived_can_not_be_met(district: District) -> None:
    obligation = cast.report(district)
    actor = district.coordinator.enter()
    waive(actor=actor, obligation=obligation.id, reason="not_needed", words="x", now=NOW)
    with pytest.raises(NotPossibleNow):
        meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=NOW + HOUR)
