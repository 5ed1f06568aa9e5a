"""A form is begun, filled in, handed in, corrected and withdrawn; what was handed in stays as it was."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from arasha.kernel.access.rules import Facet
from arasha.kernel.access.tests import cast
from arasha.kernel.journal.models import Act, Change
from arasha.questionnaires import actions, queries
from arasha.questionnaires.models import Answer, Response, ResponseDraft
from arasha.questionnaires.tests import answering_cast
from arasha.questionnaires.tests.answering_cast import NOW, WHOLE, File, begun, handed_in, save
from arasha.questionnaires.tests.writing import question
from arasha.ui.rules import UnknownCode
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def acts(verb: str) -> list[Act]:
    with as_owner():
        return list(Act.objects.filter(verb=verb).order_by("id"))


def faults(error: actions.AnswersFaulty) -> set[tuple[str, str]]:
    return {(finding.code, finding.key) for finding in error.findings}


def test_who_writes_the_facet_begins_under_the_version_in_force_and_that_is_one_act(file: File) -> None:
    response = begun(file)
    assert (response.state, response.facet, response.unit_id) == ("draft", Facet.HEALTH, file.doctor.unit_id)
    (act,) = acts("begin_response")
    assert act.codes == {
        "facet": Facet.HEALTH,
        "unit": file.doctor.unit_id,
        "form": "tried_health",
        "response": str(response.pk),
    }


@pytest.mark.parametrize("who", ["teacher", "stranger", "lead"])
def test_nobody_else_begins_it(file: File, who: str) -> None:
    person: cast.Person = getattr(file, who)
    with pytest.raises(actions.ResponseNotThere):
        actions.begin(actor=person.enter(), dossier=file.dossier, code="tried_health", language="kk", now=NOW)
    assert acts("begin_response") == []


def test_a_form_that_is_not_in_force_is_not_begun(file: File) -> None:
    with pytest.raises(actions.FormNotInForce):
        begun(file, code="never_published")


def test_what_is_half_written_is_sealed_read_again_and_stands_in_no_journal(file: File) -> None:
    response = begun(file)
    with as_owner():
        before = Change.objects.count()
    save(file, response, {"sleep": {"sleeps": "no", "words": "Түнде жылайды"}})
    with as_owner():
        assert Change.objects.count() == before
        assert "Түнде".encode() not in bytes(ResponseDraft.objects.get(response=response).sealed)
    file.colleague.enter()
    draft = queries.draft_of(response.pk, NOW)
    assert draft is not None
    assert (draft.answers["sleep"]["words"], draft.revision, draft.newer) == ("Түнде жылайды", 2, None)


@pytest.mark.parametrize("who", ["teacher", "stranger"])
def test_whoever_may_not_read_the_facet_finds_neither_draft_nor_answers(file: File, who: str) -> None:
    draft, done = begun(file), handed_in(file)
    getattr(file, who).enter()
    assert (queries.response(draft.pk), queries.draft_of(draft.pk, NOW), queries.reading_of(done.pk)) == (None,) * 3
    assert queries.responses_of(file.dossier) == []
    assert list(queries.answers_of("tried_health", "/data/sleep/sleeps")) == []
    with pytest.raises(actions.ResponseNotThere):
        actions.save_draft(
            actor=getattr(file, who).enter(), response=draft.pk, revision=1, at="", value={}, seen="", now=NOW
        )


def test_a_reader_of_the_facet_reads_and_does_not_write(file: File) -> None:
    response = begun(file)
    save(file, response, {"sleep": {"sleeps": "yes"}})
    file.lead.enter()
    assert queries.draft_of(response.pk, NOW) is not None
    with pytest.raises(actions.ResponseNotThere):
        save(file, response, {}, who=file.lead)


def test_handing_in_makes_typed_rows_seals_words_and_empties_the_draft(file: File) -> None:
    response = handed_in(file)
    assert (response.state, response.submitted_by_id) == ("submitted", file.doctor.user_id)
    file.doctor.enter()
    rows = {(row.path, row.position, row.code): row for row in Answer.objects.filter(response=response)}
    assert {key: row.code for key, row in rows.items() if row.code} == {
        ("/data/sleep/sleeps", "", "no"): "no",
        ("/data/body/care", "", "doctor"): "doctor",
        ("/data/body/care", "", "glasses"): "glasses",
    }
    assert rows["/data/body/height", "", ""].number == Decimal(131)
    assert rows["/data/body/seen_on", "", ""].date == date(2026, 11, 20)
    words = queries.said(list(rows.values()))
    assert {words[row.pk] for row in rows.values() if row.pk in words} == {"Түнде оянады", "бөртпе"}
    assert rows["/data/body/illnesses/name", "1", ""].position == "1"
    assert bytes(ResponseDraft.objects.get(response=response).sealed) == b""
    assert queries.draft_of(response.pk, NOW) is None
    reading = queries.reading_of(response.pk)
    assert reading is not None
    assert reading.answers == WHOLE
    assert [act.codes["response"] for act in acts("submit_response")] == [str(response.pk)]


def test_neither_words_nor_dates_stand_in_the_journal(file: File) -> None:
    handed_in(file)
    with as_owner():
        columns = [change.columns for change in Change.objects.filter(table_name="questionnaires_answer")]
    text = str(columns)
    assert "оянады" not in text
    assert "2026-11-20" not in text
    assert "glasses" in text


def test_what_does_not_hold_comes_back_and_nothing_is_lost(file: File) -> None:
    response = begun(file)
    saved = save(file, response, {"sleep": {"sleeps": "no"}, "body": {"height": "7", "seen_on": "2026-11-24"}})
    with pytest.raises(actions.AnswersFaulty) as told:
        actions.submit(actor=file.doctor.enter(), response=response.pk, revision=saved.revision, now=NOW)
    assert faults(told.value) == {
        ("required", "sleep/words"),
        ("constraint", "body/height"),
        ("constraint", "body/seen_on"),
    }
    draft = queries.draft_of(response.pk, NOW)
    assert draft is not None
    assert draft.answers["body"]["height"] == "7"
    assert acts("submit_response") == []


def test_answers_below_what_became_irrelevant_are_not_handed_in(file: File) -> None:
    response = handed_in(file, WHOLE | {"sleep": {"sleeps": "yes", "words": "артық"}})
    reading = queries.reading_of(response.pk)
    assert reading is not None
    assert reading.answers is not None
    assert reading.answers["sleep"] == {"sleeps": "yes"}


def test_a_draft_that_somebody_wrote_into_since_is_not_handed_in(file: File) -> None:
    response = begun(file)
    first = save(file, response, WHOLE)
    save(file, response, "yes", at="sleep/sleeps")
    with pytest.raises(actions.DraftChanged):
        actions.submit(actor=file.doctor.enter(), response=response.pk, revision=first.revision, now=NOW)
    with pytest.raises(actions.ResponseNotThere):
        actions.submit(actor=file.stranger.enter(), response=response.pk, revision=first.revision, now=NOW)


def test_an_empty_form_is_not_handed_in(file: File) -> None:
    with cast.building():
        answering_cast.publish("free", [question("begin_group", "g"), question("text", "t"), question("end_group")])
    response = begun(file, code="free")
    with pytest.raises(actions.NothingWritten):
        actions.submit(actor=file.doctor.enter(), response=response.pk, revision=1, now=NOW)


def test_handed_in_twice_is_handed_in_once(file: File) -> None:
    response = handed_in(file)
    with pytest.raises(actions.ResponseNotThere):
        actions.submit(actor=file.doctor.enter(), response=response.pk, revision=2, now=NOW)


def test_a_correction_takes_the_place_of_what_it_corrects_and_both_are_read(file: File) -> None:
    first = handed_in(file)
    begun_again = actions.correct(actor=file.colleague.enter(), response=first.pk, now=NOW).response
    with pytest.raises(actions.ResponseNotThere):
        actions.correct(actor=file.doctor.enter(), response=first.pk, now=NOW)
    saved = save(file, begun_again, "140", at="body/height")
    reading = queries.reading_of(first.pk)
    assert reading is not None
    assert reading.response.state == "submitted"  # it counts until the correction is in
    second = actions.submit(actor=file.doctor.enter(), response=begun_again.pk, revision=saved.revision, now=NOW)
    assert [row.number for row in queries.answers_of("tried_health", "/data/body/height")] == [Decimal(140)]
    before = queries.reading_of(first.pk)
    assert before is not None
    assert (before.response.state, before.answers) == ("corrected", WHOLE)
    assert [row.pk for row in queries.history_of(second)] == [first.pk]


def test_what_is_withdrawn_counts_no_more_and_stays_readable(file: File) -> None:
    response = handed_in(file)
    with pytest.raises(UnknownCode):
        actions.withdraw(actor=file.doctor.enter(), response=response.pk, reason="just_so", now=NOW)
    with pytest.raises(actions.ResponseNotThere):
        actions.withdraw(actor=file.lead.enter(), response=response.pk, reason="twice", now=NOW)
    actions.withdraw(actor=file.doctor.enter(), response=response.pk, reason="twice", now=NOW)
    assert list(queries.answers_of("tried_health", "/data/body/height")) == []
    assert queries.reading_of(response.pk) is not None
    assert [act.codes["reason"] for act in acts("withdraw_response")] == ["twice"]


def test_a_form_of_three_hundred_questions_is_handed_in_whole(file: File) -> None:
    survey = [question("begin_group", "all")]
    survey += [question("text" if n % 3 else "integer", f"q{n}") for n in range(300)]
    with cast.building():
        answering_cast.publish("three_hundred", [*survey, question("end_group")])
    answers: dict[str, Any] = {"all": {f"q{n}": f"{n} сөз" if n % 3 else str(n) for n in range(300)}}
    response = begun(file, code="three_hundred")
    saved = save(file, response, answers)
    actions.submit(actor=file.doctor.enter(), response=response.pk, revision=saved.revision, now=NOW)
    assert Answer.objects.filter(response=response).count() == 300
    reading = queries.reading_of(response.pk)
    assert reading is not None
    assert reading.answers == answers


def test_one_answer_stands_once(file: File) -> None:
    response = handed_in(file)
    file.doctor.enter()
    row = Answer.objects.filter(response=response, path="/data/body/height").get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), cast.acting(file.doctor):
        row.save(force_insert=True)


def test_a_barred_worker_of_the_unit_finds_nothing(file: File) -> None:
    response = handed_in(file)
    with cast.building():
        cast_bar(file)
    file.doctor.enter()
    assert queries.reading_of(response.pk) is None
    with pytest.raises(actions.ResponseNotThere):
        begun(file)
    file.colleague.enter()
    assert queries.reading_of(response.pk) is not None


def cast_bar(file: File) -> None:
    from arasha.kernel.access.models import Bar  # noqa: PLC0415  built past every right

    Bar.objects.create(dossier_id=file.dossier, user_id=file.doctor.user_id, since=cast.LONG_AGO, reason="suspect")


def test_responses_of_one_form_are_listed_the_newest_first(file: File) -> None:
    one, other = handed_in(file), begun(file, now=NOW.replace(hour=10))
    assert [row.pk for row in queries.responses_of(file.dossier, "tried_health")] == [other.pk, one.pk]
    assert queries.responses_of(file.dossier, "another") == []
    assert Response.objects.filter(pk=one.pk).exists()
