"""A written notice is taken along as a letter: by whom, in three languages, and without a child's name."""

import io
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations import policy, queries
from arasha.obligations.actions import NotPossibleNow, ObligationNotFound, meet, print_letter
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Six
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training() -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")


@pytest.fixture
def six(district: District) -> Six:
    return cast.make_six()


def letter(browser: Client, row: Obligation, **fields: str) -> HttpResponse:
    response = browser.post(f"{queries.link(row.pk)}letter/", fields)
    assert isinstance(response, HttpResponse)
    return response


def page(browser: Client, row: Obligation) -> str:
    return str(browser.get(queries.link(row.pk)).content.decode())


def test_a_letter_is_printed_by_who_hands_it_over_or_answers_it_and_by_nobody_else(
    district: District, six: Six
) -> None:
    row = cast.report_to_six(district)["tell_guardianship"]
    for who in (six.guardian, district.coordinator):
        print_letter(actor=who.enter(), obligation=row.id, now=NOW)
    with as_owner():
        printed = Act.objects.filter(verb="print_letter")
        assert {act.actor_unit for act in printed} == {six.guardian.unit.pk, district.coordinator.unit.pk}
        assert all(act.codes["obligation"] == str(row.id) for act in printed)
    with pytest.raises(ObligationNotFound):
        print_letter(actor=district.neighbour.enter(), obligation=row.id, now=NOW)
    with pytest.raises(policy.NotAllowed):
        print_letter(actor=district.inspector.enter(), obligation=row.id, now=NOW)


def test_what_is_no_notice_or_is_over_has_no_letter(district: District, six: Six) -> None:
    duties = cast.report_to_six(district)
    answered = duties["tell_guardianship"]
    meet(actor=six.guardian.enter(), obligation=answered.id, answer="Бала әжесінде.", now=NOW)
    with pytest.raises(NotPossibleNow):
        print_letter(actor=district.coordinator.enter(), obligation=answered.id, now=NOW)
    bare = next(row for row in duties.values() if not row.number)
    with pytest.raises(NotPossibleNow):
        print_letter(actor=district.coordinator.enter(), obligation=bare.id, now=NOW)


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "жазбаша хабарлама"), ("ru", "Письменное сообщение"), ("en", "Written notice No.")],
)
def test_a_notice_is_a_letter_in_three_languages_that_says_what_is_owed_and_not_about_whom(
    district: District, six: Six, language: str, words: str
) -> None:
    row = cast.report_to_six(district, now=datetime.now(UTC))["tell_guardianship"]
    browser = cast.browser_of(six.guardian)
    assert "A letter for the paper registry (PDF)" in page(browser, row)
    response = letter(browser, row, language=language)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).split())
    assert words in text
    assert row.number in text
    assert {"kk": "акт тексерілмеген", "ru": "акт не проверен", "en": "act not verified"}[language] in text
    assert str(row.dossier_id) not in text


def test_a_letter_in_no_language_of_ours_and_one_that_is_not_theirs_are_not_there(district: District, six: Six) -> None:
    row = cast.report_to_six(district, now=datetime.now(UTC))["tell_guardianship"]
    assert letter(cast.browser_of(six.guardian), row, language="xx").status_code == 404
    assert letter(cast.browser_of(district.neighbour), row).status_code == 404
    assert "A letter for the paper registry" not in page(cast.browser_of(district.inspector), row)
    assert letter(cast.browser_of(district.inspector), row).status_code == 404
