"""Two files of one child: noticed by the clock, decided by two people who coordinate, undone whole."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Body
from arasha.kernel.access.rules import Conflict, NeedsTwo, NotThere
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people import actions, queries
from arasha.people.models import Match, PersonIdentity
from arasha.people.rules import Name
from tests.database import as_owner
from tests.people.children import case_of, child_of, described

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
ELSEWHERE = "351000000"  # a district of another region
AYARU = described("Нұрғалиева", "Аяру", "Серікқызы", year=2014, month=3, day=14, sex="girl")
IN_RUSSIAN = replace(AYARU, name=Name("Нургалиева", "Аяру", "Сериковна"))


@pytest.fixture
def far(district: District) -> Person:
    """The coordinator of a district of another region."""
    with cast.building():
        return cast.seat(cast.make_unit("far coordination", ELSEWHERE, "coordination_district"))


def match_all() -> int:
    done = actions.match_waiting(actor=enter_system("match"), now=LATER)
    assert done
    return done


def decided(who: Person, match: UUID, decision: str) -> actions.Decided:
    return actions.decide_match(actor=who.enter(), match=match, decision=decision, now=LATER)


def pairs_of(who: Person, *states: str) -> list[queries.Pair]:
    who.enter()
    return queries.pairs(states or queries.OPEN)


def identities(*files: UUID) -> set[UUID]:
    with as_owner():
        rows = PersonIdentity.objects.filter(person__dossier__in=files)
        return set(rows.values_list("identity", flat=True))


def told(who: Person) -> list[str]:
    """Return the notices of pairs in somebody's inbox."""
    return [notice.code for notice in own(who.enter()) if notice.code == "match_to_review"]


@pytest.fixture
def both(district: District, far: Person) -> tuple[UUID, UUID]:
    files = case_of(district.coordinator, AYARU), case_of(far, IN_RUSSIAN, place=ELSEWHERE)
    match_all()
    return files


