"""Half-written words: two windows, two people, a process that dies; none is lost, none overwrites another."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from arasha.questionnaires import actions, queries
from arasha.questionnaires.models import Response, ResponseDraft
from arasha.questionnaires.rules.keeping import TooLong, digest
from arasha.questionnaires.tests.answering_cast import NOW, WHOLE, File, begun, handed_in, save
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def read(file: File, response: Response) -> queries.DraftRead:
    file.doctor.enter()
    draft = queries.draft_of(response.pk, NOW)
    assert draft is not None
    return draft


def test_two_windows_on_one_page_the_second_answer_becomes_a_copy_and_both_are_shown(file: File) -> None:
    response = begun(file)
    drawn: dict[str, Any] = {"revision": read(file, response).revision, "seen": digest(None), "at": "sleep"}
    one = save(file, response, {"sleeps": "no", "words": "бірінші"}, **drawn)
    other = save(file, response, {"sleeps": "yes"}, who=file.colleague, **drawn)
    draft = read(file, response)
    assert (one.copy, draft.answers["sleep"]["words"]) == (None, "бірінші")
    (copy,) = draft.copies
    assert (copy.id, copy.at, copy.value) == (other.copy, "sleep", {"sleeps": "yes"})
    assert copy.by
    assert copy.by != draft.by


def test_the_window_that_came_second_goes_on_in_its_own_copy(file: File) -> None:
    response = begun(file)
    drawn: dict[str, Any] = {"revision": 1, "seen": digest(None), "at": "sleep"}
    save(file, response, {"sleeps": "no"}, **drawn)
    first = save(file, response, {"words": "а"}, **drawn)
    again = save(file, response, {"words": "аб"}, copy=first.copy, **drawn)
    assert first.copy == again.copy
    assert [copy.value for copy in read(file, response).copies] == [{"words": "аб"}]
    third = save(file, response, {"words": "үшінші терезе"}, **drawn)
    assert third.copy != first.copy
    assert len(read(file, response).copies) == 2


def test_windows_on_different_pages_do_not_stand_in_each_others_way(file: File) -> None:
    response = begun(file)
    save(file, response, {"sleeps": "yes"}, at="sleep", revision=1, seen=digest(None))
    saved = save(file, response, {"height": "120"}, at="body", revision=1, seen=digest(None))
    draft = read(file, response)
    assert (saved.copy, draft.copies) == (None, ())
    assert draft.answers == {"sleep": {"sleeps": "yes"}, "body": {"height": "120"}}


def test_the_same_words_twice_are_saved_once(file: File) -> None:
    response = begun(file)
    one = save(file, response, {"sleeps": "yes"}, at="sleep")
    same = save(file, response, {"sleeps": "yes", "words": ""}, at="sleep", revision=1, seen="from another time")
    assert (same.revision, same.copy) == (one.revision, None)


def test_a_copy_is_taken_and_what_stood_there_becomes_a_copy_itself(file: File) -> None:
    response = begun(file)
    save(file, response, {"words": "бірінші"}, at="sleep")
    copy = save(file, response, {"words": "екінші"}, at="sleep", revision=1, seen=digest(None)).copy
    actions.settle_copy(actor=file.doctor.enter(), response=response.pk, copy=copy, takes=True, now=NOW)
    draft = read(file, response)
    assert draft.answers["sleep"] == {"words": "екінші"}
    assert [one.value for one in draft.copies] == [{"words": "бірінші"}]
    with pytest.raises(actions.ResponseNotThere):
        actions.settle_copy(actor=file.doctor.enter(), response=response.pk, copy=copy, takes=True, now=NOW)


def test_a_copy_is_laid_aside_by_somebody_and_by_nothing_else(file: File) -> None:
    response = begun(file)
    save(file, response, WHOLE)
    copy = save(file, response, {"words": "екінші"}, at="sleep", revision=1, seen=digest(None)).copy
    with pytest.raises(actions.ResponseNotThere):
        actions.settle_copy(actor=file.lead.enter(), response=response.pk, copy=copy, takes=False, now=NOW)
    saved = read(file, response)
    actions.submit(actor=file.doctor.enter(), response=response.pk, revision=saved.revision, now=NOW)
    reading = queries.reading_of(response.pk)
    assert reading is not None
    assert [one.value for one in reading.copies] == [{"words": "екінші"}]  # handing in loses no word


def test_laid_aside_a_copy_is_gone(file: File) -> None:
    response = begun(file)
    save(file, response, {"words": "бірінші"}, at="sleep")
    copy = save(file, response, {"words": "екінші"}, at="sleep", revision=1, seen=digest(None)).copy
    actions.settle_copy(actor=file.doctor.enter(), response=response.pk, copy=copy, takes=False, now=NOW)
    assert read(file, response).copies == ()
    with as_owner():
        assert bytes(ResponseDraft.objects.get(pk=copy).sealed) == b""


def test_a_process_that_dies_half_way_leaves_the_draft_as_it_was(file: File) -> None:
    response = begun(file)
    saved = save(file, response, WHOLE)

    def dies() -> None:
        with transaction.atomic():
            actions.submit(actor=file.doctor.enter(), response=response.pk, revision=saved.revision, now=NOW)
            raise SystemExit

    with pytest.raises(SystemExit):
        dies()
    draft = read(file, response)
    assert (draft.answers, draft.revision) == (WHOLE, saved.revision)
    assert queries.reading_of(response.pk) is None


def test_what_was_handed_in_is_written_into_no_more(file: File) -> None:
    response = handed_in(file)
    with pytest.raises(actions.ResponseNotThere):
        actions.save_draft(
            actor=file.doctor.enter(), response=response.pk, revision=2, at="", value={}, seen="", now=NOW
        )
    with pytest.raises(actions.ResponseNotThere):
        actions.save_draft(actor=file.doctor.enter(), response=uuid4(), revision=1, at="", value={}, seen="", now=NOW)


def test_more_than_anybody_writes_is_refused_and_what_stood_stands(file: File) -> None:
    response = begun(file)
    save(file, response, {"words": "қысқа"}, at="sleep")
    with pytest.raises(TooLong):
        save(file, response, {"words": "x" * 2_100_000}, at="sleep")
    assert read(file, response).answers["sleep"] == {"words": "қысқа"}
