"""Who asks and who listens: the interviewer asks about facts, anybody keeps what a child tells unasked."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases import actions, policy, queries
from arasha.cases.models import ChildWords
from arasha.kernel.access.rules import NotThere
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.ui.rules import UnknownCode
from tests.database import as_owner
from tests.happened.story import LATER, Story

pytestmark = pytest.mark.django_db
WORDS = "Мен үйге барғым келмейді"


def told(story: Story, to: Person) -> ChildWords:
    return actions.keep_unasked(actor=to.enter(), dossier=story.file, where="street", said_at=NOW, words=WORDS, now=NOW)


def reads(story: Story, who: Person) -> list[str | None]:
    who.enter()
    return [one.words for one in queries.words_of(story.file)]


def test_a_child_that_speaks_to_a_driver_is_heard_and_the_driver_reads_it_no_more(story: Story) -> None:
    told(story, story.driver)
    assert reads(story, story.driver) == []
    assert reads(story, story.lead) == [WORDS]
    assert "child_told" in {notice.code for notice in own(story.lead.enter())}
    with as_owner():
        assert Act.objects.get(verb="keep_words").codes["asked"] == "unasked"


@pytest.mark.parametrize("who", ["school", "driver", "prosecutor", "lead"])
def test_nobody_of_the_file_is_refused_whatever_their_part(story: Story, who: str) -> None:
    told(story, getattr(story, who))
    assert reads(story, story.lead) == [WORDS]


def test_who_is_not_on_the_file_puts_nothing_into_it_not_even_as_raw_sql(story: Story) -> None:
    for who in (story.district.neighbour, story.interviewer):
        with pytest.raises(actions.FileNotThere):
            told(story, who)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO cases_childwords (id, dossier_id, facet, how, asked, "where", said_at, kept_at, unit_id,'
                " sealed) VALUES (%s, %s, 8, 'said', 'unasked', 'home', now(), now(), %s, 'x')",
                [uuid4(), story.file, who.unit.pk],
            )


def test_the_open_door_for_unasked_words_lets_nothing_else_through(story: Story) -> None:
    """As the driver, raw: not asked words, not another facet, not in another unit's name, not empty."""
    story.driver.enter()
    mine, good = story.driver.unit.pk, (8, "unasked")
    for facet, asked, unit, sealed in (
        (8, "facts", mine, "x"),
        (17, "unasked", mine, "x"),
        (3, "unasked", mine, "x"),
        (*good, story.lead.unit.pk, "x"),
        (*good, mine, None),
    ):
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                'INSERT INTO cases_childwords (id, dossier_id, facet, how, asked, "where", said_at, kept_at, unit_id,'
                " sealed) VALUES (%s, %s, %s, 'said', %s, 'home', now(), now(), %s, %s)",
                [uuid4(), story.file, facet, asked, unit, sealed],
            )


def test_whoever_may_open_the_file_sees_when_and_by_which_kind_the_child_was_heard_and_no_more(story: Story) -> None:
    told(story, story.driver)
    for who, sees in ((story.driver, False), (story.school, False), (story.lead, True)):
        who.enter()
        [one] = queries.heard(story.file)
        assert (one.said_on, one.how, one.asked, one.kinds) == (NOW.date(), "said", "unasked", ("social_protection",))
        assert (one.words is not None) is sees
    story.district.neighbour.enter()
    for asking in (queries.heard, queries.interviewers):
        with pytest.raises(NotThere):
            asking(story.file)


def test_facts_are_asked_by_the_interviewer_whom_the_lead_named(story: Story) -> None:
    asked = {"dossier": story.file, "where": "centre", "said_at": NOW, "words": "сұхбат сөзі", "now": LATER}
    for who in (story.lead, story.district.inspector, story.school):
        with pytest.raises(actions.NotTheInterviewer):
            actions.keep_facts(actor=who.enter(), **asked)  # type: ignore[arg-type]  # a test's short hand
    unit = actions.name_interviewer(actor=story.lead.enter(), dossier=story.file, now=NOW)
    assert unit == story.interviewer.unit.pk
    assert actions.name_interviewer(actor=story.lead.enter(), dossier=story.file, now=NOW) == unit  # twice is once
    assert queries.interviewers(story.file) == {unit}
    assert "interviewer_named" in {notice.code for notice in own(story.interviewer.enter())}
    actions.keep_facts(actor=story.interviewer.enter(), **asked)  # type: ignore[arg-type]
    assert [one.words for one in queries.interview_of(story.file)] == ["сұхбат сөзі"]
    for who in (story.lead, story.district.inspector, story.district.doctor, story.school):
        assert reads(story, who) == []
        assert queries.interview_of(story.file) == []
    story.school.enter()
    assert [(one.words, one.asked) for one in queries.heard(story.file)] == [(None, "facts")]


def test_only_who_leads_names_the_interviewer(story: Story) -> None:
    for who in (story.district.inspector, story.driver):
        with pytest.raises(policy.NotAllowed):
            actions.name_interviewer(actor=who.enter(), dossier=story.file, now=NOW)
    with pytest.raises(actions.FileNotThere):
        actions.name_interviewer(actor=story.district.neighbour.enter(), dossier=story.file, now=NOW)


def test_a_unit_that_is_linked_to_the_suspect_does_not_interview(story: Story) -> None:
    with cast.building():
        cast.put_bars(story.file, [{"body_id": story.interviewer.unit.body_id}])
    with pytest.raises(actions.NobodyInterviews):
        actions.name_interviewer(actor=story.lead.enter(), dossier=story.file, now=NOW)


def test_to_a_colleague_of_the_suspect_nothing_of_it_exists(story: Story) -> None:
    story.happened()
    told(story, story.lead)
    with cast.building():
        cast.put_bars(story.file, [{"body_id": story.district.inspector.unit.body_id}])
    actor = story.district.inspector.enter()
    assert queries.file(actor, story.file) is None
    for asking in (queries.heard, queries.interviewers):
        with pytest.raises(NotThere):
            asking(story.file)
    with pytest.raises(actions.FileNotThere):
        told(story, story.district.inspector)
    with connection.cursor() as cursor:
        for table in ("incident", "incidentversion", "incidentact", "incidenttext", "childwords", "statement"):
            cursor.execute(f"SELECT count(*) FROM cases_{table}")
            assert cursor.fetchone()[0] == 0, table


def test_words_without_words_and_places_of_no_list_are_refused(story: Story) -> None:
    given = {"dossier": story.file, "said_at": NOW, "now": NOW}
    with pytest.raises(actions.WordsMissing):
        actions.keep_unasked(actor=story.driver.enter(), where="home", words=" \n", **given)  # type: ignore[arg-type]
    with pytest.raises(UnknownCode):
        actions.keep_unasked(actor=story.driver.enter(), where="moon", words="x", **given)  # type: ignore[arg-type]
