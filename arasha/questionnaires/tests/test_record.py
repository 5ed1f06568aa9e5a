"""Records as submissions and as typed answers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.questionnaires.rules.form import Answers
from arasha.questionnaires.rules.problems import RecordProblem
from arasha.questionnaires.rules.record import from_xml, to_xml, typed
from arasha.questionnaires.tests.writing import choices, form
from arasha.questionnaires.tests.writing import question as q

FORM = form(
    [
        q("text", "a"), q("begin_group", "g"), q("integer", "n"), q("date", "d"), q("end_group"),
        q("begin_repeat", "r"), q("select_multiple l", "s"), q("begin_repeat", "inner"), q("decimal", "x"),
        q("end_repeat"), q("end_repeat"), q("calculate", "total", calculation="1 + 1"), q("time", "t"),
    ],
    choices("l", "one", "two"),
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: text == text.strip())
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "a": WORDS,
        "g": st.fixed_dictionaries({"n": st.integers().map(str)}),
        "r": st.lists(
            st.fixed_dictionaries(
                {"s": st.just("one two")}, optional={"inner": st.lists(st.just({"x": "1.5"}), min_size=1)}
            ),
            min_size=1,
        ),
    },
)


def without_nothing(answers: Answers) -> Answers:
    """Return answers without empty texts and groups."""
    found: dict[str, str | Answers | list[Answers]] = {}
    for name, value in answers.items():
        inner = [without_nothing(row) for row in value] if isinstance(value, list) else value
        inner = without_nothing(inner) if isinstance(inner, dict) else inner
        if inner:
            found[name] = inner
    return found


@given(ANSWERS)
def test_a_record_comes_back_from_its_submission(answers: Answers) -> None:
    assert without_nothing(from_xml(FORM, to_xml(FORM, answers, "uuid:1"))) == answers


XML = to_xml(FORM, {"a": "x"}, "uuid:1").decode()
BOMB = "<!DOCTYPE d [" + "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10 if at else "ha"}">' for at in range(12)) + "]>"


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("", "not_xml"), ("<data", "not_xml"), (XML.replace(' id="tried"', ' id="other"'), "wrong_form"),
        (XML.replace('version="1"', 'version="2"'), "wrong_version"), ("<x/>", "wrong_form"),
        (f"{BOMB}<data id='tried' version='1'><a>&e11;</a></data>", "doctype"),
        ("<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/hosts'>]><data id='tried' version='1'>&x;</data>", "doctype"),
        ("<data id='tried' version='1'><a>&unknown;</a></data>", "not_xml"),
        ("<data id='tried' version='1'>" + "<g>" * 5000 + "</g>" * 5000 + "</data>", "not_xml"),
        ("<data id='tried' version='1'>" + "<r/>" * 50_001 + "</data>", "too_large"),
        ("<data id='tried' version='1'><a>" + "x" * 10_000_000 + "</a></data>", "too_large"),
    ],
)  # fmt: skip
def test_a_submission_that_is_none_is_refused_with_a_reason(xml: str, code: str) -> None:
    with pytest.raises(RecordProblem) as refused:
        from_xml(FORM, xml.encode())
    assert refused.value.code == code


def test_what_the_form_does_not_know_is_read_for_the_engine_to_find() -> None:
    xml = b"<data id='tried' version='1'><a>x</a><zz>1</zz><a>y</a><g><n>1</n><more><deep>2</deep></more></g></data>"
    assert from_xml(FORM, xml) == {"a": [{"": "x"}, {"": "y"}], "zz": "1", "g": {"n": "1", "more": {"deep": "2"}}}


def test_answers_are_typed_for_tables() -> None:
    answers: Answers = {
        "a": "words", "g": {"n": "7", "d": "2026-01-31"}, "r": [{"s": "one two"}, {"inner": [{"x": "1.50"}]}],
        "total": "2", "t": "10:00", "unknown": "x",
    }  # fmt: skip
    found = typed(FORM, answers)
    assert [(each.key, each.position, each.code, each.number, each.date, each.text) for each in found] == [
        ("a", "", None, None, None, "words"),
        ("g/n", "", None, Decimal(7), None, None),
        ("g/d", "", None, None, date(2026, 1, 31), None),
        ("r[1]/s", "1", "one", None, None, None),
        ("r[1]/s", "1", "two", None, None, None),
        ("r[2]/inner[1]/x", "2.1", None, Decimal("1.50"), None, None),
        ("total", "", None, Decimal(2), None, None),
        ("t", "", None, None, None, "10:00"),
    ]
    assert {each.path for each in found} >= {"/data/r/inner/x", "/data/g/n"}
