"""The pages of who writes forms: brought in, looked at, compared, published by another; closed to everybody else."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from arasha.questionnaires.models import Version
from arasha.questionnaires.rules.books import canonical, excel, read
from arasha.questionnaires.tests.conftest import Browser
from arasha.questionnaires.tests.ministry import Ministry
from arasha.questionnaires.tests.sources import FORM, numbered, reading

pytestmark = pytest.mark.django_db
ADDRESS = "/forms/"
FAULTY = FORM.replace("| yes_no | no | Жоқ |", "| yes_no | no | |").replace("'no'", "'nno'")


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def hand_in(client: Client, text: str = FORM) -> int:
    """Bring a form in as Excel; returns the version's number in the database."""
    file = SimpleUploadedFile("form.xlsx", excel(canonical(reading(text).book)))
    answer = client.post(f"{ADDRESS}import/", {"file": file, "text": ""})
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rpartition("/")[2])


def decided(client: Client, version: int, kind: str, reason: str = "") -> int:
    answer = client.post(f"{ADDRESS}{version}/decide/", {"kind": kind, "reason": reason})
    return int(answer.status_code)


def test_an_officer_brings_in_excel_sees_every_language_and_another_person_publishes(browser: Browser) -> None:
    officer, second = browser("officer"), browser("second", "kk")
    version = hand_in(officer)
    page = text_of(officer, f"{ADDRESS}{version}/")
    for words in ("Қауіпсіз бе", "В безопасности ли", "Is the child safe", "Жоқ", "${safe} = &#x27;no&#x27;"):
        assert words in page
    assert 'value="publish"' not in page
    assert decided(officer, version, "publish") == 422
    assert 'value="publish"' in text_of(second, f"{ADDRESS}{version}/")
    assert decided(second, version, "publish") == 302
    assert Version.objects.get(pk=version).state == "published"
    assert "Ойдан шығарылған" in text_of(second, ADDRESS)


