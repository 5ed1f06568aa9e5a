"""Dana (J4) in the browser, as far as the system reaches: reported without papers, her statement refused.

The prosecutor owes an answer, her daughter is thought of by name, and the school reads none of it.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Look

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("demonstrated")]
Opened = Callable[..., Look]
DOCTOR, COORDINATOR, PSYCHOLOGIST = "Айгүл Сейітқызы", "Гүлнар Әбдікерімова", "Жанар Әбілқасым"
DANA, DAUGHTER = "Дана", "Дананың қызы"


def signed_in(look: Opened, name: str, width: int = DESKTOP) -> Look:
    window = look(width=width)
    page = window.at("/sign-in/")
    page.get_by_role("button", name=name).click()
    expect(page.locator("h1")).to_be_visible()
    return window


def report(page: Page) -> None:
    """Tell of her: neither a document nor a number is asked for."""
    for name, value in (("concerns", "sexual"), ("safe_now", "no"), ("suspect_has_access", "yes")):
        page.locator(f"input[name={name}][value={value}]").check()
    page.locator("input[name=statement][value=refused]").check()
    page.locator("input[name=pressure]").check()
    page.locator("input[name=child_called]").fill(DANA)
    page.locator("input[name=child_age]").fill("14")
    page.locator("textarea[name=narrative]").fill(
        "Босанды. Полиция өтінішін қабылдамады, елден шығарамыз деп қорқытты."
    )
    page.locator("form.a-report button[type=submit]:not([name])").click()


def opened(page: Page) -> str:
    """Open her case from the signal; returns the file's address."""
    page.locator("main tr, main li", has_text=DANA).locator("a").first.click()
    page.locator("a[href$='/case/']").first.click()
    page.locator("main form button[type=submit]").first.click()
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/cases/")
    page.locator("main table a", has_text=DANA).first.click()
    return page.url


def test_what_was_refused_is_owed_by_the_prosecutor_and_nobody_is_alone(look: Opened) -> None:
    doctor = signed_in(look, DOCTOR, PHONE)
    report(doctor.at("/signals/report/"))
    expect(doctor.page.locator("h1")).to_have_text("Хабарыңыз қабылданды")
    assert doctor.sideways() == []
    lead = signed_in(look, COORDINATOR)
    file = opened(lead.at("/signals/"))
    path = "/" + file.split("/", 3)[3]
    dossier = path.strip("/").split("/")[-1]
    page = lead.at(f"{path}duties/")
    expect(page.locator("main")).to_contain_text("Прокурордың жауабы")
    lead.at(f"/cases/{dossier}/household/")
    page.locator("input[name=called]").fill(DAUGHTER)
    page.locator("input[name=age]").fill("0")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text(DAUGHTER)
    assert lead.axe() == []
    lead.at(f"{path}story/")
    expect(page.locator("main")).not_to_contain_text("Айгүл")
    lead.at(f"/files/{dossier}/silences/")
    expect(page.locator("main .a-empty, main h2").first).to_be_visible()
    school = signed_in(look, PSYCHOLOGIST)
    for hidden in (path, f"{path}story/", f"/cases/{dossier}/words/", f"/files/{dossier}/removal/"):
        assert school.page.goto(school.site.url + hidden).status == 404, hidden  # type: ignore[union-attr]  # an answer came
