"""Expressions: what is understood, what is refused, and what functions answer."""

from datetime import UTC, date, datetime

import pytest

from arasha.questionnaires.rules.calls import SPECIAL
from arasha.questionnaires.rules.compiling import compiled
from arasha.questionnaires.rules.expressions import Chain, Literal, Path, Step, parse
from arasha.questionnaires.rules.functions import ARGUMENTS, MANY, SIMPLE
from arasha.questionnaires.rules.instance import Node, Scope
from arasha.questionnaires.rules.places import Terrain, Where
from arasha.questionnaires.rules.problems import FormProblem, Uncountable
from arasha.questionnaires.rules.values import Value, plain, to_text

NOW = datetime(2026, 11, 27, 5, 30, tzinfo=UTC)
TODAY = date(2026, 11, 27)


def worked_out(text: str, here: Value = "") -> Value:
    """Work an expression out at a record's only question."""
    root = Node("data")
    node = root.add("here")
    node.value = here
    terrain = Terrain(frozenset({("data",), ("data", "here")}), {}, {})
    scope = Scope(root, {}, TODAY, NOW, "en")
    return compiled(text, Where(("data", "here")), terrain).formula(node, scope)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1 +", "(1", "1)", "'open", "a b", "//a", "/data//a", "@id", "a | b", "$x", "if(1, 2", "1 2", "a[",
        "a[1]", "..[. = 1]", "/..", "child::a", "f(,1)", "#", "a::b", "/", "1 = = 2", "instance(1)/root", "instance()",
        "(" * 100 + "1" + ")" * 100, "1+" * 20_000 + "1",
    ],
)  # fmt: skip
def test_what_is_no_expression_of_the_profile_is_refused(text: str) -> None:
    with pytest.raises(FormProblem) as refused:
        parse(text)
    assert refused.value.code == "expression"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("pulldata('a', 'b')", "function"), ("document('x')", "function"), ("uuid()", "function"),
        ("random()", "function"), ("system-property('a')", "function"), ("if(1, 2)", "arguments"),
        ("today(1)", "arguments"), ("count(1)", "arguments"), ("sum(1, 2)", "arguments"), ("position(1)", "arguments"),
        ("regex(., .)", "arguments"), ("regex(., '(')", "pattern"), ("regex(., '(?=a)b')", "pattern"),
        ("regex(., '(a)\\1')", "pattern"), ("/data/there", "unknown_path"), ("../../x", "unknown_path"),
        ("../../../x", "unknown_path"), ("instance('none')/root/item", "unknown_instance"),
        ("indexed-repeat(., ., 1)", "arguments"), ("format-date(., '%Q')", "arguments"),
        ("jr:choice-name(., 1)", "arguments"),
    ],
)  # fmt: skip
def test_what_is_not_allowed_or_not_there_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(FormProblem) as refused:
        worked_out(text)
    assert refused.value.code == code


def test_every_allowed_function_is_made() -> None:
    assert set(ARGUMENTS) == {*SIMPLE, *SPECIAL, *MANY, "count"}


def test_a_long_sum_is_flat() -> None:
    tree = parse(" + ".join(["1"] * 2000))
    assert isinstance(tree, Chain)
    assert len(tree.rest) == 1999
    assert worked_out(" + ".join(["1"] * 2000)) == 2000


def test_what_binds_tighter_is_worked_out_first() -> None:
    assert worked_out("1 + 2 * 3 = 7 and not(2 > 3 or false())") is True
    assert worked_out("8 div 2 div 2 - 1 - 1") == 0
    assert worked_out("-2 * 3 < -5") is True
    assert parse("a-1") == Path("here", 0, (Step("a-1"),))
    assert parse('"it\'s"') == Literal("it's")


@pytest.mark.parametrize(
    ("text", "here", "result"),
    [
        (". > 3", "5", True), (". > 3", "", False), (". = 5", "5.0", True), (". = '5.0'", 5.0, True),
        (". + 1", "2,5", 3.5), ("1 div 0", "", float("inf")), ("5 mod 3", "", 2.0), ("-5 mod 3", "", -2.0),
        ("round(-2.5)", "", -2.0), ("round(2.345, 2)", "", 2.35), ("round(1250, -2)", "", 1300.0),
        ("int(-2.7)", "", -2.0), ("max(-3, -5)", "", -3.0), ("min('', 4)", "", 4.0), ("concat('a', 1.0, true())", "",
        "a1true"),
        ("substr('abcdef', -3, -1)", "", "de"), ("selected('a b', 'b')", "", True), ("selected('ab', 'b')", "", False),
        ("count-selected(' a  b ')", "", 2.0), ("selected-at('a b', 1)", "", "b"), ("selected-at('a', 7)", "", ""),
        ("regex('12', '[0-9]')", "", False), ("regex('12', '[0-9]+')", "", True), ("string-length('Аягөз')", "", 5.0),
        ("coalesce(., 'x')", "", "x"), ("once(7)", "3", "3"), ("if('false', 1, 2)", "", 1.0), ("number('1e3') = 1000",
        "", False),
        ("string(today())", "", "2026-11-27"), ("today() - date('2026-11-20')", "", 7.0), ("date('') = ''", "", True),
        ("format-date(now(), '%d.%m.%Y %H:%M')", "", "27.11.2026 10:30"), ("format-date('', '%Y')", "", ""),
        ("decimal-date-time('1970-01-02T05:00:00Z')", "", 1 + 5 / 24), ("date(0) = date('1970-01-01')", "", True),
        ("starts-with('abc', 'ab') and contains('abc', 'bc')", "", True), ("boolean(0) or boolean('')", "", False),
        ("0.1 + 0.2 = 0.3", "", True), ("1 != 1 = false()", "", True), ("'a' < 'b'", "", False), ("position(.)", "",
        1.0),
    ],
)  # fmt: skip
def test_expressions_answer_as_on_a_phone(text: str, here: Value, result: Value) -> None:
    assert worked_out(text, here) == result


@pytest.mark.parametrize("text", ["date('yesterday')", "date('2026-02-30')", "date(true())", "date(999999999)"])
def test_what_is_no_day_has_no_answer(text: str) -> None:
    with pytest.raises(Uncountable):
        worked_out(text)


def test_a_pattern_that_would_never_end_elsewhere_answers_at_once() -> None:
    assert worked_out("regex(., '(a+)+$')", "a" * 50_000 + "!") is False


@pytest.mark.parametrize(
    ("number", "written"),
    [(0.1, "0.1"), (1e-5, "1.0E-5"), (12345678.9, "1.23456789E7"), (-1e21, "-1.0E21"), (0.001, "0.001"), (2.5, "2.5")],
)
def test_numbers_are_written_as_clients_write_them(number: float, written: str) -> None:
    assert plain(number) == written


def test_a_moment_reads_as_its_day_in_kazakhstan() -> None:
    assert to_text(worked_out("date('2026-01-31T22:00:00Z')")) == "2026-02-01"
