"""Facts, the child's words, allegations, opinions and findings: apart, each with its source and under its own facet."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases import actions, queries, rules
from arasha.cases.models import Statement
from arasha.kernel.journal.models import Act
from arasha.obligations.tests.cast import NOW, Person
from arasha.ui.rules import UnknownCode
from tests.database import as_owner
from tests.happened.story import LATER, Story
from tests.people.children import case_of, described

pytestmark = pytest.mark.django_db
SAYS = {"kind": "allegation", "source": "witness", "way": "told_by_other", "words": "көрші естіген"}


def stated(story: Story, by: Person | None = None, **said: Any) -> Statement:
    given: dict[str, Any] = SAYS | said
    return actions.record_statement(actor=(by or story.lead).enter(), dossier=story.file, now=NOW, **given)


def shown(story: Story, to: Person) -> dict[str, str | None]:
    to.enter()
    return {one.row.kind: one.words for one in queries.statements_of(story.file)}


def test_each_statement_lies_under_the_facet_of_who_says_it(story: Story) -> None:
    facets = [
        stated(story).facet,
        stated(story, kind="observed", source="self", way="seen").facet,
        stated(story, story.district.doctor, kind="finding", source="medical", way="document").facet,
        stated(story, story.prosecutor, kind="finding", source="court", way="document").facet,
        stated(story, story.school, kind="observed", source="self", way="seen").facet,  # it writes no narratives
    ]
    assert facets == [8, 8, 3, 5, 7]


def test_each_reads_what_their_facets_hold_and_nobody_else_reads_anything_not_even_as_raw_sql(story: Story) -> None:
    stated(story)
    stated(story, story.district.doctor, kind="finding", source="medical", way="document", words="сынық")
    stated(story, story.prosecutor, kind="finding", source="court", way="document", words="үкім")
    reads = {
        story.district.doctor: [3, 8],
        story.lead: [3, 5, 8],
        story.district.inspector: [5, 8],
        story.prosecutor: [5, 8],
        story.school: [],
        story.driver: [],
        story.district.neighbour: [],
        story.district.nation: [],
    }
    for who, facets in reads.items():
        who.enter()
        assert sorted(one.row.facet for one in queries.statements_of(story.file)) == facets, who.unit.code
        with connection.cursor() as cursor:
            cursor.execute("SELECT facet FROM cases_statement ORDER BY facet")
            assert [row[0] for row in cursor.fetchall()] == facets, who.unit.code


def test_a_finding_overwrites_no_allegation_and_says_that_it_confirms_or_refutes(story: Story) -> None:
    said = stated(story)
    found = stated(story, story.district.inspector, kind="finding", source="prosecutor", way="document", words="шешім")
    actor = story.district.inspector.enter()
    for _twice in range(2):
        actions.link_statements(actor=actor, statement=found.pk, other=said.pk, relation="refutes", now=LATER)
    by = {one.row.kind: one for one in queries.statements_of(story.file)}
    assert by["allegation"].words == "көрші естіген"
    assert (by["allegation"].refuted, by["allegation"].confirmed) == ([found.pk], [])
    assert by["finding"].about == [("refutes", said.pk)]
    with as_owner():
        assert Act.objects.filter(verb="link_statements").count() == 1


def test_who_may_not_read_the_finding_does_not_learn_that_it_refutes(story: Story) -> None:
    said = stated(story)
    found = stated(story, story.district.inspector, kind="finding", source="prosecutor", way="document", words="шешім")
    actor = story.district.inspector.enter()
    actions.link_statements(actor=actor, statement=found.pk, other=said.pk, relation="refutes", now=LATER)
    story.district.doctor.enter()
    [one] = queries.statements_of(story.file)
    assert (one.row.kind, one.refuted) == ("allegation", [])


def test_what_the_child_said_names_the_words_that_were_kept(story: Story) -> None:
    incident = story.happened()
    words = actions.keep_unasked(
        actor=story.lead.enter(), dossier=story.file, where="school", said_at=NOW, words="Ол мені ұрды", now=NOW
    )
    child: dict[str, Any] = {"kind": "child", "source": "child", "way": "told_by_child", "words": ""}
    stated(story, incident=incident.pk, said=words.pk, **child)
    [one] = queries.statements_of(story.file, incident=incident.pk)
    assert (one.row.kind, one.words) == ("child", "Ол мені ұрды")
    with pytest.raises(actions.FileNotThere):
        stated(story, said=uuid4(), **child)
    with pytest.raises(actions.WordsMissing):
        stated(story, **child)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"kind": "finding"}, rules.CodeDoesNotFit),  # a witness makes no finding
        ({"kind": "child", "source": "child", "way": "seen"}, rules.CodeDoesNotFit),
        ({"kind": "gossip"}, UnknownCode),
        ({"source": "a bird"}, UnknownCode),
        ({"words": "  "}, actions.WordsMissing),
        ({"heard_on": date(2027, 1, 1)}, rules.NotYet),
        ({"kind": "finding", "source": "court", "way": "document"}, actions.MayNotWriteFindings),
        ({"incident": uuid4()}, actions.FileNotThere),
    ],
)
def test_bad_input_is_refused_by_name(story: Story, said: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        stated(story, **said)
    with as_owner():
        assert Statement.objects.count() == 0


def test_a_struck_statement_stays_to_be_read_and_its_words_are_never_changed(story: Story) -> None:
    said = stated(story)
    actor = story.lead.enter()
    actions.strike_statement(actor=actor, statement=said.pk, reason="other_child", now=LATER)
    with pytest.raises(actions.Struck):
        actions.strike_statement(actor=actor, statement=said.pk, reason="slip", now=LATER)
    assert shown(story, story.lead) == {"allegation": "көрші естіген"}
    for sql in ("UPDATE cases_statement SET kind = 'finding'", "DELETE FROM cases_statement"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)


def test_statements_of_two_files_are_not_joined(story: Story) -> None:
    said = stated(story)
    other = case_of(story.lead, described("Пак", "Ольга"))
    given: dict[str, Any] = SAYS
    elsewhere = actions.record_statement(actor=story.lead.enter(), dossier=other, now=NOW, **given)
    for one, two in ((said, elsewhere), (elsewhere, said)):
        with pytest.raises(actions.FileNotThere):
            actions.link_statements(
                actor=story.lead.enter(), statement=one.pk, other=two.pk, relation="confirms", now=LATER
            )