def test_two_files_of_one_child_in_two_scripts_are_noticed_and_both_coordinators_told(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    for who in (district.coordinator, far):
        [pair] = pairs_of(who)
        assert pair.levels["given"] == "same"
        assert pair.levels["surname"] == "same_key"
        assert pair.bits > 15
        assert [side.shown is None for side in sorted(pair.sides, key=lambda side: side.shown is None)] == [False, True]
        assert "match_to_review" in {notice.code for notice in own(who.enter())}
    for who in (district.inspector, district.doctor, district.nation, district.neighbour):
        assert pairs_of(who) == []
        assert "match_to_review" not in {notice.code for notice in own(who.enter())}


def test_comparing_again_finds_nothing_new(district: District, both: tuple[UUID, UUID]) -> None:
    with as_owner():
        assert Match.objects.count() == 1
    assert actions.match_waiting(actor=enter_system("match"), now=LATER) == 0


def test_one_proposes_a_second_merges_and_both_files_stay_as_they_were(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    [pair] = pairs_of(district.coordinator)
    before = child_of(district.coordinator, both[0]), child_of(far, both[1])
    assert decided(district.coordinator, pair.id, "same").state == "proposed"
    with pytest.raises(NeedsTwo):
        decided(district.coordinator, pair.id, "same")
    assert len(identities(*both)) == 2
    assert decided(far, pair.id, "same").state == "same"
    assert len(identities(*both)) == 1
    after = child_of(district.coordinator, both[0]), child_of(far, both[1])
    assert [row.called for row in before] == [row.called for row in after]
    assert queries.also_in(after[1].pk) == []
    district.coordinator.enter()
    assert queries.also_in(after[0].pk) == []


def test_the_same_merge_a_second_time_is_refused_and_changes_nothing(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    [pair] = pairs_of(district.coordinator)
    decided(district.coordinator, pair.id, "same")
    decided(far, pair.id, "same")
    for who in (district.coordinator, far):
        with pytest.raises(Conflict):
            decided(who, pair.id, "same")
    assert len(identities(*both)) == 1


def test_a_merge_is_undone_whole_after_both_were_edited(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    [pair] = pairs_of(district.coordinator)
    was = {file: identities(file) for file in both}
    decided(district.coordinator, pair.id, "same")
    decided(far, pair.id, "same")
    for who, file in ((district.coordinator, both[0]), (far, both[1])):
        child = child_of(who, file)
        actions.name_person(actor=who.enter(), person=child.pk, kind="used", name=Name(given="Аяка"), now=LATER)
    assert decided(far, pair.id, "undo") == actions.Decided("not_same", 0)
    assert {file: identities(file) for file in both} == was
    assert [len(queries.card(child_of(far, both[1])).names)] == [2]


def test_a_file_opened_after_the_merge_is_named_when_it_is_undone(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    [pair] = pairs_of(district.coordinator)
    decided(district.coordinator, pair.id, "same")
    decided(far, pair.id, "same")
    third = case_of(district.coordinator, AYARU)
    first, new = child_of(district.coordinator, both[0]), child_of(district.coordinator, third)
    actions.recognise(actor=district.coordinator.enter(), person=first.pk, other=new.pk, now=LATER)
    assert decided(district.coordinator, pair.id, "undo").kept == 1


@pytest.mark.parametrize("decision", ["not_same", "ask"])
def test_what_was_decided_is_remembered(
    district: District, far: Person, both: tuple[UUID, UUID], decision: str
) -> None:
    [pair] = pairs_of(district.coordinator)
    decided(district.coordinator, pair.id, decision)
    child = child_of(district.coordinator, both[0])
    name = Name("Нұрғалиева", "Аяру", "Серікқызы")
    actor = district.coordinator.enter()
    actions.name_person(actor=actor, person=child.pk, kind="kazakh", name=name, now=LATER)
    match_all()
    with as_owner():
        [row] = Match.objects.all()
    assert row.state == {"not_same": "not_same", "ask": "asked"}[decision]
    assert len(identities(*both)) == 2


def test_nobody_else_decides_and_a_pair_that_is_not_theirs_is_like_none(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    [pair] = pairs_of(far)
    for who in (district.inspector, district.neighbour, district.nation, district.doctor):
        with pytest.raises(NotThere):
            decided(who, pair.id, "same")
        with pytest.raises(NotThere):
            decided(who, UUID(int=1), "same")


def test_a_pair_with_a_refuge_is_shown_to_nobody_outside_it(district: District, far: Person) -> None:
    with cast.building():
        refuge = cast.seat(cast.make_unit("refuge", ELSEWHERE, "family_support"))
        Body.objects.filter(pk=refuge.unit.body_id).update(protected=True)
    case_of(district.coordinator, AYARU)
    case_of(refuge, IN_RUSSIAN, place=ELSEWHERE)
    match_all()
    with as_owner():
        assert Match.objects.count() == 1
    for who in (district.coordinator, far, district.region, refuge):
        assert pairs_of(who) == []
        assert not told(who)


@pytest.mark.parametrize("in_batch", [False, True])
def test_who_is_barred_from_one_file_is_not_told_of_a_pair_with_it(
    district: District, far: Person, tmp_path: Path, in_batch: bool
) -> None:
    file = case_of(district.coordinator, AYARU)
    with cast.building():
        cast.put_bars(file, [{"user_id": far.user}])
    case_of(far, IN_RUSSIAN, place=ELSEWHERE)
    if in_batch:
        actions.link_everybody(actor=enter_system("match"), now=LATER, workdir=tmp_path)
    else:
        match_all()
    assert not told(far)
    assert told(district.coordinator)


def test_every_place_of_a_batch_is_told_and_each_once(district: District, far: Person, tmp_path: Path) -> None:
    for child in (AYARU, described("Ким", "Анна", "Павловна", year=2010, month=5, day=1, sex="girl")):
        case_of(district.coordinator, child)
        case_of(district.coordinator, child)
        case_of(far, child, place=ELSEWHERE)
    actions.link_everybody(actor=enter_system("match"), now=LATER, workdir=tmp_path)
    for who in (district.coordinator, far):
        assert len(told(who)) == 1


def test_a_barred_coordinator_sees_no_pair_of_the_child(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    with cast.building():
        cast.put_bars(both[0], [{"user_id": far.user}])
    assert pairs_of(far) == []
    assert len(pairs_of(district.coordinator)) == 1


def test_twins_and_namesakes_are_asked_about_and_strangers_are_not(district: District, far: Person) -> None:
    case_of(district.coordinator, AYARU)
    case_of(far, described("Ким", "Анна", year=2010), place=ELSEWHERE)
    case_of(far, replace(AYARU, name=Name("Нұрғалиева", "Айару", "Серікқызы")), place=ELSEWHERE)
    match_all()
    with as_owner():
        pairs: list[Any] = list(Match.objects.values_list("levels", "doubts"))
    assert len(pairs) == 1


def test_only_the_clock_compares_and_its_acts_name_nobody(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    with pytest.raises(actions.MatchingIsTheClocks):
        actions.match_waiting(actor=district.coordinator.enter(), now=LATER)
    with as_owner():
        told = str(list(Act.objects.filter(verb="propose_match").values_list("codes", "stream_kind")))
    assert "Нұрғалиева" not in told
    assert "person" in told


def test_the_teams_of_both_files_read_nothing_of_the_merge(
    district: District, far: Person, both: tuple[UUID, UUID]
) -> None:
    def seen(who: Person, file: UUID) -> list[tuple[str, str]]:
        who.enter()
        return list(Act.objects.filter(stream_key=str(file)).order_by("id").values_list("verb", "stream_kind"))

    before = seen(district.coordinator, both[0]), seen(far, both[1])
    [pair] = pairs_of(district.coordinator)
    decided(district.coordinator, pair.id, "same")
    decided(far, pair.id, "same")
    assert (seen(district.coordinator, both[0]), seen(far, both[1])) == before
    assert DISTRICT != ELSEWHERE


def test_a_batch_finds_what_the_minute_finds_and_weights_are_learnt_from_decisions(
    district: District, far: Person, tmp_path: Path
) -> None:
    files = case_of(district.coordinator, AYARU), case_of(far, IN_RUSSIAN, place=ELSEWHERE)
    with pytest.raises(actions.MatchingIsTheClocks):
        actions.link_everybody(actor=district.coordinator.enter(), now=LATER, workdir=tmp_path)
    done = actions.link_everybody(actor=enter_system("match"), now=LATER, workdir=tmp_path)
    assert (done.people, done.pairs, done.proposed) == (2, 1, 1)
    assert list(tmp_path.iterdir()) == []
    again = actions.link_everybody(actor=enter_system("match"), now=LATER, workdir=tmp_path)
    assert (again.pairs, again.proposed) == (1, 0)
    [pair] = pairs_of(district.coordinator)
    decided(district.coordinator, pair.id, "same")
    decided(far, pair.id, "same")
    assert len(identities(*files)) == 1
    learnt = {(row.attribute, row.level): row for row in actions.learn_weights(actor=enter_system("match"), now=LATER)}
    assert learnt["given", "same"].same == 1
    assert learnt["given", "differs"].same == 0