@pytest.mark.parametrize("who", ["district_administrator", "coordinator", "doctor"])
def test_to_everybody_else_none_of_these_pages_exists(browser: Browser, who: str) -> None:
    version = hand_in(browser("officer"))
    other = browser(who)
    for path in ("", "import/", "template/", f"{version}/", f"{version}/file/md/", f"{version}/difference/{version}/"):
        assert other.get(ADDRESS + path).status_code == 404
    assert decided(other, version, "publish") == 404
    assert other.post(f"{ADDRESS}import/", {"text": FORM}).status_code == 404
    assert other.post(f"{ADDRESS}import/faults/", {"text": FAULTY}).status_code == 404
    assert ADDRESS not in text_of(other, "/")
    assert ADDRESS in text_of(browser("administrator"), "/")


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "осы тілдегісі жоқ"), ("ru", "нет текста на этом языке"), ("en", "is not said in this language")],
)
def test_a_faulty_form_is_told_cell_by_cell_in_the_readers_language_and_stays(
    browser: Browser, language: str, said: str
) -> None:
    officer = browser("officer", language)
    file = SimpleUploadedFile("form.xlsx", excel(canonical(reading(FAULTY).book)))
    answer = officer.post(f"{ADDRESS}import/", {"file": file, "text": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert re.search(r">choices</td>.*?>3</td>.*?>C3", page, re.DOTALL)
    assert "| yes_no | no |" in page
    assert not Version.objects.filter(questionnaire="made_up").exists()


def test_the_faults_are_downloaded_as_excel_with_comments_at_their_cells(browser: Browser) -> None:
    answer = browser("officer").post(f"{ADDRESS}import/faults/", {"text": FAULTY})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "this language" in book["choices"]["C3"].comment.text
    assert [row[0].value for row in book["faults"].iter_rows()] == ["Sheet", "survey", "choices"]
    book["choices"]["C3"] = "Жоқ"
    survey = book["survey"]
    head = [cell.value for cell in survey[1]].index("relevant") + 1
    survey.cell(row=4, column=head).value = "${safe} = 'no'"
    out = io.BytesIO()
    book.save(out)
    assert canonical(read(out.getvalue()).book) == canonical(reading().book)


def test_a_number_that_is_taken_is_a_fault_in_its_cell_with_the_next_one(browser: Browser) -> None:
    officer = browser("officer")
    assert decided(browser("second"), hand_in(officer), "publish") == 302
    answer = officer.post(f"{ADDRESS}import/", {"text": FORM})
    assert answer.status_code == 422
    assert "Version 1 is published already. Write the number 2." in answer.content.decode()


def test_nothing_and_nonsense_are_answered_with_what_to_do(browser: Browser) -> None:
    officer = browser("officer")
    for given in ({}, {"text": "  "}, {"text": "hello"}, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04nonsense")}):
        answer = officer.post(f"{ADDRESS}import/", given)
        assert answer.status_code == 422
        assert "govuk-error-message" in answer.content.decode()


def test_a_file_comes_back_as_it_was_brought_in(browser: Browser) -> None:
    officer = browser("officer")
    version = hand_in(officer)
    for kind in ("xlsx", "md"):
        answer = officer.get(f"{ADDRESS}{version}/file/{kind}/")
        assert f"made_up-1.{kind}" in answer["Content-Disposition"]
        assert canonical(read(answer.content).book) == canonical(reading().book)
    assert officer.get(f"{ADDRESS}{version}/file/exe/").status_code == 404


def test_the_template_is_a_form_that_holds(browser: Browser) -> None:
    officer = browser("officer", "kk")
    content = officer.get(f"{ADDRESS}template/").content
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[0] == "help"
    assert officer.post(f"{ADDRESS}import/", {"file": SimpleUploadedFile("t.xlsx", content)}).status_code == 302


def test_two_versions_are_compared_question_by_question_with_what_it_means_for_figures(browser: Browser) -> None:
    officer = browser("officer")
    first = hand_in(officer)
    changed = numbered(2).replace("| Who |", "| Which person |").replace(". < 18", ". < 21")
    changed = changed.replace(
        "| | yes_no | no |", "| | yes_no | unsure | Белгісіз | Неясно | Unsure |\n| | yes_no | no |"
    )
    second = hand_in(officer, changed)
    page = text_of(officer, f"{ADDRESS}{second}/difference/{first}/")
    for words in ("Which person", "compare with care", ". &gt;= 0 and . &lt; 21", "new answer", "Counted only from"):
        assert words in page
    assert "Which person" in text_of(officer, f"{ADDRESS}{first}/difference/{second}/")


def test_a_draft_is_put_aside_and_taken_up_again_on_the_page(browser: Browser) -> None:
    officer = browser("officer")
    version = hand_in(officer)
    assert decided(officer, version, "discard") == 302
    assert 'value="restore"' in text_of(officer, f"{ADDRESS}{version}/")
    assert decided(officer, version, "restore") == 302
    assert Version.objects.get(pk=version).state == "draft"


def test_a_withdrawal_without_a_reason_is_asked_for_one_and_with_it_is_kept_for_all(browser: Browser) -> None:
    officer, second = browser("officer"), browser("second")
    version = hand_in(officer)
    decided(second, version, "publish")
    assert decided(officer, version, "ask") == 422
    assert decided(officer, version, "ask", "It hurts children") == 302
    assert decided(officer, version, "withdraw") == 422
    assert decided(second, version, "withdraw") == 302
    assert "It hurts children" in text_of(officer, f"{ADDRESS}{version}/")


def test_the_list_is_searched_and_narrowed_and_an_empty_one_says_what_to_do(browser: Browser) -> None:
    officer = browser("officer")
    hand_in(officer)
    assert "A made-up form" in text_of(officer, f"{ADDRESS}?q=ойдан")
    assert "No form is like that" in text_of(officer, f"{ADDRESS}?q=nothing")
    assert "A made-up form" not in text_of(officer, f"{ADDRESS}?standing=withdrawn")
    assert "A made-up form" in text_of(officer, f"{ADDRESS}?standing=draft")


def test_a_changed_version_begins_with_the_text_of_the_one_before(browser: Browser, ministry: Ministry) -> None:
    officer = browser("officer")
    version = hand_in(officer)
    assert "| made_up | A made-up form | 1 |" in text_of(officer, f"{ADDRESS}import/?from={version}")
    assert "made_up" not in text_of(officer, f"{ADDRESS}import/?from=99999999999999999999")
