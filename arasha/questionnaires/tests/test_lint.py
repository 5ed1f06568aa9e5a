"""What is wrong with a form is found before it is converted: each fault with its sheet, row and column."""

import string

import pytest

from arasha.questionnaires.queries import shipped
from arasha.questionnaires.rules import lint
from arasha.questionnaires.rules.books import Fault, read_text
from arasha.questionnaires.rules.conversion import FaultyForm, convert
from arasha.questionnaires.rules.lint.words import sentence, texts
from arasha.questionnaires.tests.sources import FORM, changed, reading

SAFE = "| | select_one yes_no | safe | Қауіпсіз бе | В безопасности ли | Is the child safe | yes | Таңдаңыз |"
AGE = "${safe} = 'no' | . >= 0 and . < 18 |"
ADULTS = "count(${members}[./years >= 18])"
WHO = "| | text | who | Кім | Кто | Who | | | | |"
CHECKS = [
    # what stands in the form, what is written instead, and the fault: code, sheet, row, column, a value
    ("| yes_no | no | Жоқ |", "| yes_no | no | |", ("language", "choices", 3, "label::Kazakh (kk)", "Нет")),
    ("| Кім | Кто | Who |", "| Кім | | Who |", ("language", "survey", 7, "label::Russian (ru)", "Кім")),
    (
        "| Таңдаңыз | Выберите | Choose |",
        "| Таңдаңыз | Выберите | |",
        ("language", "survey", 3, "required_message::English (en)", "Таңдаңыз"),
    ),
    ("| source | Сынақ | Проба |", "| source | Сынақ | |", ("language", "about", 7, "Russian (ru)", "source")),
    ("| facet | plan |", "| facet | secrets |", ("about_code", "about", 4, "Kazakh (kk)", "secrets")),
    ("| kind | assessment |", "| kind | quiz |", ("about_code", "about", 5, "Kazakh (kk)", "quiz")),
    ("| source |", "| ages | 17-13 | | |\n| | source |", ("about_code", "about", 7, "Kazakh (kk)", "17-13")),
    (
        "| source |",
        "| functions | health_care doctors | | |\n| | source |",
        ("about_code", "about", 7, "Kazakh (kk)", "health_care doctors"),
    ),
    ("| | pages | group | | |\n", "", ("about_missing", "about", 0, "name", "pages")),
    ("| made_up | A made", "| Made up | A made", ("form_id", "settings", 2, "form_id", "Made up")),
    ("| A made-up form | 1 |", "| A made-up form | one |", ("version", "settings", 2, "version", "one")),
    ("| select_one yes_no | safe", "| selct_one yes_no | safe", ("type_meant", "survey", 3, "type", "select_one")),
    ("| text | who", "| deviceid | who", ("type_forbidden", "survey", 7, "type", "deviceid")),
    ("| text | who", "| start | who", ("type_forbidden", "survey", 7, "type", "start")),
    ("| text | who", "| geopoint | who", ("type_forbidden", "survey", 7, "type", "geopoint")),
    ("| text | who", "| text | 1who", ("name_form", "survey", 7, "name", "1who")),
    ("| integer | years", "| integer | who", ("name_twice", "survey", 8, "name", "7")),
    ("| integer | years", "| integer | WHO", ("name_twice", "survey", 8, "name", "7")),
    (WHO, "| | text | who | | | | | | | |", ("label_missing", "survey", 7, "label::Kazakh (kk)", "who")),
    (
        "| yes | Таңдаңыз | Выберите | Choose |",
        "| yes | | | |",
        ("required_unsaid", "survey", 3, "required_message::Kazakh (kk)", "safe"),
    ),
    ("| 0–17 | 0–17 | 0–17 |", "| | | |", ("constraint_unsaid", "survey", 4, "constraint_message::Kazakh (kk)", "age")),
    (f"| {ADULTS} |", "| |", ("calculation_missing", "survey", 10, "calculation", "adults")),
    ("| | end_repeat |", "| | end_group |", ("end_unmatched", "survey", 9, "type", "end_group")),
    ("| select_one yes_no | safe", "| select_one yesno | safe", ("list_missing", "survey", 3, "type", "yesno")),
    ("| yes_no | no | Жоқ", "| yes_no | yes | Жоқ", ("code_twice", "choices", 3, "name", "2")),
    ("| yes_no | no | Жоқ", "| yes_no | not now | Жоқ", ("code_form", "choices", 3, "name", "not now")),
    ("${safe} = 'no'", "${safe} = 'noo'", ("answer_meant", "survey", 4, "relevant", "no")),
    ("${safe} = 'no'", "selected(${safe}, 'maybe')", ("answer_unknown", "survey", 4, "relevant", "maybe")),
    ("${safe} = 'no'", "selected('yes nno', ${safe})", ("answer_meant", "survey", 4, "relevant", "nno")),
    ("${safe} = 'no'", "${saffe} = 'no'", ("reference_meant", "survey", 4, "relevant", "safe")),
    ("${safe} = 'no'", "${safe = 'no'", ("expression", "survey", 4, "relevant", "${safe = 'no'")),
    ("${safe} = 'no'", "${safe} = ’no’", ("quotes", "survey", 4, "relevant", "’")),
    ("${safe} = 'no'", "${safe} = 'no' and", ("expression", "survey", 4, "relevant", None)),
    ("${safe} = 'no'", "(${safe} = 'no'", ("expression", "survey", 4, "relevant", None)),
    ("${safe} = 'no'", "selcted(${safe}, 'no')", ("function_meant", "survey", 4, "relevant", "selected")),
    ("${safe} = 'no'", "pulldata('x', 'y')", ("function_unknown", "survey", 4, "relevant", "pulldata")),
    ("${safe} = 'no'", "selected(${safe})", ("arguments", "survey", 4, "relevant", "2")),
    ("${safe} = 'no'", "/data/child/safe = 'no'", ("path_written", "survey", 4, "relevant", "data/child/safe")),
    ("${safe} = 'no'", "${years} > 3", ("repeat_many", "survey", 4, "relevant", "members")),
    ("${safe} = 'no'", "${child} = 'no'", ("group_as_answer", "survey", 4, "relevant", "child")),
    (". >= 0 and . < 18", "regex(., '(?=a)b')", ("pattern", "survey", 4, "constraint", "(?=a)b")),
    (". >= 0 and . < 18", "regex(., '(a)\\1')", ("pattern", "survey", 4, "constraint", "(a)\\1")),
    (ADULTS, "count(${members}[years >= 18])", ("condition", "survey", 10, "calculation", "years")),
    (ADULTS, "count(${members}[${years} >= 18])", ("condition", "survey", 10, "calculation", "years")),
    (ADULTS, "${adults} + 1", ("circular", "survey", 10, "calculation", "adults → adults")),
    ("Adults: ${adults}", "Adults: ${adult}", ("reference_meant", "survey", 11, "label::English (en)", "adults")),
    ("| calculation |", "| calculaton |", ("column_meant", "survey", 1, "calculaton", "calculation")),
]


