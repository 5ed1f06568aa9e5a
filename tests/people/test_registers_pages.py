"""The pages of registers, from naming one to taking a load back; who is not of the unit sees none of it."""

import json
import logging
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from arasha.kernel.access.models import Look
from arasha.kernel.journal.models import Act
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District, Person
from arasha.people import models
from tests.database import as_owner
from tests.people.registers import AIGERIM, DANA, ERLAN, csv_file, worked_on

pytestmark = pytest.mark.django_db
BROKEN = ("Ким", "Анна", "", "31.02.2015", "ж", "", "", "", "", "")


@pytest.fixture
def police(district: District) -> Person:
    """Somebody of the police who load their own list."""
    with cast.building():
        return cast.seat(cast.make_unit("women's police", DISTRICT, "women_children_police"))


def named(browser: Client) -> str:
    """Name a register; return its page."""
    answer = browser.post("/people/registers/add/", {"called": "Тізім", "kind": "police"})
    assert answer.status_code == 302
    return answer["Location"]


def handed_in(browser: Client, page: str, content: bytes, name: str = "list.csv") -> str:
    """Hand in a file; return the page of its load."""
    answer = browser.post(page, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def as_shown(browser: Client, page: str) -> dict[str, str]:
    """Return what the form of columns would send as it stands."""
    form = browser.get(page).context["form"]
    return {name: str(form.initial.get(name, field.initial) or "") for name, field in form.fields.items()} | {
        "complete": ""
    }


def load_of(page: str) -> UUID:
    return UUID(page.rstrip("/").rsplit("/", 1)[1])


def test_a_list_of_the_police_from_the_file_to_the_rejected_rows(police: Person) -> None:
    browser = cast.browser_of(police)
    page = handed_in(browser, named(browser), csv_file(AIGERIM, BROKEN, DANA, encoding="cp1251"))
    shown = browser.get(page)
    assert shown.context["form"].fields["column_0"].initial == "surname"
    assert browser.post(page, as_shown(browser, page) | {"step": "try"}).status_code == 302
    assert "a-progress" in browser.get(page).content.decode()
    assert "a-progress" in browser.get(f"{page}progress/").content.decode()
    worked_on(police, load_of(page))
    assert browser.get(f"{page}progress/")["HX-Refresh"] == "true"
    tried = browser.get(page).content.decode()
    assert "There is no such date" in tried
    browser.post(f"{page}load/")
    assert worked_on(police, load_of(page)).rows_new == 2
    assert "There is no such date" in browser.get(page).content.decode()
    given = browser.post(f"{page}rejected/")
    assert given["Content-Type"] == "text/csv"
    lines = given.content.decode("cp1251").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("Ким;Анна;;31.02.2015;")
    with as_owner():
        assert Look.objects.filter(kind="export", user=police.user).count() == 1
        assert Act.objects.filter(verb="give_out_faults").count() == 1


def test_mended_rows_are_handed_in_as_they_are(police: Person) -> None:
    browser = cast.browser_of(police)
    register = named(browser)
    page = handed_in(browser, register, csv_file(AIGERIM, BROKEN))
    browser.post(page, as_shown(browser, page) | {"step": "load"})
    worked_on(police, load_of(page))
    mended = browser.post(f"{page}rejected/").content.replace(b"31.02.2015", b"28.02.2015")
    again = handed_in(browser, register, mended)
    browser.post(again, as_shown(browser, again) | {"step": "load"})
    found = worked_on(police, load_of(again))
    assert (found.rows_new, found.rows_rejected) == (1, 0)


def test_taking_back_asks_first(police: Person) -> None:
    browser = cast.browser_of(police)
    page = handed_in(browser, named(browser), csv_file(AIGERIM))
    browser.post(page, as_shown(browser, page) | {"step": "load"})
    worked_on(police, load_of(page))
    assert browser.get(f"{page}take-back/").status_code == 200
    browser.post(f"{page}take-back/")
    assert worked_on(police, load_of(page)).state == "taken_back"


def test_a_column_that_names_nobody_is_asked_for(police: Person) -> None:
    browser = cast.browser_of(police)
    page = handed_in(browser, named(browser), csv_file(("1", "2"), head=("А", "Б")))
    answer = browser.post(page, as_shown(browser, page) | {"step": "load"})
    assert answer.status_code == 422
    assert "No column says who it is" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "list.csv", "The file is empty"),
        (b"%PDF-1.7 x", "list.csv", "This is not a table"),
        (b"<html><table>", "list.xls", "This is a web page"),
        (b"PK\x03\x04" + b"\x00" * 60, "list.xlsx", ""),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(police: Person, content: bytes, name: str, said: str) -> None:
    browser = cast.browser_of(police)
    answer = browser.post(named(browser), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with as_owner():
        assert not models.Load.objects.exists()


def test_nobody_else_sees_a_register_or_its_load(district: District, police: Person) -> None:
    browser = cast.browser_of(police)
    register = named(browser)
    page = handed_in(browser, register, csv_file(AIGERIM))
    with cast.building():
        others = [
            cast.seat(cast.make_unit("other police", DISTRICT, "women_children_police")),
            cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship")),
        ]
    for who in (*others, district.coordinator, district.doctor, district.inspector, district.nation):
        theirs = cast.browser_of(who)
        for address in (register, page, f"{page}progress/", f"{page}take-back/"):
            assert theirs.get(address).status_code == 404, (who, address)
        for address in (f"{page}rejected/", f"{page}load/", f"{page}reading/"):
            assert theirs.post(address).status_code == 404, (who, address)
        if who in others:
            assert "Тізім" not in theirs.get("/people/registers/").content.decode()


def test_a_school_loads_no_registers(district: District) -> None:
    with cast.building():
        school = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
    assert cast.browser_of(school).get("/people/registers/").status_code == 404


def test_nothing_of_anybody_stands_in_acts_jobs_or_logs(police: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    browser = cast.browser_of(police)
    page = handed_in(browser, named(browser), csv_file(AIGERIM, DANA, ERLAN, BROKEN))
    browser.post(page, as_shown(browser, page) | {"step": "load"})
    worked_on(police, load_of(page))
    browser.post(f"{page}rejected/")
    with as_owner():
        said = json.dumps(list(Act.objects.values_list("codes", flat=True)))
        jobs = list(ProcrastinateJob.objects.filter(task_name="load_register").values_list("args", flat=True))
    assert jobs == [{"load": str(load_of(page))}]
    ours = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    for secret in ("Нұрғалиева", "Әйгерім", "140314600014", "7011234567", "Абай", "Ким"):
        assert secret not in said + ours
