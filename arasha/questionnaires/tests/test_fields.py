"""Whole ways through forms over HTTP, without a script: the server decides at each step."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.questionnaires.rules.paging import pages_of, present
from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.tests import hosting
from arasha.questionnaires.tests.writing import shipped
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HEAVIEST = 30_000
SHIPPED = sorted((Path(__file__).parents[1] / "data" / "forms").glob("*.md"))
FieldsSent = dict[str, "str | list[str]"]


class Filled(HTMLParser):
    """The fields of a page as a browser would send them, and the page's words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self.area = self.chosen = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note fields that are on."""
        found = {name: value or "" for name, value in attributes}
        if "id" in found:
            self.ids.append(found["id"])
        name, kind = found.get("name", ""), found.get("type", "")
        if tag == "input" and (kind in {"hidden", "text"} or "checked" in found) and name:
            self.fields.setdefault(name, []).append(found.get("value", ""))
        if tag == "select":
            self.chosen = name
        if tag == "option" and "selected" in found:
            self.fields[self.chosen] = [found["value"]]
        self.area = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        """Note what stands in a field of several lines; the first line break is the markup's."""
        if self.area:
            self.fields[self.area] = [data.removeprefix("\n")]
            self.area = ""


class Browser:
    """Somebody who fills in a form without scripts."""

    def __init__(self, name: str, draft: str, language: str = "en") -> None:
        self.client, self.address = Client(), f"/{name}/{draft}/"
        self.client.cookies["arasha_language"] = language
        self.page = ""
        self.open("")

    def open(self, query: str) -> None:
        """Open a page."""
        self._take(self.client.get(f"{self.address}{query}"))

    def press(self, go: str, query: str = "", **changed: Any) -> "Browser":
        """Change fields (their keys with two underscores for a slash) and press a button."""
        fields: dict[str, Any] = {**Filled(self.page).fields, "go": go}
        fields |= {name.replace("__", "/"): value for name, value in changed.items()}
        self._take(self.client.post(f"{self.address}{query}", fields, follow=True))
        return self

    def write(self, key: str, value: "str | list[str]", go: str = "refresh") -> "Browser":
        """Write into a field whose key is no name of Python."""
        fields: dict[str, Any] = {**Filled(self.page).fields, "go": go, key: value}
        self._take(self.client.post(self.address, fields, follow=True))
        return self

    def _take(self, response: Any) -> None:
        assert response.status_code == 200
        self.page = response.content.decode()

    @property
    def name(self) -> str:
        """The name of the page."""
        return Filled(self.page).fields["page"][0]


@pytest.fixture(autouse=True)
def _hosted(db: None) -> Iterator[None]:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    with override_settings(ROOT_URLCONF="arasha.questionnaires.tests.hosting"):
        hosting.drafts.clear()
        yield
        hosting.drafts.clear()


def test_the_whole_way_without_a_script() -> None:
    person = Browser("house", "a")
    assert person.name == "where"
    person.press("next", where__region="north", where__seen="26.11.2026")
    assert person.name == "people"
    person.press("add:people/children").write("people/children[1]/name", "A", "next")
    assert person.name == "harm"
    person.press("next", harm__hurt="yes", harm__weight="2,5")
    assert person.name == "harm", "what an answer reveals is asked before anybody goes on"
    person.press("next", harm__how="with a belt\nand hands")
    assert person.name == "only_if"
    person.press("next", only_if__doctor="Dr A")
    assert person.name == "last"
    person.press("back").press("back")
    assert person.name == "harm"
    person.press("next", harm__hurt="no")
    assert person.name == "last", "a page that is no longer relevant is passed by"
    assert hosting.drafts["a"]["only_if"] == {"doctor": "Dr A"}, "and what it said stays in the draft"
    assert hosting.drafts["a"]["harm"] == {
        "hurt": "no", "how": "with a belt\nand hands", "both": "", "agreed": "", "weight": "2.5", "at": "", "when": "",
    }  # fmt: skip


def test_a_region_brings_its_districts_and_another_region_drops_them() -> None:
    person = Browser("house", "b")
    assert "Nothing to choose yet" in person.page
    person.press("refresh", where__region="north")
    assert 'value="n2"' in person.page
    assert 'value="s1"' not in person.page
    person.press("refresh", where__district="n2").press("refresh", where__region="south")
    assert 'value="s1"' in person.page
    assert 'value="n2"' not in person.page
    person.press("next")
    assert person.name == "people"
    assert hosting.drafts["b"]["where"]["district"] == ""  # type: ignore[index,call-overload]


def test_a_district_of_another_region_is_refused_by_name() -> None:
    person = Browser("house", "c").press("next", where__region="south", where__district="n1")
    assert person.name == "where"
    assert "This does not go with your other answers" in person.page


