"""Whose answer is written down, and whose counts: the child's own from 14 on, no suspect's ever."""

from uuid import uuid4

import pytest

from arasha.people.actions import set_standing
from arasha.sharing import actions, policy, queries, rules
from arasha.sharing.models import Consent
from arasha.sharing.tests.cast import NOW, TODAY, Family

pytestmark = pytest.mark.django_db


def test_below_14_the_mothers_yes_carries_and_the_childs_no_is_kept_beside_it(family: Family) -> None:
    family.agreed("child", answer="refused", wishes="Мектепке айтпаңыз")
    family.shared()
    answers = {row.giver: row.answer for row in queries.consents(family.team.lead.enter(), family.dossier)}
    assert answers == {"child": "refused", "adult": "given"}
    with pytest.raises(actions.CarriesNothing):
        family.shared(family.agreed("child"))


def test_from_14_on_the_childs_own_consent_counts_and_no_adults(of_14: Family) -> None:
    of_14.agreed("child", answer="refused")
    with pytest.raises(actions.CarriesNothing):
        of_14.shared(of_14.agreed("adult"))
    of_14.shared(of_14.agreed("child"))
    assert of_14.reads(of_14.team.outsider)


def test_a_child_from_14_on_is_told_first_what_is_confidential(of_14: Family) -> None:
    with pytest.raises(rules.Faulty) as faulty:
        of_14.agreed("child", explained=False)
    assert faulty.value.faults == (("explained", "explain"),)


def test_a_later_no_takes_the_earlier_yes_back_with_all_that_rests_on_it(of_14: Family) -> None:
    of_14.shared(of_14.agreed("child"))
    of_14.agreed("child", answer="refused")
    assert not of_14.reads(of_14.team.outsider)


def test_a_suspect_and_who_is_under_their_control_consent_to_nothing(family: Family) -> None:
    family.allege(family.father)
    lead = family.team.lead.enter()
    set_standing(actor=lead, person=family.mother, matter="consent", allowed=False, reason="controlled", now=NOW)
    offered = [(one.giver, one.person is not None) for one in queries.givers(family.dossier, TODAY)]
    assert offered == [("child", True), ("body", False)]
    for parent in (family.mother, family.father):
        with pytest.raises(actions.GiverNotThere):
            family.agreed(person=parent)
    family.shared(family.agreed("body"))
    assert family.reads(family.team.outsider)


def test_no_representative_speaks_where_a_carer_may(family: Family) -> None:
    with pytest.raises(actions.GiverNotThere):
        family.agreed("body")


def test_that_nobody_was_asked_is_written_down_with_the_reason(family: Family) -> None:
    row = family.agreed("child", answer="not_asked", way="", why="too_small")
    assert (row.answer, row.why, row.facets, row.until) == ("not_asked", "too_small", 0, None)
    with pytest.raises(rules.Faulty):
        family.agreed("child", answer="not_asked", way="", why="")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"way": "x"}, "way"),
        ({"way": "spoken"}, "witness"),
        ({"answer": "x"}, "answer"),
        ({"why": "too_small"}, "why"),
        ({"wishes": "x" * 2001}, "wishes"),
        ({"giver": "x", "person": None}, "giver"),
    ],
)
def test_what_is_missing_is_said_at_its_field(family: Family, more: dict[str, str], field: str) -> None:
    with pytest.raises(rules.Faulty) as faulty:
        family.agreed(**more)  # type: ignore[arg-type]  # any field
    assert field in [name for name, _code in faulty.value.faults]


def test_what_the_child_wishes_and_who_was_there_is_sealed(family: Family) -> None:
    row = family.agreed(way="spoken", witness="Мейірбике", wishes="Тек мұғалімге")
    family.team.lead.enter()
    assert "Мейірбике" not in bytes(row.sealed).decode("latin-1")
    assert queries.words_of([row])[row.pk] == {"witness": "Мейірбике", "wishes": "Тек мұғалімге"}


def test_an_answer_sent_twice_is_one(family: Family) -> None:
    ticket, said = uuid4(), family.answer()
    for _twice in range(2):
        actions.record_consent(
            actor=family.team.lead.enter(), dossier=family.dossier, said=said, now=NOW, ticket=ticket
        )
    family.team.lead.enter()
    assert Consent.objects.count() == 1


def test_who_works_on_no_plan_of_the_file_writes_and_reads_no_consent(family: Family) -> None:
    consent = family.agreed()
    for stranger in (family.team.outsider, family.team.district.neighbour):
        with pytest.raises(actions.NotThere):
            family.agreed(by=stranger)
        with pytest.raises(actions.NotThere):
            actions.withdraw_consent(actor=stranger.enter(), consent=consent.pk, now=NOW)
        assert not policy.visible_to(stranger.enter()).exists()


def test_who_is_barred_from_the_file_learns_of_no_consent(family: Family) -> None:
    family.agreed()
    family.team.bar(family.team.doctor)
    assert not policy.visible_to(family.team.doctor.enter()).exists()
    with pytest.raises(actions.NotThere):
        family.agreed(by=family.team.doctor)
