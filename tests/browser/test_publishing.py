"""A ministry's form in the browser: from a workbook with faults to its next version and its withdrawal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser import workbooks
from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = pytest.mark.browser
Opened = Callable[..., Look]
WRITES, PUBLISHES = "Әсел Мұқанова", "Жанар Әбілқасым"
FAULTS = {
    "kk": ("Парақ", "choices", "5", "C5", "«Келесский район» мәтінінің осы тілдегісі жоқ. Аудармасын жазыңыз."),
    "ru": ("Лист", "choices", "5", "C5", "Для «Келесский район» нет текста на этом языке. Впишите перевод."),
    "en": ("Sheet", "choices", "5", "C5", "“Келесский район” is not said in this language. Write the translation."),
}
LOOPS = {
    "kk": "Формулалар бірін-бірі күтіп, шеңбер құрайды: first → second → first. Шеңберді үзіңіз.",
    "ru": "Формулы ждут друг друга по кругу: first → second → first. Разорвите круг.",
    "en": "Formulas wait for each other in a circle: first → second → first. Break the circle.",
}


def bring_in(window: Look, workbook: bytes) -> Page:
    """Upload a workbook on the page that takes forms."""
    page = window.at("/forms/import/")
    file: FilePayload = {"name": "visit.xlsx", "mimeType": workbooks.XLSX, "buffer": workbook}
    page.locator("input[type=file]").set_input_files(files=[file])
    page.locator("main form button[type=submit]").first.click()
    return page


def path_of(window: Look) -> str:
    """Return where a window is, without the query."""
    return window.page.url.removeprefix(window.site.url).partition("?")[0]


def decide(window: Look, path: str, kind: str, reason: str = "") -> None:
    """Take a decision on a version's page."""
    page = window.at(path)
    page.locator(f"#decide input[value={kind}]").check()
    if reason:
        page.locator("#decide textarea").fill(reason)
    page.locator("#decide button").click()
    expect(page.locator(".moj-alert").first).to_be_visible()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_faults_are_told_by_sheet_row_and_cell_in_the_readers_language(as_person: Opened, language: str) -> None:
    window = as_person(WRITES, width=PHONE, language=language)
    page = bring_in(window, workbooks.faulty())
    expect(page.get_by_role("alert")).to_be_visible()
    rows = page.locator("#faults tbody tr")
    expect(rows).to_have_count(2)
    head, sheet, row, cell, words = FAULTS[language]
    told = rows.filter(has_text=words)
    assert told.locator("td").first.get_attribute("data-label") == head
    assert [told.locator("td").nth(at).inner_text().split("\n")[0] for at in range(3)] == [sheet, row, cell]
    loop = rows.filter(has_text=LOOPS[language])
    assert [loop.locator("td").nth(at).inner_text() for at in range(2)] == ["survey", "20"]
    # What was handed in stands below, to be mended; nothing was kept.
    assert "visit_sheet" in page.locator("main textarea").input_value()
    assert (window.axe(), window.sideways()) == ([], [])
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    assert (window.axe(), window.sideways()) == ([], [])
    expect(window.at("/forms/?q=visit_sheet").locator("main tbody tr")).to_have_count(0)
    assert window.complained == []


def test_a_form_is_tried_published_by_another_compared_and_withdrawn(as_person: Opened) -> None:
    officer, second = as_person(WRITES, width=PHONE), as_person(PUBLISHES)
    assert officer.unsound("/forms/import/") == []
    page = bring_in(officer, workbooks.right())
    expect(page.locator("h1")).to_have_text("Үйге бару парағы")
    first = path_of(officer)
    assert officer.unsound(first) == []
    _languages_are_there_to_choose(page)
    _it_is_tried(officer, f"{first}try/")
    expect(officer.at(first).locator("input[value=publish]")).to_have_count(0)

    assert second.unsound(first) == []
    decide(second, first, "publish")
    expect(second.page.locator(".a-head")).to_contain_text("қазір толтырылады")

    bring_in(officer, workbooks.next_one())
    newer = path_of(officer)
    _they_are_compared(officer, f"{newer}difference/{first.strip('/').split('/')[-1]}/")
    decide(second, newer, "publish")
    expect(second.at(first).locator(".a-head")).to_contain_text("ауыстырылған")
    _it_is_withdrawn(officer, second, first, newer)
    assert officer.unsound("/forms/") == []
    assert (officer.complained, second.complained) == ([], [])


