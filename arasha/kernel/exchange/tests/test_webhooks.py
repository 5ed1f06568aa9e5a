"""Events leave signed and thin, come again until they are taken, and lead nowhere but where they may."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import system as system_work
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.access.tests import cast as people
from arasha.kernel.access.tests.cast import NOW, Person
from arasha.kernel.exchange import actions, queries
from arasha.kernel.exchange.actions import posting, webhooks
from arasha.kernel.exchange.actions.posting import give_up_failing, post_due, send
from arasha.kernel.exchange.models import Delivery, SigningKey, Subscription
from arasha.kernel.exchange.rules.targets import Allowed
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.kernel.exchange.tests.receiver import Receiver, receiving
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.models import Act
from arasha.kernel.journal.rules import dossier_stream
from tests.database import as_owner

pytestmark = pytest.mark.django_db
EVENTS = ["obligation.raised", "obligation.escalated"]
OBLIGATION = UUID("5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21")


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Somebody on loopback, in an instance where nothing is real."""
    monkeypatch.setattr(posting, "allowed", lambda: Allowed(loopback=True))
    monkeypatch.setattr(webhooks, "allowed", lambda: Allowed(loopback=True))
    with receiving() as made:
        yield made


def subscribe(system: System, head: Person, receiver: Receiver, events: list[str] | None = None) -> tuple[UUID, str]:
    """Let the head tell the clinic's system of events."""
    return actions.make_webhook(
        actor=head.enter(), now=NOW, account_id=system.account, address=receiver.address, events=events or EVENTS
    )


def happen(unit: int, *, verb: str = "raise_obligation", dossier: UUID | None = None, **codes: Any) -> UUID:
    """Let an act happen that obliges a unit."""
    said = {"facet": 7, "obligation": str(OBLIGATION), "unit": unit} | codes
    with system_work("sweep"), act(verb=verb, stream=dossier_stream(dossier or uuid4()), now=NOW, codes=said) as done:
        return UUID(done.stream.key)


def deliveries() -> list[Delivery]:
    """Return what waits or ended, oldest first."""
    with as_owner():
        return list(Delivery.objects.order_by("at", "id"))


def make_due() -> None:
    """Let the next tries be due now."""
    with as_owner():
        Delivery.objects.filter(ended_at=None).update(next_try_at=datetime.now(UTC) - timedelta(seconds=1))


def test_an_act_that_obliges_the_unit_is_told_signed_and_names_no_child(
    system: System, head: Person, receiver: Receiver
) -> None:
    _row, secret = subscribe(system, head, receiver)
    happen(system.unit)
    assert post_due() == 1
    ((headers, body),) = receiver.came
    assert json.loads(body) == {
        "type": "obligation.raised",
        "timestamp": NOW.isoformat().replace("+00:00", "Z"),
        "data": {"id": str(OBLIGATION), "link": f"{settings.ADDRESS}/api/v1/obligations/{OBLIGATION}"},
    }
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{made}"
    assert [(row.outcome, row.status, row.tries) for row in deliveries()] == [("delivered", 200, 1)]
    assert post_due() == 0


def test_what_is_of_another_unit_or_not_asked_for_is_not_told(
    system: System, head: Person, receiver: Receiver, administrator: Person
) -> None:
    subscribe(system, head, receiver)
    happen(administrator.unit_id)
    happen(system.unit, verb="meet_obligation")
    happen(system.unit, verb="read_something")
    assert deliveries() == []


def test_silence_that_climbs_is_told_to_whom_it_reaches(
    system: System, head: Person, receiver: Receiver, administrator: Person
) -> None:
    subscribe(system, head, receiver)
    told = {"rung": 1, "outcome": "told", "unit": system.unit}
    passed = {"rung": 1, "outcome": "skipped_empty", "unit": None}
    happen(administrator.unit_id, verb="obligation_overdue", rungs=[passed, told])
    happen(administrator.unit_id, verb="escalate_obligation", rungs=[passed])
    assert [row.event for row in deliveries()] == ["obligation.escalated"]


def test_what_is_rolled_back_is_not_told(system: System, head: Person, receiver: Receiver) -> None:
    subscribe(system, head, receiver)
    with transaction.atomic():
        happen(system.unit)
        assert len(deliveries()) == 1
        transaction.set_rollback(True)
    assert deliveries() == []


@pytest.mark.parametrize("when", ["before the act", "before the sending"])
def test_a_file_from_which_somebody_of_the_body_is_barred_is_not_told(
    system: System, head: Person, nurse: Person, receiver: Receiver, when: str
) -> None:
    subscribe(system, head, receiver)
    with people.building():
        dossier = people.make_dossier(lead=system.unit)

    def bar() -> None:
        with people.building(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO access_bar (id, dossier_id, user_id, since, reason) VALUES (%s, %s, %s, now(), 'suspect')",
                [uuid4(), dossier, nurse.user_id],
            )

    if when == "before the act":
        bar()
    happen(system.unit, dossier=dossier)
    if when == "before the sending":
        bar()
    assert post_due() == 0
    assert receiver.came == []
    assert [row.outcome for row in deliveries()] == ([] if when == "before the act" else ["dropped"])


