"""Every component renders what it was given, in markup that the pages' security policy allows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.http import QueryDict
from django.template import Context, Template, engines
from django.test import RequestFactory
from django.utils import translation

from arasha.ui.rules import kit, page, parts
from arasha.ui.templatetags import ui

LANGUAGES = ("kk", "ru", "en")


def rendered(text: str, language: str = "en", **context: object) -> str:
    """Render a template line with the tags loaded."""
    with translation.override(language):
        return Template("{% load ui %}" + text).render(Context(context))


@pytest.mark.parametrize("kind", parts.STATES)
def test_each_state_has_a_shape_and_its_words(kind: str) -> None:
    html = rendered("{% state kind words %}", kind=kind, words="15 h late")
    assert "<svg" in html
    assert "15 h late" in html


def test_the_states_have_seven_different_shapes() -> None:
    shapes = {re.sub(r"a-state--\w+", "", rendered("{% state kind '' %}", kind=kind)) for kind in parts.STATES}
    assert len(shapes) == len(parts.STATES)


def test_an_unknown_state_or_safety_is_refused() -> None:
    with pytest.raises(ValueError, match="no such state"):
        parts.State("done", "")
    with pytest.raises(ValueError, match="no such safety"):
        parts.Safety("fine", "", "")


@pytest.mark.parametrize(
    "tag", ["safety", "answers", "team", "owed", "sealed", "ladder", "time_line", "figures", "empty"]
)
def test_a_component_escapes_what_people_wrote(tag: str) -> None:
    evil = "<script>alert(1)</script>"
    values: dict[str, object] = {
        "safety": parts.Safety("safe", evil, evil),
        "answers": [parts.Answer(evil, evil, evil, quote=evil)],
        "team": [parts.Member(evil, evil, evil)],
        "owed": [parts.Owed(parts.State("late", evil), evil, evil)],
        "sealed": parts.Sealed(evil, evil),
        "ladder": [parts.Rung(0, evil, evil)],
        "time_line": [parts.Entry(evil, evil, details=[evil]), parts.Entry(evil, gap=True)],
        "figures": [parts.Figure(evil, evil, evil)],
        "empty": parts.Empty(evil, evil),
    }
    html = rendered(f"{{% {tag} value %}}", value=values[tag])
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_posting_action_is_a_form_with_its_token() -> None:
    html = rendered("{% button action %}", action=page.Action("Take it", "/take/", method="post"), csrf_token="tok")
    assert 'method="post" action="/take/"' in html
    assert 'value="tok"' in html


def test_a_sealed_block_says_nothing_but_what_it_was_given() -> None:
    html = rendered("{% sealed value %}", value=parts.Sealed("Forensic interview", "You may ask for access."))
    words = re.sub(r"<[^>]+>", " ", html).split()
    assert " ".join(words) == "Forensic interview You may ask for access."


def test_a_sort_head_turns_the_order_round_and_forgets_the_cursor() -> None:
    request = RequestFactory().get("/list/?sort=due&after=abc&age=3-6")
    html = rendered("{% sort_head column 'due' %}", column=page.Column("due", "Late by"), request=request)
    assert 'aria-sort="ascending"' in html
    address = html.split('href="?')[1].split('"')[0].replace("&amp;", "&")
    assert QueryDict(address).dict() == {"sort": "-due", "age": "3-6"}


@pytest.mark.parametrize(
    ("wish", "order"),
    [("due", ("due", False)), ("-body", ("body", True)), ("password", ("due", True)), ("", ("due", True))],
)
def test_a_list_is_ordered_by_known_columns_only(wish: str, order: tuple[str, bool]) -> None:
    assert page.sort_order(wish, ("due", "body"), "-due") == order


def test_pages_of_a_list_tell_no_count() -> None:
    request = RequestFactory().get("/list/")
    assert rendered("{% pagination '' '' %}", request=request).strip() == ""
    assert not re.search(r"\d", rendered("{% pagination '' '?after=next' %}", request=request))


def test_a_page_of_a_list_leads_on_from_its_mark_and_keeps_the_filters() -> None:
    request = RequestFactory().get("/list/?state=waiting&before=here")
    html = rendered("{% pagination '' '?after=there&state=waiting' %}", request=request)
    address = html.split('href="?')[1].split('"')[0].replace("&amp;", "&")
    assert QueryDict(address).dict() == {"state": "waiting", "after": "there"}


@pytest.mark.parametrize(("language", "words"), [("kk", "1\u00a0538"), ("ru", "1\u00a0538"), ("en", "1,538")])
def test_numbers_are_grouped_as_the_language_does(language: str, words: str) -> None:
    assert rendered("{{ 1538|grouped }}", language) == words


def test_a_moment_stands_in_a_time_element_with_its_machine_form() -> None:
    at = datetime(2026, 3, 26, 13, 30, tzinfo=UTC)
    html = rendered("{% moment at now %}", "en", at=at, now=at + timedelta(hours=1))
    assert html == '<time datetime="2026-03-26T13:30+00:00">today, 18:30</time>'


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["", "light", "dark", '"><script>'])
def test_the_kit_renders_with_nothing_inline(language: str, theme: str) -> None:
    request = RequestFactory().get("/kit/")
    with translation.override(language):
        context = kit.context(theme) | {"synthetic": True}
        html = engines["django"].get_template("ui/kit.html").render(context, request)
    assert not re.search(r'<script(?![^>]* src=)|<style|\sstyle="|\son\w+="|javascript:', html)
    assert f'lang="{language}"' in html
    assert len(re.findall("<h1", html)) == 1


def test_every_tag_colour_is_one_of_the_meanings() -> None:
    for meaning, colour in ui.TAG_COLOURS.items():
        assert (f"govuk-tag--{colour}" in ui.tag(meaning, "word")) is bool(colour)
