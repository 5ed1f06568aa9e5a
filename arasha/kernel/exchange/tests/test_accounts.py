"""An account is the deed of two people, a token is seen once, and what is revoked is over at once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.models import Budget, Post, Unit
from arasha.kernel.access.rules import Actor, Conflict, NotThere, NotValid, Refused
from arasha.kernel.access.tests import cast as people
from arasha.kernel.access.tests.cast import NOW, Person
from arasha.kernel.exchange import actions, queries
from arasha.kernel.exchange.models import Account, Token
from arasha.kernel.exchange.rules import scopes
from arasha.kernel.exchange.rules.addresses import NOWHERE
from arasha.kernel.exchange.tests.cast import HERE, System, give_token, make_system
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import system_stream
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SCOPES = ["signals:write", "obligations:read"]


def propose(by: Person, unit: Unit, **more: object) -> int:
    """Propose the clinic's system."""
    what: dict[str, Any] = {"name": "Damumed", "scopes": SCOPES, "functions": ["health_care"]} | more
    return actions.propose_account(actor=by.enter(), now=NOW, unit_id=unit.pk, **what)


def confirmed(by: Person, other: Person, unit: Unit) -> int:
    """Propose and confirm it."""
    account = propose(by, unit)
    actions.confirm_account(actor=other.enter(), now=NOW, account_id=account)
    return account


def test_one_proposes_and_another_confirms(administrator: Person, head: Person, unit: Unit) -> None:
    account = propose(administrator, unit, networks=["10.0.0.0/8"])
    with pytest.raises(Refused):
        actions.issue_token(actor=administrator.enter(), now=NOW, account_id=account)
    actions.confirm_account(actor=head.enter(), now=NOW, account_id=account)
    with as_owner():
        row = Account.objects.get(pk=account)
        verbs = list(Act.objects.filter(verb__endswith="_system").order_by("id").values_list("verb", "actor_user"))
    assert (row.proposed_by_id, row.confirmed_by_id, row.scopes) == (administrator.user_id, head.user_id, SCOPES)
    assert verbs == [("propose_system", administrator.user_id), ("confirm_system", head.user_id)]


def test_nobody_makes_an_account_alone(administrator: Person, unit: Unit) -> None:
    account = propose(administrator, unit)
    with pytest.raises(Refused):
        actions.confirm_account(actor=administrator.enter(), now=NOW, account_id=account)
    with people.building(), pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.filter(pk=account).update(confirmed_by=administrator.user_id, confirmed_at=NOW)


def test_who_does_not_arrange_the_unit_finds_no_account(administrator: Person, nurse: Person, unit: Unit) -> None:
    account = propose(administrator, unit)
    actor = nurse.enter()
    assert not queries.accounts(actor).exists()
    assert queries.arranged_units(actor, NOW) == []
    with pytest.raises(NotThere):
        propose(nurse, unit)
    for action in (actions.confirm_account, actions.end_account, actions.issue_token, actions.confirm_budget):
        with pytest.raises(NotThere):
            action(actor=actor, now=NOW, account_id=account)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 201},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"functions": []},
        {"networks": ["nowhere"]},
        {"networks": ["10.0.0.1/8"]},
    ],
)
def test_a_proposal_that_says_nothing_clear_is_refused(
    administrator: Person, unit: Unit, wrong: dict[str, object]
) -> None:
    with pytest.raises(actions.ProposalInvalid):
        propose(administrator, unit, **wrong)


@pytest.mark.parametrize("function", ["administration", "ombudsperson", "juvenile_inspection"])
def test_no_system_gets_a_function_of_people_alone_or_one_that_its_unit_lacks(
    administrator: Person, unit: Unit, function: str
) -> None:
    with pytest.raises(Refused):
        propose(administrator, unit, functions=[function])


def test_a_token_lets_the_system_act_and_is_kept_as_a_hash(administrator: Person, head: Person, unit: Unit) -> None:
    account = confirmed(administrator, head, unit)
    token = actions.issue_token(actor=head.enter(), now=NOW, account_id=account)
    actor = actions.enter(token, HERE)
    assert actor == Actor(
        kind="account",
        unit_id=unit.pk,
        body_id=unit.body_id,
        functions=frozenset({"health_care"}),
        territory=unit.territory_id,
        reads=128 & actor.reads,
        purpose=f"account:{account}",
        moment=actor.moment,
        account_id=account,
        scopes=frozenset(SCOPES),
    )
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("SELECT hash FROM exchange_token")


def test_a_new_token_leaves_the_one_before_for_a_week(administrator: Person, head: Person, unit: Unit) -> None:
    account = confirmed(administrator, head, unit)
    first = actions.issue_token(actor=head.enter(), now=NOW, account_id=account)
    second = actions.issue_token(actor=head.enter(), now=NOW, account_id=account)
    assert actions.enter(first, HERE).account_id == actions.enter(second, HERE).account_id == account
    head.enter()
    until = sorted(row.expires_at - datetime.now(UTC) for row in queries.tokens(account))
    assert until[0] < timedelta(days=7) < timedelta(days=364) < until[1]
    with pytest.raises(actions.TooManyTokens):
        actions.issue_token(actor=head.enter(), now=NOW, account_id=account)