@pytest.mark.parametrize(("before", "now", "expected"), CHECKS)
def test_a_fault_is_found_where_it_stands(
    before: str, now: str, expected: tuple[str, str, int, str, str | None]
) -> None:
    read = changed(before, now)
    faults = [*read.faults, *lint.check(read.book)]
    code, sheet, row, column, value = expected
    found = [one for one in faults if (one.code, one.sheet, one.row, one.column) == (code, sheet, row, column)]
    assert found, faults
    assert value is None or value in found[0].values.values()


def test_a_form_without_a_fault_has_none_and_is_converted() -> None:
    converted = convert(reading())
    assert (converted.code, converted.number, converted.notices) == ("made_up", 1, ())
    assert converted.form.languages == ("kk", "ru", "en") or set(converted.form.languages) >= {"kk", "ru", "en"}


def test_a_circle_over_several_formulas_is_told_once_with_all_its_names() -> None:
    rows = "".join(f"| | calculate | c{n} | | | | | | | | | | | | | ${{c{(n + 1) % 3}}} + 1 | | |\n" for n in range(3))
    read = changed("| | calculate | adults", rows + "| | calculate | adults")
    assert [(one.code, one.row, one.values["names"]) for one in lint.check(read.book)] == [
        ("circular", 10, "c0 → c1 → c2 → c0")
    ]


def test_a_repeat_counted_by_an_answer_needs_a_limit_for_it() -> None:
    counted = FORM.replace("| The family |" + " |" * 12, "| The family |" + " |" * 11 + " ${age} |")
    assert counted != FORM
    assert lint.check(read_text(counted).book) == []
    loose = lint.check(read_text(counted.replace(". >= 0 and . < 18", ". >= 0")).book)
    assert [(one.code, one.row, one.column) for one in loose] == [("repeat_unbounded", 6, "repeat_count")]


def test_every_fault_of_a_form_is_told_at_once() -> None:
    text = FORM.replace("| yes_no | no | Жоқ |", "| yes_no | no | |").replace("'no'", "'nno'")
    with pytest.raises(FaultyForm) as wrong:
        convert(reading(text))
    assert [(one.code, one.row) for one in wrong.value.faults] == [("answer_meant", 4), ("language", 3)]


def test_what_the_converter_says_is_told_at_its_place_in_the_readers_language() -> None:
    from pyxform.errors import ErrorCode, PyXFormError  # noqa: PLC0415

    from arasha.questionnaires.rules.conversion import _located  # noqa: PLC0415

    book = reading().book
    context = {"row": 3, "sheet": "survey", "column": "relevant", "q": "nobody"}
    known = _located(PyXFormError(code=ErrorCode.PYREF_003, context=context), book)
    assert (known.code, known.sheet, known.row, known.column) == ("reference_unknown", "survey", 3, "relevant")
    assert "nobody" in sentence(known, "kk")
    other = _located(PyXFormError("[row : 4] Something new."), book)
    assert (other.code, other.row) == ("converter", 4)
    assert "Something new" in sentence(other, "ru")


def test_three_hundred_questions_are_read_and_a_fault_in_the_last_is_found() -> None:
    rows = "".join(f"| | text | q{n} | С{n} | В{n} | Q{n} | | | | | | | | | | | | |\n" for n in range(300))
    long = FORM.replace("| | note | told", rows + "| | note | told")
    assert len(list(convert(reading(long)).form.questions())) > 300
    (fault,) = lint.check(reading(long.replace("| Q299 |", "| |")).book)
    assert (fault.code, fault.row) == ("language", 310)


def test_every_sentence_names_the_same_things_in_three_languages() -> None:
    for code, said in texts().items():
        names = [{part[1] for part in string.Formatter().parse(text) if part[1]} for text in said.values()]
        assert names[0] == names[1] == names[2], code
        assert len(set(said.values())) == 3, code


def test_a_sentence_never_fails_for_braces_in_what_somebody_wrote() -> None:
    assert "{x}" in sentence(Fault("type_unknown", "survey", 2, "type", {"type": "{x}", "meant": ""}), "en")


@pytest.mark.parametrize("name", [name for name, _ in shipped()])
def test_each_shipped_form_is_without_a_fault(name: str) -> None:
    converted = convert(dict(shipped())[name])
    assert name == f"{converted.code}.md"
    assert converted.notices == ()
