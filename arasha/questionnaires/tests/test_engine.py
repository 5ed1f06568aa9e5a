"""Records worked out: the cases in which a form and a person surprise each other."""

import copy
import tracemalloc
from datetime import UTC, date, datetime
from typing import Any

import pytest

from arasha.questionnaires.rules.engine import Evaluation, begin, evaluate
from arasha.questionnaires.rules.form import Answers, Form
from arasha.questionnaires.tests.writing import choices, form
from arasha.questionnaires.tests.writing import question as q

TODAY, NOW = date(2026, 11, 27), datetime(2026, 11, 27, 5, tzinfo=UTC)
YES_NO = choices("yes_no", "yes", "no")
PLACES = choices("regions", "a", "b") + choices("districts", "a1", "b1", region={"a1": "a", "b1": "b"})


def worked(read: Form, answers: Answers) -> Evaluation:
    """Work a record out."""
    return evaluate(read, answers, today=TODAY, now=NOW)


def codes(found: Evaluation) -> dict[str, str]:
    """Return the findings by key."""
    return {finding.key: finding.code for finding in found.findings}


HURT = form(
    [
        q("select_one yes_no", "hurt"), q("begin_group", "injury", relevant="${hurt} = 'yes'"),
        q("text", "where", required="yes"), q("begin_group", "care", relevant="${where} != ''"), q("text", "doctor"),
        q("end_group"), q("end_group"), q("calculate", "told", calculation="coalesce(${doctor}, 'nobody')"),
    ],
    YES_NO,
)  # fmt: skip


def test_answers_under_a_group_that_became_irrelevant_are_left_out_and_come_back() -> None:
    draft: dict[str, Any] = {"hurt": "yes", "injury": {"where": "arm", "care": {"doctor": "Dr A"}}}
    assert worked(HURT, draft).answers == {**draft, "told": "Dr A"}
    changed = {**draft, "hurt": "no"}
    assert worked(HURT, changed).answers == {"hurt": "no", "told": "nobody"}
    assert not worked(HURT, changed).findings
    assert not any(key.startswith("injury") for key in worked(HURT, changed).relevant)
    assert worked(HURT, {**changed, "hurt": "yes"}).answers == {**draft, "told": "Dr A"}


def test_nothing_is_required_where_nothing_is_asked() -> None:
    assert codes(worked(HURT, {"hurt": "yes"})) == {"injury/where": "required"}
    assert not worked(HURT, {"hurt": "no"}).findings
    assert not worked(HURT, {}).findings


def test_a_draft_is_not_changed_by_working_it_out() -> None:
    draft: dict[str, Any] = {"hurt": "no", "injury": {"where": "arm"}}
    before = copy.deepcopy(draft)
    worked(HURT, draft)
    assert draft == before


FAMILY = form(
    [
        q("begin_repeat", "members"), q("text", "name", required="yes"), q("integer", "age", constraint=". < 120"),
        q("calculate", "place", calculation="position(..)"), q("end_repeat"),
        q("calculate", "adults", calculation="count(${members}[./age >= 18])"),
        q("calculate", "second", calculation="indexed-repeat(${name}, ${members}, 2)"),
    ]
)  # fmt: skip


def test_repetitions_keep_their_answers_when_one_in_the_middle_goes() -> None:
    rows: list[Answers] = [{"name": "A", "age": "40"}, {"name": "B", "age": "7"}, {"name": "C", "age": "33"}]
    assert worked(FAMILY, {"members": rows}).answers["second"] == "B"
    left = worked(FAMILY, {"members": [rows[0], rows[2]]})
    assert left.answers["members"] == [
        {"name": "A", "age": "40", "place": "1"},
        {"name": "C", "age": "33", "place": "2"},
    ]
    assert (left.answers["adults"], left.answers["second"]) == ("2", "C")


def test_what_is_wrong_in_a_repetition_is_found_there() -> None:
    found = worked(FAMILY, {"members": [{"name": "A"}, {"age": "200"}]}).findings
    assert [(each.code, each.path, each.position, each.key) for each in found] == [
        ("required", "/data/members/name", "2", "members[2]/name"),
        ("constraint", "/data/members/age", "2", "members[2]/age"),
    ]


SCORED = form(
    [
        q("integer", "a"), q("integer", "b"), q("calculate", "total", calculation="${a} + ${b}"),
        q("calculate", "level", calculation="if(${total} >= 6, 'high', 'low')"), q("hidden", "weight", default="3"),
        q("calculate", "age", calculation="int((today() - date('2010-01-01')) div 365.25)"),
        q("text", "fixed", default="as it is", readonly="yes"),
    ]
)  # fmt: skip


