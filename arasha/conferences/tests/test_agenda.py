"""Which files come onto an agenda, by which rule; who is invited; what is left out comes back."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from arasha.conferences import actions, queries
from arasha.conferences.models import Item, Seat, Secretary, Sitting, Wish
from arasha.conferences.policy import NotAllowed
from arasha.conferences.rules import Fact, Faulty, SittingSaid, proposed, quorum
from arasha.conferences.tests.cast import Table
from arasha.kernel.access.models import Bar
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ONE, OTHER = UUID(int=1), UUID(int=2)


def reasons(table: Table, sitting: Sitting, now: object = NOW) -> list[tuple[str, ...]]:
    """Return the reasons for which the rules propose the file."""
    return [one.proposal.reasons for one in queries.proposals(table.secretary.enter(), sitting, now)]  # type: ignore[arg-type]


def test_a_file_is_proposed_once_the_weightiest_reason_first() -> None:
    facts = [Fact(ONE, "risk"), Fact(OTHER, "wish"), Fact(ONE, "undone"), Fact(ONE, "risk")]
    assert [(one.dossier, one.reasons) for one in proposed(facts)] == [(ONE, ("undone", "risk")), (OTHER, ("wish",))]
    assert [one.dossier for one in proposed(facts, without=[ONE])] == [OTHER]
    assert [one.returns for one in proposed(facts)] == [True, False]


@pytest.mark.parametrize(
    ("standings", "needed", "there"),
    [
        (["present"] * 3 + ["absent"] * 2, 3, True),
        (["present"] * 2 + ["absent"] * 2, 3, False),
        (["present", "represented", "present", "absent"], 3, True),
        (["present"] * 3 + ["aside"] * 5, 3, True),
        (["present", "present"], 3, False),
        ([], 3, False),
    ],
)
def test_more_than_half_must_come_and_who_steps_aside_counts_neither_way(
    standings: list[str], needed: int, there: bool
) -> None:
    found = quorum("commission_minors", standings)
    assert (found.needed, found.is_there) == (needed, there)


def test_what_the_lead_wishes_is_proposed_until_it_stands_there(table: Table) -> None:
    sitting, ticket = table.sitting(), uuid4()
    wished = {"dossier": table.dossier, "unit": table.secretary.unit.pk, "urgent": True, "words": "Тез", "now": NOW}
    for _twice in range(2):
        actions.wish_conference(actor=table.team.lead.enter(), ticket=ticket, **wished)  # type: ignore[arg-type]
    assert reasons(table, sitting) == [("urgent",)]
    table.put_on(sitting, reason="urgent")
    assert reasons(table, sitting) == []
    assert reasons(table, table.sitting()) == []
    with as_owner():
        assert Wish.objects.count() == 1
    with pytest.raises(actions.NotThere):
        actions.wish_conference(actor=table.team.doctor.enter(), **wished)  # type: ignore[arg-type]


def test_who_is_linked_to_the_suspect_is_not_invited_and_hears_nothing(table: Table) -> None:
    with cast.building():
        Bar.objects.create(
            dossier_id=table.dossier, body_id=table.team.teacher.unit.body_id, since=cast.LONG_AGO, reason="suspect"
        )
    item = table.put_on(table.sitting())
    with as_owner():
        invited = set(Seat.objects.filter(item=item).values_list("unit_id", flat=True))
        told = set(Notice.objects.filter(code="conference_invited").values_list("unit_id", flat=True))
    team = table.team
    assert invited == {who.unit.pk for who in (table.secretary, team.lead, team.doctor, team.social)}
    assert told == invited - {table.secretary.unit.pk}


def test_a_file_that_was_left_out_or_put_off_has_its_reason_and_what_returns_comes_back(table: Table) -> None:
    sitting = table.sitting()
    item = table.put_on(sitting)
    actions.put_off(actor=table.secretary.enter(), item=item.pk, reason="no_time", now=NOW)
    later = table.sitting(at=NOW + timedelta(days=7))
    assert reasons(table, later) == [("put_off",)]
    left = {"sitting": later.pk, "dossier": table.dossier, "now": NOW + timedelta(hours=1)}
    actions.leave_out(actor=table.secretary.enter(), reason="papers", **left)  # type: ignore[arg-type]
    assert reasons(table, later) == []
    with as_owner():
        assert list(Item.objects.filter(sitting=later).values_list("state", "left_out")) == [("left_out", "papers")]
    again = table.put_on(later)
    assert (again.state, again.left_out) == ("on", "")
    with as_owner():
        assert Item.objects.filter(sitting=later).count() == 1


def test_an_item_of_a_sitting_that_was_called_off_comes_back(table: Table) -> None:
    sitting = table.sitting()
    table.put_on(sitting)
    actions.end_sitting(actor=table.secretary.enter(), sitting=sitting.pk, held=False, now=NOW)
    assert reasons(table, table.sitting(at=NOW + timedelta(days=7))) == [("put_off",)]
    with pytest.raises(actions.SittingOver):
        actions.end_sitting(actor=table.secretary.enter(), sitting=sitting.pk, held=True, now=NOW)
    with pytest.raises(actions.SittingOver):
        table.put_on(sitting)


def test_sittings_are_numbered_and_one_that_is_sent_twice_is_one(table: Table) -> None:
    said = SittingSaid(kind="team", at=NOW + timedelta(days=1), place="x")
    ticket, actor = uuid4(), table.secretary.enter()
    rows = [actions.hold_sitting(actor=actor, said=said, now=NOW, ticket=ticket) for _twice in range(2)]
    assert rows[0].pk == rows[1].pk
    assert table.sitting().number == rows[0].number + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "none"},
        {"at": NOW - timedelta(days=2)},
        {"at": NOW + timedelta(days=800)},
        {"place": " "},
        {"place": "x" * 201},
        {"link": "javascript:alert(1)"},
    ],
)
def test_a_sitting_that_can_not_be_is_refused(table: Table, wrong: dict[str, object]) -> None:
    with pytest.raises(Faulty):
        table.sitting(**wrong)  # type: ignore[arg-type]


def test_who_keeps_no_minutes_calls_no_sitting_and_names_no_secretary(table: Table) -> None:
    for who in (table.member, table.team.teacher):
        with pytest.raises(NotAllowed):
            table.sitting(by=who)
        with pytest.raises(NotAllowed):
            actions.name_secretary(actor=who.enter(), post=who.post, now=NOW)
    actions.name_secretary(actor=table.secretary.enter(), post=table.member.post, now=NOW)
    assert table.sitting(by=table.member).number == 1
    with pytest.raises(NotAllowed):
        table.sitting()
    with pytest.raises(actions.NotThere):
        actions.name_secretary(actor=table.member.enter(), post=table.team.lead.post, now=NOW)
    with as_owner():
        assert Secretary.objects.count() == 2


def test_a_risk_to_be_judged_again_is_proposed(table: Table) -> None:
    from arasha.cases.models import RiskJudgement  # noqa: PLC0415  put down past every right

    sitting = table.sitting()
    with cast.building():
        RiskJudgement.objects.create(
            id=uuid4(),
            dossier_id=table.dossier,
            level="high",
            judged_at=NOW - timedelta(days=30),
            again_on=date(2026, 11, 20),
            unit=table.team.lead.unit,
        )
    assert reasons(table, sitting) == [("risk",)]
