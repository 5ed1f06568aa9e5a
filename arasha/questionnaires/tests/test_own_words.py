"""An adult's own safety: whoever asked keeps what they wrote; others read it by a grant by name, or not at all."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import pytest

from arasha.kernel.access.actions import bar, grant_facet, record_look
from arasha.kernel.access.queries import looks_at, may_keep_own, may_read, may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal import queries as journal
from arasha.kernel.journal.rules import dossier_stream
from arasha.questionnaires import actions, queries
from arasha.questionnaires.models import Answer, Response, ResponseDraft
from arasha.questionnaires.tests.answering_cast import NOW, publish
from arasha.questionnaires.tests.writing import choices, question

pytestmark = pytest.mark.django_db
SAFETY = Facet.ADULT_SAFETY
LATER = cast.NOW + timedelta(days=30)


@dataclass(frozen=True)
class Home:
    """A file that the police lead; a clinic and a family support centre work on it, a coordinator oversees it."""

    dossier: uuid.UUID
    police: Person
    nurse: Person
    colleague: Person
    centre: Person
    coordinator: Person
    school: Person


@pytest.fixture
def home(db: None) -> Home:
    with cast.building():
        units = {
            "lead": cast.make_unit("police", "juvenile_inspection"),
            "obliged": cast.make_unit("clinic", "health_care"),
            "partner": cast.make_unit("centre", "family_support"),
            "overseeing": cast.make_unit("coordination", "coordination_district"),
            "informed": cast.make_unit("school", "education_school"),
        }
        publish(
            "asked_alone",
            [question("select_one yn", "safe"), question("text", "words")],
            choices("yn", "yes", "no"),
            facet="adult_safety",
        )
        people = {part: cast.make_person(unit) for part, unit in units.items()}
        colleague = cast.make_person(units["obliged"])
        dossier = cast.make_dossier(**{part: unit.pk for part, unit in units.items()})
    return Home(
        dossier,
        people["lead"],
        people["obliged"],
        colleague,
        people["partner"],
        people["overseeing"],
        people["informed"],
    )


def written(home: Home, by: Person, *, hands_in: bool = True) -> Response:
    actor = by.enter()
    begun = actions.begin(actor=actor, dossier=home.dossier, code="asked_alone", language="kk", now=NOW)
    row = begun.response
    sent = {"safe": "no", "words": "үйде қорқады"}
    saved = actions.save_draft(actor=actor, response=row.pk, revision=1, at="", value=sent, seen="", now=NOW)
    if hands_in:
        actions.submit(actor=actor, response=row.pk, revision=saved.revision, now=NOW)
    return row


def sees(home: Home, person: Person) -> tuple[int, int, int]:
    """Return how many responses, drafts and answers are there for somebody."""
    person.enter()
    counts = [model.objects.filter(dossier=home.dossier).count() for model in (Response, ResponseDraft, Answer)]
    return counts[0], counts[1], counts[2]


def test_who_asks_writes_without_a_grant_and_reads_and_corrects_their_own(home: Home) -> None:
    row = written(home, home.nurse)

    reading = queries.reading_of(row.pk)
    assert reading is not None
    assert reading.answers == {"safe": "no", "words": "үйде қорқады"}
    assert sees(home, home.nurse) == (1, 1, 2)
    newer = actions.correct(actor=home.nurse.enter(), response=row.pk, now=NOW).response
    actions.submit(actor=home.nurse.enter(), response=newer.pk, revision=1, now=NOW)
    assert {one.state for one in queries.responses_of(home.dossier)} == {"submitted", "corrected"}


@pytest.mark.parametrize("who", ["police", "colleague", "centre", "coordinator", "school"])
@pytest.mark.parametrize("hands_in", [True, False])
def test_nobody_else_of_the_file_finds_it_half_written_or_handed_in(home: Home, who: str, *, hands_in: bool) -> None:
    row = written(home, home.nurse, hands_in=hands_in)

    person: Person = getattr(home, who)
    assert sees(home, person) == (0, 0, 0)
    assert queries.response(row.pk) is None
    acts = journal.acts_of(dossier_stream(home.dossier))
    assert [act.verb for act in acts if act.verb.endswith("_response")] == []
    with pytest.raises(actions.ResponseNotThere):
        actions.withdraw(actor=person.enter(), response=row.pk, reason="by_mistake", now=NOW)


@pytest.mark.parametrize("who", ["police", "school", "coordinator"])
def test_neither_police_nor_school_nor_who_only_oversees_can_write_there(home: Home, who: str) -> None:
    person: Person = getattr(home, who)
    with pytest.raises(actions.ResponseNotThere):
        written(home, person)


def test_each_who_asks_keeps_their_own_and_not_the_others(home: Home) -> None:
    written(home, home.nurse)
    written(home, home.centre)

    assert sees(home, home.nurse) == (1, 1, 2)
    assert sees(home, home.centre) == (1, 1, 2)


def test_a_grant_by_name_opens_it_to_one_person_and_not_to_the_unit(home: Home) -> None:
    row = written(home, home.nurse)
    with cast.acting(home.police):
        grant_facet(
            dossier=home.dossier, facet=SAFETY, until=LATER, reason="care", user_id=home.centre.user_id, writes=True
        )

    assert sees(home, home.centre) == (1, 1, 2)
    assert queries.reading_of(row.pk) is not None
    assert sees(home, home.colleague) == (0, 0, 0)


@pytest.mark.parametrize("who", ["police", "school"])
def test_a_grant_opens_nothing_to_whose_function_may_not(home: Home, who: str) -> None:
    written(home, home.nurse)
    person: Person = getattr(home, who)
    with cast.building():
        until = LATER
        grant_facet(dossier=home.dossier, facet=SAFETY, until=until, reason="care", user_id=person.user_id, writes=True)

    assert sees(home, person) == (0, 0, 0)
    assert not may_read(home.dossier, SAFETY)
    assert not may_write(home.dossier, SAFETY)


def test_a_bar_takes_it_from_who_wrote_it(home: Home) -> None:
    written(home, home.nurse)
    with cast.building():
        bar(dossier=home.dossier, user_id=home.nurse.user_id, reason="kin")

    assert sees(home, home.nurse) == (0, 0, 0)
    assert not may_keep_own(home.dossier, SAFETY)


def test_clock_driven_work_reads_nothing_of_it(home: Home) -> None:
    written(home, home.nurse)
    with cast.recording():
        assert Response.objects.filter(dossier=home.dossier).count() == 0
        assert not may_keep_own(home.dossier, SAFETY)


def test_the_own_words_of_no_other_facet_are_kept_so(home: Home) -> None:
    home.nurse.enter()
    assert may_keep_own(home.dossier, SAFETY)
    assert [facet for facet in Facet if facet is not SAFETY and may_keep_own(home.dossier, facet)] == []


@pytest.mark.parametrize("facet", [SAFETY, Facet.REPRODUCTIVE])
def test_who_leads_does_not_learn_that_somebody_looked_there(home: Home, facet: Facet) -> None:
    record_look(actor=home.nurse.enter(), now=cast.NOW, kind="facet", dossier=home.dossier, facet=facet)
    record_look(actor=home.nurse.enter(), now=cast.NOW, kind="open", dossier=home.dossier)

    home.police.enter()
    assert [look.facet for look in looks_at(home.dossier)] == [None]
