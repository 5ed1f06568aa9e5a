"""The pages of a child's file: each opens for its lead, takes what is typed, and is not there for others."""

import io
from uuid import uuid4

import pytest

from arasha.cases.models import CaseDocument
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District, Person
from arasha.signals.models import Signal
from arasha.signals.tests.test_frame import guardianship, leads, signal
from tests.database import as_owner

__all__ = ["guardianship", "signal"]
pytestmark = pytest.mark.django_db


def test_every_page_of_a_file_opens_for_its_lead_and_takes_what_is_typed(district: District, signal: Signal) -> None:
    lead = cast.browser_of(district.coordinator)
    base = f"/cases/{signal.dossier_id}"
    sent = {
        "safety": {"state": "unsafe", "where": "home", "seen": "alone", "why": "Көрдім", "again": "day"},
        "words": {"how": "said", "words": "Қорқамын", "where": "home"},
        "household": {"called": "Ерасыл", "age": "4"},
        "concerns": {"code": "neglect", "setting": "home"},
    }
    for subject, fields in sent.items():
        assert lead.get(f"{base}/{subject}/").status_code == 200, subject
        wrong = lead.post(f"{base}/{subject}/", {})
        assert (wrong.status_code, "govuk-error-summary" in wrong.content.decode()) == (422, True), subject
        answer = lead.post(f"{base}/{subject}/", fields, follow=True)
        assert answer.redirect_chain == [(f"{base}/{subject}/", 302)], subject
    assert "Қорқамын" in lead.get(f"{base}/words/").content.decode()
    assert lead.get(f"{base}/lead/").status_code == lead.get("/cases/offers/").status_code == 200
    upload = io.BytesIO(b"a letter")
    upload.name = "letter.txt"
    answer = lead.post(f"{base}/documents/", {"kind": "letter", "document": upload}, follow=True)
    assert "letter.txt" in answer.content.decode()
    with as_owner():
        document = str(CaseDocument.objects.get().pk)
    given = lead.post(f"{base}/documents/", {"open": document})
    assert (given.content, given.headers["Content-Disposition"].split(";")[0]) == (b"a letter", "attachment")
    assert lead.post(f"{base}/documents/", {"open": str(uuid4())}).status_code == 404


def test_pages_of_a_file_are_not_there_for_others(district: District, signal: Signal) -> None:
    for person in (district.neighbour, district.doctor):
        browser = cast.browser_of(person)
        for subject in ("safety", "words", "household", "concerns", "documents", "lead"):
            assert browser.get(f"/cases/{signal.dossier_id}/{subject}/").status_code == 404
            assert browser.post(f"/cases/{signal.dossier_id}/{subject}/", {"do": "offer"}).status_code == 404


def test_the_lead_is_offered_and_taken_on_the_page(district: District, signal: Signal, guardianship: Person) -> None:
    lead, other = cast.browser_of(district.coordinator), cast.browser_of(guardianship)
    page = f"/cases/{signal.dossier_id}/lead/"
    answer = lead.post(page, {"do": "offer", "function": "guardianship", "place": DISTRICT, "reason": "other_body"})
    assert answer.status_code == 302
    assert lead.post(page, {"do": "offer", "function": "guardianship", "reason": "capacity"}).status_code == 404
    assert guardianship.unit.name in lead.get(page).content.decode()
    assert page in other.get("/cases/offers/").content.decode()
    assert other.post(page, {"do": "answer", "takes": "no"}).status_code == 422
    assert other.post(page, {"do": "answer", "takes": "yes"}).status_code == 302
    assert leads(signal) == guardianship.unit.pk
