"""Loads: weights are sums of reasons; a limit warns once and stops nothing; giving asks who may know."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from arasha.cases import actions as cases
from arasha.cases.policy import NotAllowed
from arasha.cases.rules.loads import LIMITS, Burden, limit_for, reasons_for_weight, weight_of
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.messages.queries import own
from arasha.obligations.tests import cast
from arasha.workforce import actions, policy, queries
from arasha.workforce.models import Overload
from arasha.workforce.tests.cast import FRIDAY, Office, clock, has
from tests.database import as_owner

OLD = FRIDAY - timedelta(days=60)


def test_a_weight_is_the_sum_of_its_reasons() -> None:
    assert weight_of(Burden(OLD), FRIDAY) == Decimal("1.0")
    heavy = Burden(FRIDAY, "very_high", True, 2, True)
    assert reasons_for_weight(heavy, FRIDAY) == ["base", "risk_very_high", "unsafe", "young", "new", "far"]
    assert weight_of(heavy, FRIDAY) == Decimal("5.5")
    assert heavy.is_urgent
    assert not Burden(OLD, "high").is_urgent


@pytest.mark.parametrize(("weight", "level"), [("24.5", ""), ("25", "near"), ("29.5", "near"), ("30", "over")])
def test_a_limit_warns_before_it_is_crossed(weight: str, level: str) -> None:
    assert LIMITS["guardianship"].level(Decimal(weight)) == level


def test_of_several_functions_the_lowest_limit_counts_and_an_unknown_one_has_none() -> None:
    assert limit_for(["guardianship", "family_support"]) == LIMITS["family_support"]
    assert limit_for(["ombudsperson"]) is None


@pytest.mark.django_db
def test_the_head_sees_the_team_a_worker_themselves_and_a_stranger_nothing(office: Office) -> None:
    office.case()
    office.case(child_age=1)
    unit = office.worker.unit
    team = {load.user: load.weight for load in queries.team(office.head.enter(), unit, FRIDAY)}
    assert team == {
        office.worker.user: Decimal("2.5"),
        office.colleague.user: 0,
        office.third.user: 0,
        office.head.user: 0,
    }
    assert queries.team(office.worker.enter(), unit, FRIDAY) == []
    assert queries.team(office.stranger.enter(), unit, FRIDAY) == []
    load = queries.own_load(office.worker.enter(), unit, FRIDAY)
    assert load is not None
    assert load.weight == Decimal("2.5")


@pytest.mark.django_db
def test_a_file_from_which_the_reader_is_barred_is_in_no_number(office: Office) -> None:
    office.bar(office.head, office.case())
    office.case()
    team = {load.user: len(load.cases) for load in queries.team(office.head.enter(), office.worker.unit, FRIDAY)}
    assert team[office.worker.user] == 1


@pytest.mark.django_db
def test_several_cases_go_in_one_go_and_what_cannot_go_stays(office: Office) -> None:
    files = [office.case() for _ in range(3)]
    office.bar(office.colleague, files[1])
    given: dict[str, Any] = {"worker": office.colleague.user, "instead_of": office.worker.user, "now": FRIDAY}
    assert actions.give_cases(actor=office.head.enter(), dossiers=[*files, files[0]], **given) == (2, 1)
    assert [has(one) for one in files] == [office.colleague.user, office.worker.user, office.colleague.user]
    for who in (office.worker, office.third, office.stranger):
        with pytest.raises(policy.NotAllowed):
            actions.give_cases(actor=who.enter(), dossiers=files, **given)


@pytest.mark.django_db
def test_of_two_who_assign_at_once_the_second_is_told(office: Office) -> None:
    file = office.case()
    given: dict[str, Any] = {"dossier": file, "instead_of": office.worker.user, "now": FRIDAY}
    cases.assign_worker(actor=office.head.enter(), worker=office.third.user, **given)
    with pytest.raises(cases.WorkerNamedMeanwhile):
        cases.assign_worker(actor=office.head.enter(), worker=office.colleague.user, **given)
    given["instead_of"] = office.third.user
    with pytest.raises(cases.CannotBeGiven):
        cases.assign_worker(actor=office.head.enter(), worker=office.stranger.user, **given)
    with pytest.raises(NotAllowed):
        cases.assign_worker(actor=office.third.enter(), worker=office.colleague.user, **given)
    with pytest.raises(cases.FileNotThere):
        cases.assign_worker(actor=office.stranger.enter(), worker=office.stranger.user, **given)
    assert has(file) == office.third.user


@pytest.mark.django_db
def test_over_the_limit_an_urgent_child_is_taken_all_the_same_and_the_head_is_told_once(office: Office) -> None:
    for _ in range(30):
        office.case()
    assert actions.watch_loads(actor=clock(), now=FRIDAY) == 1
    urgent = office.case(of=office.third)
    given: dict[str, Any] = {
        "dossier": urgent,
        "worker": office.worker.user,
        "instead_of": office.third.user,
        "now": FRIDAY,
    }
    assert cases.assign_worker(actor=office.head.enter(), **given).lead_user_id == office.worker.user
    assert actions.watch_loads(actor=clock(), now=FRIDAY) == 0
    assert [notice.code for notice in own(office.head.enter())].count("over_limit") == 1
    load = queries.own_load(office.worker.enter(), office.worker.unit, FRIDAY)
    assert load is not None
    files = [one.case.dossier_id for one in load.cases]
    actions.give_cases(
        actor=office.head.enter(),
        dossiers=files[:5],
        worker=office.third.user,
        instead_of=office.worker.user,
        now=FRIDAY,
    )
    actions.watch_loads(actor=clock(), now=FRIDAY)
    with as_owner():
        assert list(Overload.objects.values_list("until", flat=True)) == [FRIDAY]


@pytest.mark.django_db
def test_where_no_post_is_the_heads_whoever_sits_there_gives_cases(office: Office) -> None:
    with cast.building():
        Post.objects.filter(pk=office.head.post).update(rank=None)
        assert Unit.objects.filter(pk=office.worker.unit.pk).exists()
    file = office.case()
    given: dict[str, Any] = {"worker": office.third.user, "instead_of": office.worker.user, "now": FRIDAY}
    assert actions.give_cases(actor=office.colleague.enter(), dossiers=[file], **given) == (1, 0)
