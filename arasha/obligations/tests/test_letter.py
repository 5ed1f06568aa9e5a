"""A written notice is taken along as a letter: by whom, in three languages, and without a child's name."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from arasha.kernel.access.models import Post
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.rules import local
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


def test_the_letters_languages_leave_the_pages_own_where_they_were(district: District, six: Six) -> None:
    row = cast.report_to_six(district, now=datetime.now(UTC))["tell_guardianship"]
    frame = page(cast.browser_of(six.guardian), row).partition("<main")[0]
    assert all(f'value="{code}"' in frame for code in ("kk", "ru", "en"))


def test_a_letter_in_no_language_of_ours_and_one_that_is_not_theirs_are_not_there(district: District, six: Six) -> None:
    row = cast.report_to_six(district, now=datetime.now(UTC))["tell_guardianship"]
    assert letter(cast.browser_of(six.guardian), row, language="xx").status_code == 404
    assert letter(cast.browser_of(district.neighbour), row).status_code == 404
    assert "A letter for the paper registry" not in page(cast.browser_of(district.inspector), row)
    assert letter(cast.browser_of(district.inspector), row).status_code == 404


def handed_over(browser: Client, row: Obligation, **fields: str) -> tuple[int, str]:
    response = browser.post(f"{queries.link(row.pk)}deliver/", fields, follow=True)
    return response.status_code, str(response.content.decode())


def test_a_letter_that_was_handed_over_is_put_down_with_the_registrys_number_and_the_day(
    district: District, six: Six
) -> None:
    with cast.building():
        Post.objects.filter(pk=six.guardian.post).update(holder=None)
    began = datetime.now(UTC) - timedelta(days=2)
    row = cast.report_to_six(district, now=began, from_moment=began)["tell_guardianship"]
    browser = cast.browser_of(district.coordinator)
    day = f"{local(began):%d.%m.%Y}"
    status, said = handed_over(browser, row, by="paper", on=day, words="Кеңсеге")
    assert (status, "under which number the registry took" in said, "Кеңсеге" in said) == (422, True, True)
    status, said = handed_over(browser, row, by="paper", on="31.03.2031", incoming="417-К")
    assert (status, "Choose a day from the one on which the notice was sent until today." in said) == (422, True)
    assert cast.fresh(row).delivered_at is None
    for hostile in ({"incoming": "4" * 41}, {"incoming": "4", "on": "вчера"}, {"incoming": "4", "by": "pigeon"}):
        assert handed_over(browser, row, **{"by": "paper", "on": day} | hostile)[0] == 422
    other = cast.report_to_six(district, now=began, from_moment=began)["tell_guardianship"]
    status, said = handed_over(browser, other, by="phone", words="Кезекшіге")
    assert (status, "told by telephone" in said) == (200, True)  # no registry took anything
    status, said = handed_over(browser, row, by="paper", on=day, incoming="417-К", words="Кеңсеге")
    assert (status, "handed over as a letter" in said, "№ 417-К" in said) == (200, True, True)
    found = cast.fresh(row)
    assert found.delivered_by == "paper"
    assert found.delivered_at is not None
    assert local(found.delivered_at).date() == local(began).date()