def test_a_token_lasts_a_year_at_most(administrator: Person, head: Person, unit: Unit) -> None:
    account = confirmed(administrator, head, unit)
    with pytest.raises(Refused):
        actions.issue_token(actor=head.enter(), now=NOW, account_id=account, days=366)


def test_a_revoked_expired_unknown_or_ended_token_opens_nothing(
    administrator: Person, head: Person, unit: Unit, system: System
) -> None:
    with people.building():
        expired = give_token(system.account, head.user_id, days=-1)
        unconfirmed = make_system(unit.pk, "health_care")
        Account.objects.filter(pk=unconfirmed.account).update(confirmed_by=None, confirmed_at=None)
        ended = make_system(unit.pk, "health_care")
    actions.end_account(actor=head.enter(), now=NOW, account_id=ended.account)
    row = queries.tokens(system.account)[-1]
    head.enter()
    (row,) = [token for token in queries.tokens(system.account) if token.expires_at > datetime.now(UTC)]
    actions.revoke_token(actor=head.enter(), now=NOW, account_id=system.account, token=str(row.pk))
    for token in (system.token, expired, unconfirmed.token, ended.token, "arasha_" + "x" * 43):
        with pytest.raises(NotValid):
            actions.enter(token, HERE)
    with pytest.raises(NotThere):
        actions.revoke_token(actor=head.enter(), now=NOW, account_id=system.account, token=str(uuid4()))
    with pytest.raises(Conflict):
        actions.end_account(actor=head.enter(), now=NOW, account_id=ended.account)


@pytest.mark.parametrize(
    ("address", "may"), [("10.1.2.3", True), ("10.1.3.1", False), (NOWHERE, False), ("::1", False)]
)
def test_an_account_comes_from_its_networks_only(unit: Unit, address: str, may: bool) -> None:
    with people.building():
        near = make_system(unit.pk, "health_care", networks=("10.1.2.0/24",))
    if may:
        assert actions.enter(near.token, address).account_id == near.account
    else:
        with pytest.raises(NotValid):
            actions.enter(near.token, address)


def test_what_a_scope_opens_is_the_same_in_both_places() -> None:
    with connection.cursor() as cursor:
        for scope in scopes.SCOPES:
            cursor.execute("SELECT reads, writes FROM exchange.masks(%s::text[])", [[scope]])
            assert cursor.fetchone() == (scopes.READS.get(scope, 0), scopes.WRITES.get(scope, 0))


def test_a_system_opens_nothing_to_anybody(system: System, head: Person) -> None:
    with people.building():
        dossier, other = people.make_dossier(lead=system.unit), people.make_unit("other", "health_care")
    calls: list[tuple[str, list[Any]]] = [
        (
            "access.grant_facet(%s, NULL, %s, 16::smallint, true, now() + interval '1 day', 'x')",
            [dossier, head.user_id],
        ),
        ("access.hand_over(%s, %s, 'x')", [dossier, other.pk]),
        ("access.bar(%s, %s, NULL, 'x')", [dossier, head.user_id]),
        ("access.add_member(%s, %s, NULL, 'partner', NULL, 'x')", [dossier, system.unit]),
        ("access.seat(%s, %s, NULL)", [head.post_id, head.user_id]),
        ("access.create_user('a', 'b', '', 'kk')", []),
    ]
    system.enter()
    for call, given in calls:
        attack = act(verb="attack", stream=system_stream("test"), now=NOW)
        with pytest.raises(DatabaseError) as caught, transaction.atomic(), attack, connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}", given)
        assert getattr(caught.value.__cause__, "sqlstate", "") in {"AR403", "AR404"}, call


def test_a_budget_that_stopped_a_system_is_confirmed_by_the_head_alone(
    system: System, administrator: Person, head: Person
) -> None:
    today = people.day_of(datetime.now(UTC))
    with people.building():
        Budget.objects.create(account=system.account, day=today, dossiers=40, stopped_at=datetime.now(UTC))
    administrator.enter()
    assert queries.budgets()[system.account].stopped
    with pytest.raises(Refused):
        actions.confirm_budget(actor=administrator.enter(), now=NOW, account_id=system.account)
    actions.confirm_budget(actor=head.enter(), now=NOW, account_id=system.account)
    assert not queries.budgets()[system.account].stopped
    with pytest.raises(Conflict):
        actions.confirm_budget(actor=head.enter(), now=NOW, account_id=system.account)
    assert Post.objects.get(pk=head.post_id).rank == "head"
    with as_owner():
        assert Token.objects.filter(account=system.account).count() == 1