def _languages_are_there_to_choose(page: Page) -> None:
    """The page of a version offers the three languages, as every page does."""
    page.set_viewport_size({"width": DESKTOP, "height": 900})
    expect(page.locator(".a-top > .a-langs button")).to_have_text(["Қаз", "Рус", "Eng"])
    page.set_viewport_size({"width": PHONE, "height": 900})


def _it_is_tried(officer: Look, path: str) -> None:
    """Walk through the form as whoever fills it in will see it, on a telephone in Kazakh."""
    assert officer.unsound(path) == []
    page = officer.page
    following = page.get_by_role("button", name="Келесі")
    expect(page.locator(".a-head")).to_contain_text("Қайда болдыңыз")
    page.get_by_label("Түркістан облысы").check()
    page.get_by_label("Келес ауданы").check()
    expect(page.get_by_label("Талғар ауданы")).to_have_count(0)
    following.click()
    following.click()
    expect(page.get_by_role("alert")).to_contain_text("Бір жауапты таңдаңыз")
    assert (officer.axe(), officer.sideways()) == ([], [])
    page.get_by_label("Жоқ").check()
    following.click()
    page.get_by_label("Бала неден қорқады").fill("Үйге қайтудан")
    following.click()
    expect(page.locator(".a-head")).to_contain_text("Үйдегі балалар")
    page.get_by_role("button", name="қосу").click()
    page.get_by_label("Аты").fill("Аружан")
    page.get_by_label("Жасы").fill("4")
    page.get_by_label("Жасы").press("Tab")
    expect(page.get_by_text("Жеті жасқа толмаған балалар: 1")).to_be_visible()
    assert (officer.axe(), officer.sideways()) == ([], [])
    page.get_by_role("button", name="Не сақталатынын көру").click()
    kept = page.locator("main tbody")
    for words in ("keles", "Үйге қайтудан", "Аружан"):
        expect(kept).to_contain_text(words)
    assert (officer.axe(), officer.sideways()) == ([], [])


def _they_are_compared(officer: Look, path: str) -> None:
    """Look at the two versions side by side: what is new, what is asked in other words, what it means for figures."""
    assert officer.unsound(path) == []
    main = officer.page.locator("main")
    for words in (
        "Қазақша: Бала не қалайды",
        "Бала қазір қауіпсіз бе",
        "Қазақша: Белгісіз",
        "Тек осы редакциядан бастап саналады.",
    ):
        expect(main).to_contain_text(words)


def _it_is_withdrawn(officer: Look, second: Look, first: str, newer: str) -> None:
    """One withdraws where a version is left to fill in; the last is withdrawn by two."""
    page = second.at(newer)
    page.locator("#decide input[value=withdraw]").check()
    page.locator("#decide button").click()
    expect(page.locator(".govuk-error-message, .govuk-error-summary").first).to_be_visible()
    assert (second.axe(), second.sideways()) == ([], [])
    decide(second, newer, "withdraw", "Сұрақ баланы қинайды")
    expect(second.page.locator("main")).to_contain_text("Сұрақ баланы қинайды")
    decide(officer, first, "ask", "Қолданылмайды")
    expect(officer.page.locator("input[value=withdraw]")).to_have_count(0)
    assert second.unsound(first) == []
    decide(second, first, "withdraw")
    expect(officer.at(first).locator(".a-head")).to_contain_text("қайтарып алынған")
    expect(officer.page.locator("aside")).to_contain_text("Қолданылмайды")