def test_what_is_wrong_is_told_above_and_at_the_field_and_leads_there() -> None:
    person = Browser("house", "d").press("next", where__seen="28.11.2026")
    assert person.name == "where"
    targets = re.findall(r'<li><a href="#([^"]+)"', person.page)
    assert targets == ["q-where-region-0", "q-where-seen"]
    assert set(targets) <= set(Filled(person.page).ids)
    assert 'aria-describedby="q-where-seen-hint q-where-seen-error" aria-invalid="true"' in person.page
    assert 'value="28.11.2026"' in person.page, "what was written is still there to be put right"


@pytest.mark.parametrize(
    "typed", ["32.01.2026", "soon", "<script>alert(1)</script>", '"><img src=x>', "{{ 7 }}", "${1 + 1}"]
)
def test_what_was_typed_wrongly_comes_back_as_it_was_and_harms_nobody(typed: str) -> None:
    person = Browser("house", "e").press("next", where__region="north", where__seen=typed)
    assert person.name == "where"
    assert Filled(person.page).fields["where/seen"] == [typed]
    assert "<script>alert" not in person.page
    assert "<img src=x" not in person.page


def test_repetitions_are_added_and_removed_in_the_middle() -> None:
    person = Browser("house", "f")
    person.open("?page=people")
    for at, name in enumerate("ABC", start=1):
        person.press("add:people/children").write(f"people/children[{at}]/name", name)
    person.write("people/children[2]/age", "7").write("people/children[2]/school", "second")
    person.write("people/children[3]/age", "3")
    assert "Younger than six: 1 en" in person.page
    person.press("remove:people/children[1]")
    assert [values for key, values in Filled(person.page).fields.items() if key.startswith("people/")] == [
        ["B"], ["7"], ["second"], ["C"], ["3"],
    ]  # fmt: skip
    person.press("remove:people/children[2]")
    assert "Younger than six: 0 en" in person.page


def test_a_language_is_changed_without_losing_an_answer() -> None:
    person = Browser("house", "g")
    person.press("stay", "?language=kk", where__region="south", where__seen="soon")
    assert "Region kk" in person.page
    assert Filled(person.page).fields["where/region"] == ["south"]
    assert Filled(person.page).fields["where/seen"] == ["soon"]
    person.press("stay", "?language=ru")
    assert "Region ru" in person.page
    assert "жауап" not in person.page


def test_children_are_asked_one_question_a_page_with_faces() -> None:
    child = Browser("child", "h")
    assert "Hello en" in child.page
    assert child.page.count('class="a-face"') == 3
    child.press("next", now="bad")
    assert child.name == "why"
    child.press("next")
    assert child.name == "home", "silence is an answer"


def test_what_nobody_may_write_is_not_read() -> None:
    person = Browser("house", "i")
    person.press("refresh", kind="y", harm__shown="mine", last="elsewhere", zz="1", where__district="n1")
    assert "last" not in hosting.drafts["i"]
    assert "kind" not in hosting.drafts["i"]
    assert "zz" not in hosting.drafts["i"]


def test_enter_goes_on_and_removes_nothing() -> None:
    person = Browser("house", "j")
    person.open("?page=people")
    person.press("add:people/children")
    first = re.search(r'<button[^>]*name="go"[^>]*>', person.page[person.page.index("<main") :])
    assert first
    assert 'value="next"' in first[0]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_page_weighs_little_and_asks_for_nothing_from_elsewhere(language: str) -> None:
    person = Browser("house", "k", language)
    person.open("?page=harm")
    assert len(gzip.compress(person.page.encode())) < HEAVIEST
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', person.page)
    assert " style=" not in person.page
    assert not re.findall(r"\son[a-z]+=", person.page)


def test_every_label_leads_to_its_field_and_no_id_stands_twice() -> None:
    person = Browser("house", "l")
    for name in ("where", "people", "harm", "last"):
        person.open(f"?page={name}")
        person.press("add:people/children").press("add:people/children") if name == "people" else None
        ids = Filled(person.page).ids
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'for="(q-[^"]+)"', person.page)) <= set(ids)


def test_a_script_gets_the_fields_alone() -> None:
    person = Browser("house", "m")
    fields: dict[str, Any] = {**Filled(person.page).fields, "where/region": "south", "go": "refresh"}
    part = person.client.post(person.address, fields, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="fields"')
    assert 'value="s1"' in part
    assert "<html" not in part


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_page_of_a_shipped_form_is_light_and_says_no_formula(path: Path) -> None:
    read = read_form(shipped(str(path)))
    for page in [*pages_of(read), *pages_of(read, "question")]:
        for language in ("kk", "ru", "en"):
            shown = present(read, {}, page, language, today=hosting.TODAY, now=hosting.NOW)
            text = render_to_string("questionnaires/fields.html", {"page": shown, "live_url": "/"})
            assert len(gzip.compress(text.encode())) < HEAVIEST
            assert "${" not in text