def test_a_tampered_total_is_found_and_overwritten() -> None:
    found = worked(SCORED, {"a": "2", "b": "1", "total": "99", "level": "high", "weight": "50", "fixed": "mine"})
    assert {key: found.answers[key] for key in ("total", "level", "weight", "fixed")} == {
        "total": "3", "level": "low", "weight": "3", "fixed": "as it is",
    }  # fmt: skip
    assert codes(found) == dict.fromkeys(("total", "level", "weight", "fixed"), "tampered")
    assert not any(finding.hinders for finding in found.findings)


def test_what_was_computed_rightly_is_not_tampered_and_what_changes_with_the_day_neither() -> None:
    assert not worked(SCORED, {"a": "2", "b": "1", "total": "3.0", "level": "low", "age": "15"}).findings


DATED = form(
    [
        q("date", "born", constraint=". <= today()", constraint_message="not yet"),
        q("date", "seen", constraint=". >= ${born}"),
    ]
)


def test_a_day_in_the_future_is_found_with_the_form_s_own_words() -> None:
    (finding,) = worked(DATED, {"born": "2026-11-28"}).findings
    assert (finding.code, finding.messages["ru"]) == ("constraint", "not yet ru")
    assert not worked(DATED, {"born": "2026-11-27"}).findings


def test_today_is_the_day_that_is_given() -> None:
    answers = {"born": "2026-11-28"}
    assert not evaluate(DATED, answers, today=date(2026, 11, 28), now=NOW).findings


PLACED = form(
    [q("select_one regions", "region"), q("select_one districts", "district", choice_filter="region = ${region}")],
    PLACES,
)


@pytest.mark.parametrize(
    ("region", "district", "found"),
    [
        ("a", "a1", {}), ("a", "b1", {"district": "filtered_choice"}), ("", "a1", {"district": "filtered_choice"}),
        ("a", "zz", {"district": "choice"}), ("zz", "", {"region": "choice"}), ("", "", {}), ("a", "", {}),
        ("a", "a1 b1", {"district": "choice"}),
    ],
)  # fmt: skip
def test_a_district_of_another_region_is_found(region: str, district: str, found: dict[str, str]) -> None:
    assert codes(worked(PLACED, {"region": region, "district": district})) == found


TYPED = form(
    [q("integer", "i"), q("decimal", "d"), q("date", "day"), q("time", "t"), q("dateTime", "m"), q("text", "w"),
     q("select_multiple yes_no", "s"), q("acknowledge", "ok"), q("image", "photo")],
    YES_NO,
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("i", ["0", "-7", "2147483647"], ["1.0", "1e3", "٣", "2147483648", " 1", "+1", "0x1"]),
        ("d", ["0", "-7.25", ".5", "1."], ["1,5", "NaN", "1e3", "--1", "inf"]),
        ("day", ["2024-02-29"], ["2023-02-29", "2024-2-9", "20240229", "29.02.2024", "0000-01-01", "2024-02-29T10:00"]),
        ("t", ["10:30", "10:30:59.5+05:00", "00:00Z"], ["24:00", "10", "10:60", "x"]),
        ("m", ["2026-01-01T10:00", "2026-01-01T10:00:00.000+05:00"], ["2026-01-01T25:00", "now"]),
        ("w", ["қазақша", "a\nb", "<b>"], ["\x00", "a\x08", "\ud800"]),
        ("s", ["yes", "yes no"], ["yes yes", "yes maybe", "YES"]),
        ("ok", ["OK"], ["yes", "ok"]),
        ("photo", ["a.jpg"], ["../a.jpg", "a/b", "x" * 300]),
    ],
)
def test_answers_are_of_their_kind(name: str, right: list[str], wrong: list[str]) -> None:
    for text in right:
        assert not worked(TYPED, {name: text}).findings, text
    for text in wrong:
        assert set(codes(worked(TYPED, {name: text}))) == {name}, text


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"zz": "1"}, {"zz": "unknown"}), ({"i": {"x": "1"}}, {"i": "type"}), ({"i": ["1"]}, {"i": "type"}),
        ({"i": 5}, {"i": "type"}), ({"w": "x" * 100_001}, {"w": "too_large"}), ({"": "x"}, {"": "unknown"}),
    ],
)  # fmt: skip
def test_what_has_not_the_shape_of_the_form_is_found(answers: Any, found: dict[str, str]) -> None:
    assert codes(worked(TYPED, answers)) == found


