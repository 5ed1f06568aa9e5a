"""The pages: the public's one word, and the staff's list, paper and withdrawal."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.prevention import queries, rules
from arasha.prevention.models import Certificate
from arasha.prevention.tests.conftest import Issuers
from arasha.prevention.tests.issuing import FINISHED, TODAY, checked, issued, withdrawn
from arasha.services.tests.directory import browser_of
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(db: None) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")


@pytest.mark.usefixtures("public_process")
@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [("kk", "Жарамды", "Жарамсыз"), ("ru", "Действителен", "Недействителен"), ("en", "Valid", "Invalid")],
)
def test_all_that_counts_not_gets_the_same_bytes(issuers: Issuers, language: str, good: str, bad: str) -> None:
    valid, gone = issued(issuers.first, "1"), issued(issuers.first, "2")
    expired = issued(issuers.first, "3", ago=2, until=TODAY - timedelta(days=1))
    withdrawn(issuers.first, issuers.second, gone.row.pk)
    mistyped = valid.number[:-1] + ("0" if valid.number[-1] != "0" else "1")
    never = rules.new_number(uuid4(), queries.number_key())
    yes = checked(rules.shown(valid.number).lower(), language)
    assert yes.status_code == 200
    wrong = [gone.number, expired.number, mistyped, never, "x", "<script>", "' OR 1=1 --", "0" * 200]
    answers = [checked(number, language) for number in wrong]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert {tuple(sorted(a.headers.items())) for a in answers} == {tuple(sorted(answers[0].headers.items()))}
    as_valid = answers[0].content.decode().replace(f">{bad}<", f">{good}<", 1)
    assert as_valid == yes.content.decode()
    assert valid.number not in as_valid


@pytest.mark.usefixtures("public_process")
def test_every_try_counts_and_they_end(issuers: Issuers) -> None:
    number = issued(issuers.first).number
    assert [checked(number).status_code for _ in range(21)] == [200] * 20 + [429]


@pytest.mark.usefixtures("public_process")
def test_nothing_typed_is_asked_for_and_other_pages_may_not_send(issuers: Issuers) -> None:
    assert checked("  ").status_code == 422
    with as_role("arasha_public"):
        browser = Client()
        assert browser.get("/certificate/?language=kk").status_code == 200
        sent = browser.post("/certificate/", {"number": "x"}, headers={"origin": "https://elsewhere.example"})
        assert sent.status_code == 403


def issue_form(**more: object) -> dict[str, object]:
    form = {"once": uuid4(), "programme": "parenting", "entry": "17/2026"}
    return form | {"completed_on": f"{FINISHED:%d.%m.%Y}"} | more


def test_a_certificate_is_issued_printed_and_listed_without_its_number(issuers: Issuers) -> None:
    browser = browser_of(issuers.first)
    form = issue_form()
    page = browser.post("/certificates/issue/", form)
    assert page.status_code == 200, page.content.decode()
    number = page.content.decode().split('a-code">')[1].split("<")[0]
    assert rules.is_whole(rules.typed(number))
    assert number in browser.post("/certificates/issue/", form).content.decode()
    listed = browser.get("/certificates/").content.decode()
    assert "17/2026" in listed
    assert number not in listed
    row = newest()
    for language in ("kk", "ru", "en"):
        paper = browser.post(
            f"/certificates/{row}/print/", {"number": number, "holder": "#Әлия [*]", "language": language}
        )
        assert paper["Content-Type"] == "application/pdf", paper.content.decode()
        assert paper.content.startswith(b"%PDF")
    wrong = browser.post(
        f"/certificates/{row}/print/",
        {"number": rules.new_number(uuid4(), queries.number_key()), "holder": "x", "language": "kk"},
    )
    assert wrong.status_code == 422
    table = browser.get("/certificates/export.csv")
    assert "17/2026" in table.content.decode()
    assert number not in table.content.decode()


def newest() -> str:
    with as_owner():
        return str(Certificate.objects.latest("issued_at").pk)


def test_pages_are_404_for_others_and_full_of_what_was_typed_after_an_error(issuers: Issuers) -> None:
    row = issued(issuers.first).row.pk
    for outsider in (issuers.neighbour, issuers.school):
        browser = browser_of(outsider)
        for one in (row, uuid4()):  # what is another's answers as what is not there
            assert browser.get(f"/certificates/{one}/").status_code == 404
            for name in ("print", "withdraw", "decide"):
                answer = browser.post(f"/certificates/{one}/{name}/", {"reason": "lost", "verdict": "withdraw"})
                assert answer.status_code == 404
    page = browser_of(issuers.first).post("/certificates/issue/", issue_form(entry="Асель 12"))
    assert page.status_code == 422
    assert "Асель 12" in page.content.decode()


def test_two_persons_withdraw_on_their_pages(issuers: Issuers) -> None:
    row = issued(issuers.first).row.pk
    first, second = browser_of(issuers.first), browser_of(issuers.second)
    assert first.post(f"/certificates/{row}/withdraw/", {}).status_code == 422
    assert first.post(f"/certificates/{row}/withdraw/", {"reason": "lost"}).status_code == 302
    assert "Withdraw it for good" not in first.get(f"/certificates/{row}/").content.decode()
    assert "Withdraw it for good" in second.get(f"/certificates/{row}/").content.decode()
    second.post(f"/certificates/{row}/decide/", {"verdict": "withdraw"})
    assert "Withdrawn" in second.get(f"/certificates/{row}/").content.decode()
    assert second.post(f"/certificates/{row}/decide/", {"verdict": "refuse"}).status_code == 404
