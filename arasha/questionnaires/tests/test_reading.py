"""Reading a published form: everything that it says, and everything that refuses it."""

import pytest

from arasha.questionnaires.rules.form import Group, Question
from arasha.questionnaires.rules.problems import CircularCalculation, FormProblem
from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.tests.writing import choices, form, published
from arasha.questionnaires.tests.writing import question as q

EVERYTHING = [
    q("begin_group", "child", label="The child", appearance="field-list", relevant="${agreed} = 'OK'"),
    q("text", "name", hint="as in the papers", required="yes", required_message="needed"),
    q("integer", "age", constraint=". < 18", constraint_message="${name} is a child", default="5"),
    q("date", "seen", default="today()"), q("end_group"),
    q("acknowledge", "agreed"), q("select_one regions", "region", appearance="minimal"),
    q("select_one districts", "district", choice_filter="region = ${region}"),
    q("begin_repeat", "others", label="Other children", repeat_count="${child_number}"), q("decimal", "weight"),
    q("end_repeat"),
    q("integer", "child_number"), q("calculate", "total", calculation="sum(${weight})"),
    q("hidden", "kind", default="a"),
    q("note", "said", label="In all ${total} of **${child_number}**"),
    q("image", "photo", parameters="max-pixels=1000"),
    q("file", "paper"), q("text", "computed", calculation="${total} * 2", readonly="yes"),
]  # fmt: skip
LISTS = choices("regions", "a", "b") + choices("districts", "a1", "b1", region={"a1": "a", "b1": "b"})


@pytest.fixture(scope="module")
def nodes() -> dict[str, Question | Group]:
    return {node.path: node for node in form(EVERYTHING, LISTS).root.walk()}


def asked(nodes: dict[str, Question | Group], path: str) -> Question:
    """Return a question."""
    node = nodes[f"/data/{path}"]
    assert isinstance(node, Question)
    return node


def test_a_form_says_its_code_version_titles_and_languages() -> None:
    read = form(EVERYTHING, LISTS)
    assert (read.code, read.version, read.languages) == ("tried", "1", ("kk", "ru", "en"))
    assert read.titles["kk"] == "Tried"
    assert len(read.digest) == 64


def test_kinds_are_told_apart(nodes: dict[str, Question | Group]) -> None:
    kinds = {path.removeprefix("/data/"): node.kind for path, node in nodes.items() if isinstance(node, Question)}
    assert kinds == {
        "child/name": "text", "child/age": "integer", "child/seen": "date", "agreed": "acknowledge",
        "region": "select_one", "district": "select_one", "others/weight": "decimal", "child_number": "integer",
        "total": "calculate", "kind": "hidden", "said": "note", "photo": "image", "paper": "file", "computed": "text",
    }  # fmt: skip


def test_texts_are_there_in_each_language_with_their_values(nodes: dict[str, Question | Group]) -> None:
    assert asked(nodes, "child/name").labels == {"kk": "name kk", "ru": "name ru", "en": "name en"}
    assert asked(nodes, "child/name").hints["ru"] == "as in the papers ru"
    assert asked(nodes, "child/name").required_messages["en"] == "needed en"
    assert asked(nodes, "child/age").constraint_messages["en"] == "${/data/child/name} is a child en"
    assert asked(nodes, "said").labels["kk"] == "In all ${/data/total} of **${/data/child_number}** kk"


def test_what_a_question_asks_for_is_read(nodes: dict[str, Question | Group]) -> None:
    age, seen = asked(nodes, "child/age"), asked(nodes, "child/seen")
    assert (age.default, age.constraint, age.required) == ("5", ". < 18", "")
    assert (seen.default, seen.default_formula) == ("", "today()")
    assert asked(nodes, "child/name").required == "true()"
    assert asked(nodes, "computed").read_only
    assert asked(nodes, "region").appearance == "minimal"