def test_a_receiver_in_trouble_is_asked_again_under_the_same_id_and_given_up_at_last(
    system: System, head: Person, receiver: Receiver
) -> None:
    subscribe(system, head, receiver)
    happen(system.unit)
    receiver.status = 503
    pauses = []
    for _ in range(posting.LAST_TRY):
        make_due()
        assert post_due() == 0
        (row,) = deliveries()
        pauses.append(row.next_try_at - datetime.now(UTC))
    assert (row.outcome, row.status, row.fault, row.tries) == ("dead", 503, "refused", posting.LAST_TRY)
    assert timedelta(seconds=50) < pauses[0] <= timedelta(minutes=1) < pauses[1] <= timedelta(minutes=2)
    assert max(pauses) <= timedelta(hours=4)
    assert len({headers["webhook-id"] for headers, _body in receiver.came}) == 1
    head.enter()
    assert queries.dead_count(system.account) == 1
    receiver.status = 204
    actions.resend(actor=head.enter(), now=NOW, delivery=row.pk)
    assert post_due() == 1
    with pytest.raises(NotThere):
        actions.resend(actor=head.enter(), now=NOW, delivery=row.pk)


def test_a_receiver_that_fails_ends_its_own_round_and_nobody_elses(
    system: System, head: Person, receiver: Receiver, unit: Unit
) -> None:
    subscribe(system, head, receiver)
    with people.building():
        other = make_system(unit.pk, "health_care")
    for _ in range(3):
        happen(system.unit)
    with receiving() as second:
        subscribe(other, head, second)
        happen(system.unit)
        receiver.status = 500
        assert post_due() == 1
        assert (len(receiver.came), len(second.came)) == (1, 1)


def test_a_webhook_that_failed_for_days_is_ended_in_an_act_and_told_once(
    system: System, head: Person, receiver: Receiver
) -> None:
    row, _secret = subscribe(system, head, receiver)
    happen(system.unit)
    receiver.status = 500
    post_due()
    assert give_up_failing(now=NOW) == []
    with as_owner():
        SigningKey.objects.update(failing_since=datetime.now(UTC) - timedelta(days=5, minutes=1))
    (ended,) = give_up_failing(now=NOW)
    assert (ended.webhook, ended.account_id, ended.unit_id) == (row, system.account, system.unit)
    assert give_up_failing(now=NOW) == []
    with as_owner():
        assert Subscription.objects.get(pk=row).ended_why == "failing"
        assert Act.objects.filter(verb="give_up_webhook").count() == 1
    (message,) = deliveries()
    assert message.outcome == "dead"
    with pytest.raises(Conflict):
        actions.resend(actor=head.enter(), now=NOW, delivery=message.pk)


def test_a_taken_message_ends_the_failing(system: System, head: Person, receiver: Receiver) -> None:
    subscribe(system, head, receiver)
    happen(system.unit)
    receiver.status = 500
    post_due()
    receiver.status = 200
    make_due()
    assert post_due() == 1
    with as_owner():
        assert SigningKey.objects.get().failing_since is None


def test_an_ended_webhook_is_told_nothing_more(system: System, head: Person, receiver: Receiver) -> None:
    row, _secret = subscribe(system, head, receiver)
    happen(system.unit)
    actions.end_webhook(actor=head.enter(), now=NOW, webhook=row)
    happen(system.unit)
    assert post_due() == 0
    assert [one.outcome for one in deliveries()] == ["dropped"]
    with pytest.raises(NotThere):
        actions.end_webhook(actor=head.enter(), now=NOW, webhook=row)


def test_nothing_follows_where_a_receiver_points(receiver: Receiver) -> None:
    with receiving() as elsewhere:
        receiver.status, receiver.location = 302, elsewhere.address
        assert send(receiver.address, b"{}", {}) == posting.Tried(302, "refused")
        assert elsewhere.came == []


@pytest.mark.parametrize("how", ["pauses", "drips"])
def test_a_receiver_that_keeps_us_waiting_is_left(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 1)
    receiver.pause, receiver.drips = (3.0, False) if how == "pauses" else (0.0, True)
    assert send(receiver.address, b"{}", {}).fault in {"silent", "unreachable"}


def test_a_closed_port_and_a_name_that_leads_nowhere_are_told_apart(receiver: Receiver) -> None:
    with receiving() as gone:
        address = gone.address
    assert send(address, b"{}", {}).fault == "unreachable"
    assert send("https://no-such-name.invalid/", b"{}", {}).fault in {"name_unknown", "address_refused"}


def test_in_production_loopback_is_refused_when_it_is_made_and_when_it_is_sent(
    system: System, head: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "instance_kind", lambda: "production")
    with receiving() as made:
        with pytest.raises(actions.AddressRefused):
            subscribe(system, head, made)
        assert send(made.address, b"{}", {}).fault == "address_refused"
        assert made.came == []


def test_only_who_arranges_a_confirmed_system_with_the_scope_makes_webhooks(
    system: System, head: Person, nurse: Person, unit: Unit, receiver: Receiver
) -> None:
    with people.building():
        mute = make_system(unit.pk, "health_care", scopes=["obligations:read"])
    with pytest.raises(NotThere):
        subscribe(system, nurse, receiver)
    with pytest.raises(Refused):
        subscribe(mute, head, receiver)
    with pytest.raises(Refused):
        subscribe(system, head, receiver, ["everything"])
    for _ in range(5):
        subscribe(system, head, receiver)
    with pytest.raises(Refused):
        subscribe(system, head, receiver)


def test_who_arranges_sees_that_a_message_failed_and_not_of_what(
    system: System, head: Person, nurse: Person, receiver: Receiver
) -> None:
    subscribe(system, head, receiver)
    happen(system.unit)
    head.enter()
    (row,) = queries.deliveries(system.account)
    assert row.event == "obligation.raised"
    for column in ("subject", "dossier"):
        with connection.cursor() as cursor, pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            cursor.execute(f"SELECT {column} FROM exchange_delivery")
    nurse.enter()
    assert queries.deliveries(system.account) == []
