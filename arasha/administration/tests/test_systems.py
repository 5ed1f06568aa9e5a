"""The pages of other systems: two people, a token seen once, webhooks and what was given up; nobody else finds them."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from arasha.administration.actions.systems import run_webhooks
from arasha.administration.tests.people import Member, declare, make_member, sign_in
from arasha.kernel.access.actions import system as system_work
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.tests import cast
from arasha.kernel.exchange.models import Account, Delivery, SigningKey, Subscription, Token
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.queries import domain_now
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WHAT = {"name": "Damumed, <b>clinic 3</b>", "scopes": ["obligations:read", "webhooks"], "functions": ["health_care"]}


@pytest.fixture(autouse=True)
def _training() -> None:
    declare("training")


@pytest.fixture
def head() -> Member:
    """The clinic's head."""
    member = make_member("c.head", "health_care")
    with cast.building():
        Post.objects.filter(pk=member.post_id).update(rank="head")
    return member


@pytest.fixture
def administrator() -> Member:
    """Who administers the place."""
    return make_member("a.dmin", "administration")


def clinic(head: Member) -> Unit:
    """The unit that the head sits in."""
    with system_work("test"):
        return Post.objects.select_related("unit").get(pk=head.post_id).unit


def propose(browser: Client, unit: Unit, **more: Any) -> Any:
    """Send the form of a proposal."""
    return browser.post(f"/administration/systems/propose/?unit={unit.pk}", WHAT | more)


def connected(administrator: Member, head: Member) -> tuple[Client, Client, str]:
    """Propose and confirm; returns both browsers and the system's address."""
    first, second = sign_in(administrator), sign_in(head)
    address = propose(first, clinic(head)).headers["Location"]
    assert second.post(f"{address}confirm/").status_code == 302
    show_factor(second, head)
    return first, second, address


def show_factor(browser: Client, member: Member) -> None:
    """Show the second factor once more: tokens and secrets are made only then."""
    assert browser.post("/account/confirm/", {"code": member.code(1), "next": "/account/"}).status_code == 302


def test_one_proposes_the_head_is_told_and_confirms_and_a_token_is_seen_once(
    administrator: Member, head: Member
) -> None:
    browser = sign_in(administrator)
    assert b'name="unit"' in browser.get("/administration/systems/propose/").content
    address = propose(browser, clinic(head), networks="203.0.113.0/24\n\n").headers["Location"]
    page = browser.get(address).content.decode()
    assert "<b>clinic 3" not in page
    assert "203.0.113.0/24" in page
    assert f"{address}confirm/" not in page
    assert browser.post(f"{address}confirm/").status_code == 409
    with as_owner():
        assert (Notice.objects.get(code="system_proposed").link, Token.objects.count()) == (address, 0)
    second = sign_in(head)
    assert f"{address}confirm/" in second.get(address).content.decode()
    assert second.post(f"{address}confirm/").status_code == 302
    assert second.post(f"{address}confirm/").status_code == 409
    assert second.post(f"{address}token/", {"days": "90"}).headers["Location"].startswith("/account/confirm/")
    show_factor(second, head)
    shown = second.post(f"{address}token/", {"days": "90"}).content.decode()
    (token,) = re.findall(r"arasha_[\w-]{43}", shown)
    assert token not in second.get(address).content.decode()
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401  # from another network
    with as_owner():
        row = Token.objects.get()
    assert second.post(f"{address}token/{row.pk}/revoke/").status_code == 302
    assert second.post(f"{address}token/{row.pk}/revoke/").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 201}, {"scopes": ["all"]}, {"functions": ["administration"]}, {"networks": "here"}],
)
def test_a_proposal_with_a_fault_keeps_what_was_typed(
    administrator: Member, head: Member, wrong: dict[str, Any]
) -> None:
    answer = propose(sign_in(administrator), clinic(head), **wrong)
    assert answer.status_code == 422
    assert b"govuk-error-summary" in answer.content
    with as_owner():
        assert not Account.objects.exists()


def test_who_arranges_nothing_finds_no_page(administrator: Member, head: Member) -> None:
    _first, _second, address = connected(administrator, head)
    stranger = sign_in(make_member("s.tranger", "health_care"))
    for path in ("/administration/systems/", "/administration/systems/propose/", address, f"{address}messages/"):
        assert stranger.get(path).status_code == 404
    for path in ("confirm/", "end/", "token/", "budget/", f"token/{uuid4()}/revoke/", f"messages/{uuid4()}/resend/"):
        assert stranger.post(f"{address}{path}").status_code in {302, 404}
    with as_owner():
        assert (Token.objects.count(), Account.objects.get().ended_at) == (0, None)


def test_a_webhook_is_made_told_given_up_and_its_message_sent_again(
    administrator: Member, head: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    _first, second, address = connected(administrator, head)
    added = f"{address}webhooks/add/"
    assert second.post(added, {"address": "https://10.0.0.1/", "events": ["obligation.raised"]}).status_code == 422
    said = {"address": "http://127.0.0.1:9/in", "events": ["obligation.raised"]}
    assert "whsec_" in second.post(added, said).content.decode()
    unit = clinic(head).pk
    codes = {"facet": 7, "obligation": str(uuid4()), "unit": unit}
    with (
        system_work("sweep"),
        act(verb="raise_obligation", stream=dossier_stream(uuid4()), now=domain_now(), codes=codes),
    ):
        pass
    assert run_webhooks(now=domain_now()) == 0  # nobody listens there
    with as_owner():
        SigningKey.objects.update(failing_since="2020-01-01T00:00:00Z")
    run_webhooks(now=domain_now())
    with as_owner():
        assert Notice.objects.filter(code="webhook_given_up", post=head.post_id).count() == 1
        assert Subscription.objects.get().ended_why == "failing"
        message = Delivery.objects.get()
    page = second.get(f"{address}messages/").content.decode()
    assert str(message.subject) not in page
    assert second.post(f"{address}messages/{message.pk}/resend/", follow=True).status_code == 200
    assert second.post(f"{address}messages/{uuid4()}/resend/").status_code == 404


def test_an_ended_system_says_so_and_offers_nothing_more(administrator: Member, head: Member) -> None:
    first, second, address = connected(administrator, head)
    assert first.post(f"{address}end/").status_code == 302
    page = second.get(address).content.decode()
    assert f"{address}token/" not in page
    assert second.post(f"{address}token/", {"days": "30"}).status_code == 409
    assert second.post(f"{address}end/").status_code == 409


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_for_developers_is_read_by_everybody_in_three_languages(language: str) -> None:
    page = Client().get("/api/", {"language": language})
    assert page.status_code == 200
    for code in ("too_many", "key_reused", "webhook-signature", "obligation.raised", "/api/v1/openapi.json"):
        assert code in page.content.decode()