def test_choices_carry_their_columns_and_their_filter(nodes: dict[str, Question | Group]) -> None:
    district = asked(nodes, "district")
    assert [(choice.code, dict(choice.fields)) for choice in district.choices] == [
        ("a1", {"region": "a"}),
        ("b1", {"region": "b"}),
    ]
    assert district.choices[0].labels["ru"] == "a1 ru"
    assert district.choice_filter == "region =  /data/region"


def test_groups_and_repeats_are_read(nodes: dict[str, Question | Group]) -> None:
    child, others = nodes["/data/child"], nodes["/data/others"]
    assert isinstance(child, Group)
    assert isinstance(others, Group)
    assert (child.labels["en"], child.appearance, child.repeat) == ("The child en", "field-list", False)
    assert (others.repeat, others.count, others.labels["kk"]) == (True, "/data/child_number", "Other children kk")
    assert [each.name for each in others.children] == ["weight"]


def test_a_form_is_read_once() -> None:
    assert read_form(published(EVERYTHING, LISTS)) is read_form(published(EVERYTHING, LISTS))


def test_a_form_of_three_hundred_questions_is_read() -> None:
    survey = [q("integer", f"q{at}", relevant=f"${{q{at - 1}}} > 0" if at else "true()") for at in range(300)]
    survey.append(q("calculate", "total", calculation=" + ".join(f"${{q{at}}}" for at in range(300))))
    assert len(list(form(survey).questions())) == 301


XFORM = published([q("integer", "a")]).decode()


@pytest.mark.parametrize(
    ("xform", "code"),
    [
        ("", "not_xml"),
        ("<html/>", "not_a_form"),
        (XFORM[:-20], "not_xml"),
        (XFORM.replace('<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY a "b">]>'), "doctype"),
        (XFORM.replace('<?xml version="1.0"?>', '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), "doctype"),
        (XFORM.replace('type="int"', 'type="geopoint"'), "kind"),
        (XFORM.replace('type="int"', 'type="int" jr:preload="timestamp"'), "kind"),
        (XFORM.replace('type="int"', 'type="int" readonly="1 = 1"'), "read_only"),
        (XFORM.replace('type="int"', 'type="int" relevant="/data/b"'), "unknown_path"),
        (XFORM.replace('type="int"', 'type="int" constraint="evil()"'), "function"),
        (XFORM.replace('type="int"', 'type="int" required=". &lt;"'), "expression"),
        ("x" * 10_000_001, "too_large"),
    ],
)
def test_what_is_no_form_of_ours_is_refused_with_a_reason(xform: str, code: str) -> None:
    with pytest.raises(FormProblem) as refused:
        read_form(xform.encode())
    assert refused.value.code == code


@pytest.mark.parametrize(
    "survey",
    [
        [q("calculate", "a", calculation="${a} + 1")],
        [q("calculate", "a", calculation="${b}"), q("calculate", "b", calculation="${c}"),
         q("calculate", "c", calculation="${a}")],
        [q("text", "a", relevant="${b} = 1"), q("text", "b", relevant="${a} = 1")],
        [q("begin_group", "g", relevant="${a} = 1"), q("text", "a"), q("end_group")],
        [q("calculate", "t", calculation="count(${r}[./v = 1])"), q("begin_repeat", "r"),
         q("calculate", "v", calculation="${t}"), q("end_repeat")],
    ],
)  # fmt: skip
def test_a_formula_with_a_loop_is_refused_and_names_its_way(survey: list[dict[str, str]]) -> None:
    with pytest.raises(CircularCalculation) as refused:
        form(survey)
    assert refused.value.paths
    assert all(path.startswith("/data/") for path in refused.value.paths)


def test_a_problem_names_the_question() -> None:
    with pytest.raises(FormProblem) as refused:
        form([q("text", "fine"), q("text", "wrong", constraint="regex(., '(?<=a)b')")])
    assert (refused.value.code, refused.value.path) == ("pattern", "/data/wrong")
