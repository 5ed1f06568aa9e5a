"""A receipt shows that the duty was done to whoever has code and phrase, and nothing to anybody else."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from arasha.kernel.access.models import Post
from arasha.kernel.journal.models import Change
from arasha.obligations.actions import check_notices
from arasha.obligations.models import Obligation
from arasha.obligations.queries.delivery import Delivery, DeliveryState
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.obligations.tests.procedures import SIX
from arasha.signals import actions, queries, rules
from arasha.signals.models import Receipt, Signal
from arasha.signals.queries import receipts
from arasha.signals.tests.test_reporting import told
from tests.database import as_owner

pytestmark = pytest.mark.django_db
PHRASE = "көкшіл тау 1987"


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    cache.clear()


def reported(district: District, phrase: str = PHRASE, ticket: str = "") -> actions.Reported:
    done = actions.report_with_receipt(
        actor=district.doctor.enter(), report=told(), phrase=phrase, ticket=ticket, now=NOW
    )
    cast.end_opening(done.signal.dossier_id)
    return done


def asked(code: str, phrase: str, **how: Any) -> Any:
    return Client().post("/receipt/?language=en", {"code": code, "phrase": phrase}, **how)


def test_a_code_is_read_as_people_type_it_and_knows_when_it_was_mistyped() -> None:
    for _ in range(50):
        code = rules.new_code()
        assert len(code) == 18
        assert rules.read_code(code) == code
        typed = rules.grouped(code).lower().replace("0", "o").replace("1", "l").replace("a", "а").replace("-", " – ")
        assert rules.read_code(typed) == code
        wrong = code[:3] + ("2" if code[3] != "2" else "3") + code[4:]
        swapped = next(
            code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(14) if code[at] != code[at + 1]
        )
        for other in (wrong, swapped, code[:-1], code + "0", "", "я" * 18, "\x00" * 18):
            with pytest.raises(rules.CodeMistyped):
                rules.read_code(other)


def test_who_has_code_and_phrase_sees_the_day_and_states_and_no_child(district: District) -> None:
    done = reported(district)
    answer = asked(done.given.code, f"  {PHRASE.upper()} ")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "23\xa0November 2026" in page
    assert district.coordinator.unit.name in page
    assert re.search(r"<dt>State</dt><dd>received</dd>", page)
    for secret in ("Аяру", "Көгерген", "№ 14 мектеп", "кешке", done.given.code, PHRASE, str(done.signal.pk)):
        assert secret not in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_sender_hears_worked_on_and_finished_and_nothing_more(district: District) -> None:
    done = reported(district)
    coordinator = district.coordinator.enter()
    actions.take_signal(actor=coordinator, signal=done.signal.pk, now=NOW)
    assert "<dd>being worked on</dd>" in asked(done.given.code, PHRASE).content.decode()
    coordinator = district.coordinator.enter()
    actions.close_signal(actor=coordinator, signal=done.signal.pk, closing="mistaken", now=NOW + timedelta(hours=1))
    page = asked(done.given.code, PHRASE).content.decode()
    assert "<dd>finished</dd>" in page
    assert "mistaken" not in page


def test_a_wrong_phrase_and_a_wrong_code_get_the_same_answer_after_the_same_work(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = reported(district)
    computed: list[tuple[str, str]] = []
    slow = rules.slow_hash

    def counted(code: str, phrase: str, salt: bytes) -> bytes:
        computed.append((code, phrase))
        return slow(code, phrase, salt)

    monkeypatch.setattr(rules, "slow_hash", counted)
    wrong_phrase, wrong_code = asked(done.given.code, "another phrase"), asked(rules.new_code(), PHRASE)
    assert wrong_phrase.status_code == wrong_code.status_code == 422
    first, second = (re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (wrong_phrase, wrong_code))
    assert first == second
    assert "There is no receipt with this code and this phrase." in first
    assert len(computed) == 2


def test_a_mistyped_code_is_told_so_without_looking_for_it(district: District) -> None:
    done = reported(district)
    answer = asked(done.given.code[:-1] + ("2" if done.given.code[-1] != "2" else "3"), PHRASE)
    assert answer.status_code == 422
    assert "This code is mistyped" in answer.content.decode()


def test_trying_phrases_ends_soon(district: District) -> None:
    done = reported(district)
    answers = [asked(done.given.code, f"phrase number {number}").status_code for number in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_a_phrase_is_made_for_who_chose_none(district: District) -> None:
    done = reported(district, phrase="  ")
    assert not done.given.chosen
    assert re.fullmatch(r"([0-9a-z]{4} ){2}[0-9a-z]{4}", done.given.phrase)
    assert asked(done.given.code, done.given.phrase).status_code == 200
    assert reported(district).given.chosen


def test_nothing_that_is_kept_opens_the_receipt_or_leads_to_the_reporter(district: District) -> None:
    done = reported(district)
    with as_owner():
        row = Receipt.objects.get()
        changes = [repr(change.columns) for change in Change.objects.filter(table_name="signals_receipt")]
    code = rules.read_code(done.given.code)
    for kept in (bytes(row.fingerprint), bytes(row.salt), bytes(row.proof), *(text.encode() for text in changes)):
        assert code.encode() not in kept
        assert PHRASE.encode() not in kept
    assert row.day.isoformat() == "2026-11-23"
    for person in (district.doctor, district.coordinator, district.inspector, district.nation):
        person.enter()
        assert not Receipt.objects.exists()


def test_the_same_form_sent_twice_is_one_report(district: District) -> None:
    first = reported(district, ticket="one form")
    with pytest.raises(actions.AlreadyTold):
        actions.report_with_receipt(actor=district.doctor.enter(), report=told(), phrase="", ticket="one form", now=NOW)
    with as_owner():
        assert Signal.objects.get().pk == first.signal.pk


def test_the_page_shows_code_and_phrase_once_and_a_second_sending_shows_neither(district: District) -> None:
    browser = cast.browser_of(district.doctor)
    form = {"concerns": ["physical"], "safe_now": "no", "suspect_has_access": "yes", "once": "abc", "phrase": PHRASE}
    answer = browser.post("/signals/report/", form)
    found = re.search(r'a-receipt__code">([0-9A-Z-]{20})<', answer.content.decode())
    assert answer.status_code == 201
    assert found is not None
    assert PHRASE not in answer.content.decode()
    assert asked(found[1], PHRASE).status_code == 200
    again = browser.post("/signals/report/", form)
    assert again.status_code == 409
    assert "a-receipt__code" not in again.content.decode()
    with as_owner():
        assert Signal.objects.count() == 1


def test_the_proof_is_a_document_for_who_opened_the_receipt_a_moment_ago(district: District) -> None:
    done = reported(district)
    page = asked(done.given.code, PHRASE).content.decode()
    opened = re.search(r'name="opened" value="([^"]+)"', page)
    assert opened is not None
    answer = Client().post("/receipt/proof/?language=kk", {"opened": opened[1]})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    for forged in ("", "x", str(done.signal.dossier_id), opened[1][:-2] + "xx"):
        assert Client().post("/receipt/proof/", {"opened": forged}).status_code == 422


def test_the_receipt_says_who_must_report_by_which_act(district: District) -> None:
    lines = queries.bound("health_worker", NOW)
    page = asked(reported(district).given.code, PHRASE).content.decode()
    for line in lines:
        assert line.act["en"] in page


def test_the_receipt_names_each_notice_by_its_unit_and_number_and_says_what_to_do_where_one_did_not_arrive(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = reported(district)
    notice = Delivery(
        number="26-000417",
        unit=district.inspector.unit,
        state=DeliveryState.SEEN,
        sent_at=NOW,
        delivered_at=NOW,
        seen_at=NOW,
        answered_at=None,
        by="inbox",
        obligations=(),
    )
    waiting = replace(notice, number="26-000418", unit=None, state=DeliveryState.UNDELIVERED, delivered_at=None)
    monkeypatch.setattr(receipts, "delivery_of", lambda dossier: [notice])
    page = asked(done.given.code, PHRASE).content.decode()
    assert "26-000417" in page
    assert district.inspector.unit.name in page
    assert "call 102" not in page
    monkeypatch.setattr(receipts, "delivery_of", lambda dossier: [notice, waiting])
    page = asked(done.given.code, PHRASE).content.decode()
    assert "26-000418" in page
    assert "call 102" in page
    assert "seen" not in page.partition("<main")[2].partition("</main")[0]  # who looked is not the sender's to know


def test_whoever_told_reads_within_the_hour_that_a_notice_did_not_arrive_and_how_else(district: District) -> None:
    cast.adopt(SIX.replace("[six]", "[health_worker]"))
    with cast.building():
        Post.objects.filter(pk=district.inspector.post).update(holder=None)
    done = reported(district)
    cast.sweeper()
    numbers = Obligation.objects.filter(unit=district.inspector.unit).exclude(number="")
    (number,) = set(numbers.values_list("number", flat=True))
    assert check_notices(actor=cast.sweeper(), now=NOW + timedelta(minutes=55)) > 0
    page = asked(done.given.code, PHRASE).content.decode()
    assert number in page
    assert "not delivered yet" in page
    assert "call 102" in page
    # Somebody takes the seat: the receipt says so by itself, and asks for nothing any more.
    with cast.building():
        Post.objects.filter(pk=district.inspector.post).update(holder=district.inspector.user)
    check_notices(actor=cast.sweeper(), now=NOW + timedelta(minutes=80))
    page = asked(done.given.code, PHRASE).content.decode()
    assert "not delivered yet" not in page
    assert "call 102" not in page