def test_rows_that_are_no_rows_are_found() -> None:
    broken: Any = {"members": ["x", {"name": "A", "zz": "1"}], "adults": ["1"]}
    assert codes(worked(FAMILY, broken)) == {
        "members[1]": "type", "members[1]/name": "required", "members[2]/zz": "unknown", "adults": "type",
    }  # fmt: skip
    text: Any = {"members": "x"}
    assert codes(worked(FAMILY, text)) == {"members": "type"}
    flood: Any = {"members": [{"name": "A"}] * 600, **{f"x{at}": "1" for at in range(5000)}}
    found = worked(FAMILY, flood)
    assert "too_large" in codes(found).values() or len(found.findings) == 100
    assert len(found.findings) <= 101


def test_repeats_within_repeats_do_not_multiply_without_end() -> None:
    read = form([q("begin_repeat", "a"), q("begin_repeat", "b"), q("text", "x"), q("end_repeat"), q("end_repeat")])
    flood: Any = {"a": [{"b": [{"x": "1"}] * 500}] * 500}
    found = worked(read, flood)
    assert {finding.code for finding in found.findings} == {"too_large"}
    kept: Any = found.answers["a"]
    assert sum(len(row["b"]) for row in kept if "b" in row) < 2000


COUNTED = form([q("integer", "number"), q("begin_repeat", "rows", repeat_count="${number}"),
q("text", "word", default="w"),
                q("end_repeat"), q("calculate", "n", calculation="count(${rows})")])  # fmt: skip


def test_a_repeat_has_as_many_rows_as_its_count_says_and_no_answer_goes_lost() -> None:
    assert worked(COUNTED, {"number": "2"}).answers["rows"] == [{"word": "w"}, {"word": "w"}]
    more = worked(COUNTED, {"number": "2", "rows": [{"word": "a"}]})
    assert (len(more.answers["rows"]), more.answers["n"]) == (2, "2")
    less = worked(COUNTED, {"number": "1", "rows": [{"word": "a"}, {"word": "b"}, {}]})
    assert less.answers["rows"] == [{"word": "a"}, {"word": "b"}]
    assert codes(less) == {"rows": "repeat_count"}
    assert "rows" not in worked(COUNTED, {}).answers
    assert len(worked(COUNTED, {"number": "2000000000"}).answers["rows"]) == 500


def test_a_formula_without_a_result_hinders_nobody_and_is_told() -> None:
    read = form([q("text", "a"), q("calculate", "day", calculation="date(${a})"),
    q("text", "b", relevant="date(${a}) = ''"),
                 q("text", "c", constraint="date(${a}) = .")])  # fmt: skip
    found = worked(read, {"a": "soon", "b": "kept", "c": "x"})
    assert found.answers == {"a": "soon", "b": "kept", "c": "x"}
    assert codes(found) == {"day": "formula", "b": "formula", "c": "formula"}
    assert not any(finding.hinders for finding in found.findings)


def test_what_is_said_once_stays() -> None:
    read = form([q("text", "a"), q("calculate", "first", calculation="once(${a})")])
    assert worked(read, {"a": "2", "first": "1"}).answers["first"] == "1"
    assert worked(read, {"a": "2"}).answers["first"] == "2"


def test_a_record_begins_with_the_form_s_defaults() -> None:
    read = form([q("integer", "n", default="3"), q("begin_group", "g"), q("date", "d", default="today()"),
    q("text", "e"),
                 q("end_group"), q("begin_repeat", "r"), q("text", "x", default="y"), q("end_repeat")])  # fmt: skip
    assert begin(read, today=TODAY, now=NOW) == {"n": "3", "g": {"d": "2026-11-27"}}


def test_names_of_choices_come_in_the_reader_s_language() -> None:
    read = form(
        [q("select_one yes_no", "a"), q("calculate", "name", calculation="jr:choice-name(${a}, '${a}')")], YES_NO
    )
    for language in ("kk", "ru", "en"):
        found = evaluate(read, {"a": "no"}, today=TODAY, now=NOW, language=language)
        assert found.answers["name"] == f"no {language}"


def test_three_hundred_questions_are_worked_out_in_little_memory() -> None:
    survey = [q("integer", f"q{at}", relevant=f"${{q{at - 1}}} > 0" if at else "true()") for at in range(300)]
    read = form([*survey, q("calculate", "total", calculation=" + ".join(f"${{q{at}}}" for at in range(300)))])
    answers = {f"q{at}": "1" for at in range(300)}
    tracemalloc.start()
    found = worked(read, answers)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.answers["total"] == "300"
    assert len(worked(read, {**answers, "q10": "0"}).answers) == 11
    assert most < 5_000_000
