"""A form changes while it is filled in, and after: each answer stays under the version that it was given to."""

import pytest

from arasha.kernel.access.tests import cast
from arasha.questionnaires import actions, queries
from arasha.questionnaires.tests import answering_cast
from arasha.questionnaires.tests.answering_cast import HEALTH, LISTS, NOW, WHOLE, File, begun, handed_in, save
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_draft_stays_on_its_version_and_says_that_a_newer_is_there(file: File) -> None:
    response = begun(file)
    save(file, response, WHOLE)
    newer = answered_otherwise()
    file.doctor.enter()
    draft = queries.draft_of(response.pk, NOW)
    assert draft is not None
    assert (draft.form.version, draft.newer) == ("1", newer)
    actions.submit(actor=file.doctor.enter(), response=response.pk, revision=draft.revision, now=NOW)
    reading = queries.reading_of(response.pk)
    assert reading is not None
    assert (reading.form.version, reading.answers) == ("1", WHOLE)


def answered_otherwise() -> int:
    """Put down a second version: the height is gone, and of care no glasses are offered."""
    survey = [row for row in HEALTH if row.get("name") != "height"]
    with cast.building():
        lists = [row for row in LISTS if row["name"] != "glasses"]
        return answering_cast.publish("tried_health", survey, lists, version=2).pk


def test_carried_over_a_draft_keeps_what_fits_and_says_what_does_not(file: File) -> None:
    response = begun(file)
    save(file, response, WHOLE)
    newer = answered_otherwise()
    gone_on = actions.go_on(actor=file.doctor.enter(), response=response.pk, now=NOW)
    assert gone_on.left == {"body/height": "131", "body/care": "doctor glasses"}
    draft = queries.draft_of(gone_on.response.pk, NOW)
    assert draft is not None
    assert draft.response.version_id == newer
    assert draft.answers == {
        "sleep": WHOLE["sleep"],
        "body": {"seen_on": "2026-11-20", "illnesses": [{"name": "бөртпе"}]},
    }
    earlier = queries.unfinished_of(response.pk, NOW)
    assert earlier is not None
    assert earlier.answers == WHOLE  # the words are kept, whatever the new form asks
    with pytest.raises(actions.ResponseNotThere):
        actions.go_on(actor=file.doctor.enter(), response=response.pk, now=NOW)
    with pytest.raises(actions.NothingNewer):
        actions.go_on(actor=file.doctor.enter(), response=gone_on.response.pk, now=NOW)


def test_a_correction_that_went_on_in_a_newer_version_takes_the_place_of_the_first(file: File) -> None:
    first = handed_in(file)
    correction = actions.correct(actor=file.doctor.enter(), response=first.pk, now=NOW).response
    answered_otherwise()
    gone_on = actions.go_on(actor=file.doctor.enter(), response=correction.pk, now=NOW).response
    file.doctor.enter()
    draft = queries.draft_of(gone_on.pk, NOW)
    assert draft is not None
    actions.submit(actor=file.doctor.enter(), response=gone_on.pk, revision=draft.revision, now=NOW)
    states = {row.pk: row.state for row in queries.responses_of(first.dossier_id)}
    assert states == {first.pk: "corrected", correction.pk: "withdrawn", gone_on.pk: "submitted"}


def test_old_versions_are_read_for_ever_also_when_they_are_withdrawn(file: File) -> None:
    response = handed_in(file)
    answered_otherwise()
    with as_owner():
        type(response.version).objects.filter(pk=response.version_id).update(state="withdrawn", withdrawn_at=NOW)
    file.doctor.enter()
    reading = queries.reading_of(response.pk)
    assert reading is not None
    assert reading.answers == WHOLE
    assert [question.name for question in reading.form.questions()][:2] == ["sleeps", "words"]
