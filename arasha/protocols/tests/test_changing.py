"""Drafting and deciding on the pages: what a form takes, what it refuses, what it keeps."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.protocols.actions import decide
from arasha.protocols.models import Decision, ProtocolVersion
from arasha.protocols.rules.standing import Kind
from arasha.protocols.tests.cast import Ministry
from arasha.protocols.tests.conftest import Browser
from arasha.protocols.tests.procedures import MADE_UP
from arasha.protocols.tests.test_pages import made_up, page

pytestmark = pytest.mark.django_db


def tomorrow() -> str:
    return (local(domain_now()) + timedelta(days=1)).strftime("%d.%m.%Y")


def test_one_drafts_another_reviews_and_the_text_comes_in_force(ministry: Ministry, browser: Browser) -> None:
    officer, lawyer = browser("officer"), browser("lawyer")
    begun = page(officer, "/procedures/draft/?from=first_response~1")
    assert "version: 2" in begun
    old = ProtocolVersion.objects.get(code="first_response", number=1)
    text = page(officer, "/procedures/first_response/1/file/").replace("version: 1", "version: 2", 1)
    answer = officer.post("/procedures/draft/", {"text": text.replace("amount: 72", "amount: 48", 1)})
    address = "/procedures/first_response/2/"
    assert (answer.status_code, answer["Location"]) == (302, address)
    assert "72\xa0hours" in page(officer, address + "difference/1/")
    assert "48\xa0hours" in page(officer, address + "difference/1/")

    assert 'value="review"' not in page(officer, address)
    refused = officer.post(address + "decide/", {"kind": "review"})
    assert refused.status_code == 422
    assert lawyer.post(address + "decide/", {"kind": "review", "read_acts": "on"}).status_code == 302
    late = officer.post(address + "decide/", {"kind": "adopt", "day": "01.01.2020"})
    assert late.status_code == 422
    assert "Give a day that lies ahead" in late.content.decode()
    assert "01.01.2020" in late.content.decode()
    assert officer.post(address + "decide/", {"kind": "adopt", "day": tomorrow()}).status_code == 302
    told = page(browser("doctor"), address)
    assert "not yet in force" in told
    assert "The acts themselves were read." in told
    assert ProtocolVersion.objects.get(pk=old.pk).sha256 == old.sha256


def test_a_faulty_text_keeps_what_was_typed_and_names_file_line_and_reason(
    ministry: Ministry, browser: Browser
) -> None:
    officer = browser("officer")
    faulty = MADE_UP.replace("counts_from: identified", "counts_from: birth")
    answer = officer.post("/procedures/draft/", {"text": faulty})
    told = answer.content.decode()
    line = next(number for number, line in enumerate(faulty.splitlines(), start=1) if "birth" in line)
    assert answer.status_code == 422
    assert f"pasted.yaml, line {line}: " in told
    assert "counts_from: birth" in told
    uploaded = SimpleUploadedFile("mine.yaml", faulty.encode())
    told = officer.post("/procedures/draft/", {"text": "", "file": uploaded}).content.decode()
    assert f"mine.yaml, line {line}: " in told
    assert "counts_from: birth" in told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Paste the text, or choose a file."),
        ({"text": "  \n "}, "Paste the text, or choose a file."),
        ({"text": "a: ["}, "pasted.yaml, line"),
        ({"text": "x" * 200_001}, "200,000|200000|200 000|200\xa0000"),
        ({"file": SimpleUploadedFile("a.yaml", b"\xff\xfe\x00bad")}, "not a text in UTF-8"),
        ({"file": SimpleUploadedFile("a.yaml", b"x" * 200_001)}, "larger than 200 KB"),
        ({"file": SimpleUploadedFile("a.yaml", b"")}, "empty"),
        ({"text": "&a [*a, *a]"}, "pasted.yaml, line"),
        ({"text": MADE_UP.replace("made_up", "first_response").replace("version: 1", "version: 1")}, "version 2"),
    ],
)
def test_bad_input_is_refused_with_a_reason(browser: Browser, given: dict[str, object], said: str) -> None:
    answer = browser("officer").post("/procedures/draft/", given)
    assert answer.status_code == 422
    assert any(words in answer.content.decode() for words in said.split("|"))
    assert not ProtocolVersion.objects.exclude(author=None).exists()


def test_who_returns_says_why_and_what_was_written_stays(ministry: Ministry, browser: Browser) -> None:
    made = made_up(ministry)
    address = f"/procedures/made_up/{made.number}/decide/"
    lawyer = browser("lawyer")
    answer = lawyer.post(address, {"kind": "return", "reason": ""})
    assert answer.status_code == 422
    assert "Give the reason." in answer.content.decode()
    assert lawyer.post(address, {"kind": "adopt", "day": tomorrow()}).status_code == 422
    assert lawyer.post(address, {"kind": "nonsense"}).status_code == 422
    assert lawyer.post(address, {"kind": "return", "reason": "The limit has no basis."}).status_code == 302
    assert "The limit has no basis." in page(browser("officer"), f"/procedures/made_up/{made.number}/")
    assert lawyer.post(address, {"kind": "review"}).status_code == 422
    assert Decision.objects.count() == 1


def test_a_withdrawn_draft_and_an_ended_procedure_say_so(ministry: Ministry, browser: Browser) -> None:
    made = made_up(ministry)
    now = domain_now()
    decide(actor=ministry.officer.enter(), version=made.pk, kind=Kind.WITHDRAW, now=now)
    assert "withdrawn" in page(browser("officer"), "/procedures/made_up/1/")
    school = ProtocolVersion.objects.get(code="school_procedure")
    day = local(now).date() + timedelta(days=3)
    officer = ministry.officer.enter()
    decide(actor=officer, version=school.pk, kind=Kind.PROPOSE_END, now=now, day=day, reason="replaced by law")
    assert "in force, its end is proposed" in page(browser("doctor"), "/procedures/school_procedure/1/")
    decide(actor=ministry.prosecutor.enter(), version=school.pk, kind=Kind.END, now=now, day=day)
    assert "ends on" in page(browser("doctor"), "/procedures/school_procedure/1/")
