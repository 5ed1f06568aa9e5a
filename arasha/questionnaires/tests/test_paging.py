"""Pages of a form: what stands on which, what they show, and what is kept of what was sent."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import translation

from arasha.questionnaires.rules import paging
from arasha.questionnaires.rules.engine import evaluate
from arasha.questionnaires.rules.form import Answers, Form
from arasha.questionnaires.rules.paging.shown import FieldShown, GroupShown, NoteShown, RepeatShown
from arasha.questionnaires.rules.paging.typing import as_held, as_typed
from arasha.questionnaires.tests.hosting import CHILD, HOUSE, NOW, TODAY, YES_NO
from arasha.questionnaires.tests.writing import form
from arasha.questionnaires.tests.writing import question as q


def posted(pairs: dict[str, str | list[str]]) -> QueryDict:
    """Return what a browser sends, by the names of fields."""
    data = QueryDict(mutable=True)
    for name, value in pairs.items():
        data.setlist(name, [value] if isinstance(value, str) else value)
    return data


def page_of(read: Form, name: str, by: str = "group") -> paging.Page:
    """Return a page by its name."""
    found = paging.page_at(paging.pages_of(read, by), name)
    assert found is not None
    return found


def shown(read: Form, name: str, answers: Answers, by: str = "group", language: str = "en") -> paging.PageShown:
    """Return what a page shows, its faults told."""
    findings = evaluate(read, answers, today=TODAY, now=NOW).findings
    return paging.present(read, answers, page_of(read, name, by), language, findings, today=TODAY, now=NOW)


def read_page(name: str, pairs: dict[str, str | list[str]], answers: Answers) -> Any:
    """Send a page of the house."""
    return paging.read_page(HOUSE, page_of(HOUSE, name), posted(pairs), answers, today=TODAY, now=NOW)


def fields(blocks: Any) -> dict[str, FieldShown]:
    """Return the questions of a page by key, those in groups and rows too."""
    found: dict[str, FieldShown] = {}
    for block in blocks:
        if isinstance(block, FieldShown):
            found[block.key] = block
        elif isinstance(block, GroupShown):
            found |= fields(block.blocks)
        elif isinstance(block, RepeatShown):
            for row in block.rows:
                found |= fields(row.blocks)
    return found


def test_each_group_is_a_page_and_so_are_questions_between_groups() -> None:
    assert [page.name for page in paging.pages_of(HOUSE)] == ["where", "people", "harm", "only_if", "last"]


def test_one_question_a_page_with_the_notes_before_it() -> None:
    pages = paging.pages_of(CHILD, "question")
    assert [(page.name, len(page.members)) for page in pages] == [("now", 2), ("why", 1), ("home", 1)]
    assert [page.name for page in paging.pages_of(HOUSE, "question")][:6] == [
        "where/region", "where/district", "where/seen", "where/reason", "people/children", "harm/hurt",
    ]  # fmt: skip


def test_only_relevant_pages_are_walked_through() -> None:
    pages = paging.pages_of(CHILD, "question")
    for answers, names in (({"now": "good"}, ["now", "home"]), ({"now": "bad"}, ["now", "why", "home"])):
        relevant = evaluate(CHILD, answers, today=TODAY, now=NOW).relevant
        assert [page.name for page in paging.relevant_pages(CHILD, pages, relevant)] == names
    left = paging.relevant_pages(CHILD, pages, evaluate(CHILD, {"now": "good"}, today=TODAY, now=NOW).relevant)
    gone = page_of(CHILD, "why", "question")
    assert [getattr(paging.step(left, gone, by), "name", None) for by in (1, -1)] == ["home", "now"]
    assert paging.step(left, left[0], -1) is None


def test_a_repeat_without_rows_has_its_page() -> None:
    relevant = evaluate(HOUSE, {}, today=TODAY, now=NOW).relevant
    assert "people" in [page.name for page in paging.relevant_pages(HOUSE, paging.pages_of(HOUSE), relevant)]


def test_questions_become_our_components() -> None:
    answers: Answers = {"harm": {"hurt": "yes"}}
    widgets = {
        key: field.widget
        for name in ("where", "harm", "last")
        for key, field in fields(shown(HOUSE, name, answers).blocks).items()
    }
    assert widgets == {
        "where/region": "radios", "where/district": "radios", "where/seen": "date", "where/reason": "select",
        "harm/hurt": "radios", "harm/how": "lines", "harm/both": "checkboxes", "harm/agreed": "agree",
        "harm/weight": "number", "harm/at": "time", "harm/when": "moment", "harm/shown": "said",
        "harm/paper": "elsewhere", "last": "text",
    }  # fmt: skip
    faces = fields(shown(CHILD, "now", {}, "question").blocks)["now"]
    assert (faces.widget, [option.face for option in faces.options]) == ("faces", ["good", "middling", "bad", ""])


def test_words_come_in_the_reader_s_language_with_their_values() -> None:
    answers: Answers = {"people": {"children": [{"age": "3"}, {"age": "9"}, {"age": "1"}]}}
    notes = [
        block.text for block in shown(HOUSE, "people", answers, language="ru").blocks if isinstance(block, NoteShown)
    ]
    assert notes == ["Younger than six: 2 ru"]
    assert fields(shown(HOUSE, "harm", {"harm": {"hurt": "no"}}).blocks)["harm/shown"].value == "hurt: no"


def test_districts_are_those_of_the_region() -> None:
    def codes(region: str) -> list[str]:
        page = shown(HOUSE, "where", {"where": {"region": region}})
        return [option.code for option in fields(page.blocks)["where/district"].options]

    assert (codes("north"), codes("south"), codes("")) == (["n1", "n2"], ["s1"], [])
    kept = fields(shown(HOUSE, "where", {"where": {"region": "south", "district": "n1"}}).blocks)["where/district"]
    assert not kept.chosen
    assert kept.error


def test_answers_that_change_the_page_are_known() -> None:
    assert {key for key, field in fields(shown(HOUSE, "where", {}).blocks).items() if field.drives} == {"where/region"}
    rows: Answers = {"people": {"children": [{"age": "7"}]}}
    people = shown(HOUSE, "people", rows)
    assert {key for key, field in fields(people.blocks).items() if field.drives} == {"people/children[1]/age"}
    assert people.drives
    assert not shown(HOUSE, "last", {}).drives


def test_what_is_wrong_is_said_at_the_question_and_above_in_the_reader_s_language() -> None:
    with translation.override("en"):
        page = shown(HOUSE, "where", {"where": {"seen": "2026-12-31"}}, language="en")
        assert [(error.id, error.label, error.words) for error in page.errors] == [
            ("q-where-region-0", "Region en", "say which region en"),
            ("q-where-seen", "Seen on en", "this day is still to come en"),
        ]
        seen = fields(page.blocks)["where/seen"]
        assert seen.described == "q-where-seen-hint q-where-seen-error"
        assert fields(shown(HOUSE, "harm", {"harm": {"weight": "much"}}).blocks)["harm/weight"].error.startswith(
            "Write a number"
        )
        assert shown(HOUSE, "people", {"people": {"children": [{}]}}).errors[0].words == "Answer this question"
    for language in ("kk", "ru"):
        with translation.override(language):
            told = shown(HOUSE, "people", {"people": {"children": [{}]}}, language=language).errors[0].words
            assert told
            assert told != "Answer this question"


def test_faults_of_other_pages_are_not_told_here() -> None:
    assert not shown(HOUSE, "last", {"where": {"seen": "2026-12-31"}}).errors


def test_a_page_keeps_what_it_showed_and_nothing_else() -> None:
    draft: Answers = {"where": {"district": "n2", "seen": "2026-01-01"}, "last": "words", "harm": {"hurt": "yes"}}
    found = read_page("where", {"shown": ["where/region", "where/seen"], "where/region": "north", "last": "gone",
                                "where/reason": "m1", "harm/hurt": "no", "zz": "1"}, draft)  # fmt: skip
    assert found == {
        "where": {"region": "north", "district": "n2", "seen": ""}, "last": "words", "harm": {"hurt": "yes"},
    }  # fmt: skip


def test_what_is_computed_hidden_or_read_only_is_never_read() -> None:
    found = read_page("harm", {"shown": ["harm/shown", "kind", "harm/paper"], "harm/shown": "mine", "kind": "y",
                               "harm/paper": "a.jpg"}, {})  # fmt: skip
    assert found == {"harm": {}}


def test_unticked_boxes_are_no_answer() -> None:
    keys = ["harm/both", "harm/agreed", "harm/hurt"]
    full: Answers = {"harm": {"both": "yes no", "agreed": "OK", "hurt": "no"}}
    assert read_page("harm", {"shown": keys}, full)["harm"] == {"both": "", "agreed": "", "hurt": ""}
    ticked = read_page("harm", {"shown": keys, "harm/both": ["no", "yes"], "harm/agreed": "OK"}, {})
    assert ticked["harm"] == {"both": "yes no", "agreed": "OK", "hurt": ""}


def test_an_answer_of_buttons_can_be_taken_back() -> None:
    pairs: dict[str, str | list[str]] = {"shown": ["harm/hurt"], "harm/hurt": "no", "go": "clear:harm/hurt"}
    assert read_page("harm", pairs, {})["harm"] == {"hurt": ""}


ROWS: dict[str, str | list[str]] = {
    "repeat": "people/children",
    "row": [f"people/children[{at}]" for at in (1, 2, 3)],
    "shown": [f"people/children[{at}]/name" for at in (1, 2, 3)],
    **{f"people/children[{at}]/name": name for at, name in ((1, "A"), (2, "B"), (3, "C"))},
}
THREE: Answers = {"people": {"children": [{"school": "sA"}, {"school": "sB"}, {"school": "sC"}]}}


def test_a_repetition_in_the_middle_goes_and_the_others_keep_theirs() -> None:
    found = read_page("people", {**ROWS, "go": "remove:people/children[2]"}, THREE)
    assert found["people"]["children"] == [{"name": "A", "school": "sA"}, {"name": "C", "school": "sC"}]


def test_a_repetition_is_added_and_nothing_written_is_lost() -> None:
    found = read_page("people", {**ROWS, "go": "add:people/children"}, THREE)
    assert [row.get("name") for row in found["people"]["children"]] == ["A", "B", "C", None]
    assert read_page("people", {"repeat": "people/children", "go": "add:people/children"}, {}) == {
        "people": {"children": [{}]}
    }


@pytest.mark.parametrize(
    "go",
    ["remove:people/children[9]", "remove:people/children", "remove:where/region", "add:zz", "add:",
    "remove:people[1]/children[1]",
     "add:people/children[1]/name", "remove:people/children[0]", "remove:people/children[99999999]",
     "clear:where/region"],
)  # fmt: skip
def test_buttons_that_no_page_has_do_nothing(go: str) -> None:
    assert [row["name"] for row in read_page("people", {**ROWS, "go": go}, THREE)["people"]["children"]] == [
        "A",
        "B",
        "C",
    ]


def test_a_flood_of_rows_is_bounded() -> None:
    rows = [f"people/children[{at}]" for at in range(1, 2000)]
    assert len(read_page("people", {"repeat": "people/children", "row": rows}, {})["people"]["children"]) == 500


NESTED = form(
    [q("begin_repeat", "a"), q("text", "x"), q("begin_repeat", "b"), q("text", "y", default="d"), q("end_repeat"),
     q("end_repeat"), q("integer", "n"), q("begin_repeat", "c", repeat_count="${n}"), q("select_one yes_no", "z"),
     q("end_repeat")],
    YES_NO,
)  # fmt: skip


def test_repeats_within_repeats_change_alone() -> None:
    page, rows = page_of(NESTED, "a"), list[Answers]([{"x": "1"}, {"x": "2", "b": [{"y": "p"}, {"y": "q"}]}])
    draft: Answers = {"a": rows}

    def pressed(go: str) -> Any:
        return paging.read_page(NESTED, page, posted({"go": go}), draft, today=TODAY, now=NOW)["a"]

    assert pressed("remove:a[2]/b[1]") == [{"x": "1"}, {"x": "2", "b": [{"y": "q"}]}]
    assert pressed("add:a[1]/b") == [{"x": "1", "b": [{"y": "d"}]}, rows[1]]
    assert pressed("add:a[7]/b") == rows
    assert pressed("remove:a[1]") == [rows[1]]


def test_rows_that_the_form_counts_are_not_added_by_hand() -> None:
    (block,) = shown(NESTED, "c", {"n": "2"}).blocks
    assert isinstance(block, RepeatShown)
    assert (len(block.rows), block.addable, [row.removable for row in block.rows]) == (2, False, [False, False])
    page = page_of(NESTED, "c")
    pressed = posted({"go": "add:c", "repeat": "c", "row": ["c[1]", "c[2]"]})
    assert len(paging.read_page(NESTED, page, pressed, {"n": "2"}, today=TODAY, now=NOW)["c"]) == 2
    surplus = shown(NESTED, "c", {"n": "1", "c": [{"z": "yes"}, {"z": "no"}]})
    assert surplus.errors
    assert isinstance(surplus.blocks[0], RepeatShown)
    assert all(row.removable for row in surplus.blocks[0].rows)


def test_questions_that_an_answer_reveals_keep_one_on_the_page() -> None:
    page, keys = page_of(HOUSE, "harm"), list(shown(HOUSE, "harm", {}).shown)

    def waits(answers: Answers, more: tuple[str, ...] = ()) -> bool:
        data = posted({"shown": [*keys, *more]})
        return paging.revealed(HOUSE, page, data, answers, today=TODAY, now=NOW)

    assert waits({"harm": {"hurt": "yes"}})
    assert not waits({"harm": {"hurt": "yes"}}, ("harm/how",))
    assert not waits({"harm": {"hurt": "no"}})


@pytest.mark.parametrize(
    ("kind", "typed", "held"),
    [
        ("date", "31.03.2026", "2026-03-31"), ("date", " 1/2/2026 ", "2026-02-01"), ("date", "2026-03-31",
        "2026-03-31"),
        ("date", "31.02.2026", "31.02.2026"), ("date", "soon", "soon"), ("date", "", ""), ("date", "31 03 2026",
        "2026-03-31"),
        ("integer", "1 200", "1200"), ("integer", "−5", "-5"), ("decimal", "2,5", "2.5"), ("decimal", "x", "x"),
        ("time", "9:05", "09:05"), ("time", "9.05", "09:05"), ("time", "late", "late"),
        ("datetime", "31.03.2026 9:05", "2026-03-31T09:05"), ("datetime", "31.03.2026", "31.03.2026"),
        ("text", " a\r\nb ", "a\nb"), ("text", "2,5", "2,5"),
    ],
)  # fmt: skip
def test_what_people_type_is_held_as_records_hold_it(kind: str, typed: str, held: str) -> None:
    assert as_held(kind, typed) == held


@pytest.mark.parametrize(
    ("kind", "held", "typed"),
    [
        ("date", "2026-03-31", "31.03.2026"), ("date", "2026-02-31", "2026-02-31"), ("date", "soon", "soon"),
        ("time", "09:05:00.000+05:00", "09:05"), ("datetime", "2026-03-31T09:05:00.000+05:00", "31.03.2026 09:05"),
        ("text", "2026-03-31", "2026-03-31"), ("date", "", ""),
    ],
)  # fmt: skip
def test_what_records_hold_is_shown_as_people_type_it(kind: str, held: str, typed: str) -> None:
    assert as_typed(kind, held) == typed
