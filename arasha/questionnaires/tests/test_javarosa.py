"""Our engine and JavaRosa, on records made up for each form: forms that use everything, and the forms that we ship."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.questionnaires.rules.problems import CircularCalculation
from arasha.questionnaires.rules.reading import read_form
from arasha.questionnaires.tests.javarosa import JavaRosa, running
from arasha.questionnaires.tests.oracle import differences, unexplained
from arasha.questionnaires.tests.tried_forms import TRIED
from arasha.questionnaires.tests.writing import form, published, question, shipped

RECORDS = 200
SHIPPED = sorted((Path(__file__).parents[1] / "data" / "forms").glob("*.md"))


@pytest.fixture(scope="module")
def judge() -> Iterator[JavaRosa]:
    with running() as started:
        yield started


@pytest.mark.parametrize("name", TRIED)
def test_both_engines_say_the_same_of_forms_that_use_everything(name: str, judge: JavaRosa) -> None:
    assert not judge.form(TRIED[name])
    tried = read_form(TRIED[name])
    assert not unexplained(tried, differences(tried, judge, 20261127, RECORDS))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_both_engines_say_the_same_of_shipped_forms(path: Path, judge: JavaRosa) -> None:
    xform = shipped(str(path))
    assert not judge.form(xform)
    read = read_form(xform)
    assert not unexplained(read, differences(read, judge, 20261127, RECORDS))


def test_a_wrong_engine_would_be_noticed(judge: JavaRosa) -> None:
    survey = [question("integer", "a"), question("calculate", "b", calculation="${a} + 1")]
    other = [question("integer", "a"), question("calculate", "b", calculation="${a} + 2")]
    assert not judge.form(published(other))
    ours = form(survey)
    assert unexplained(ours, differences(ours, judge, 1, 20))


def test_both_refuse_formulas_that_need_each_other(judge: JavaRosa) -> None:
    survey = [question("calculate", "a", calculation="${b} + 1"), question("calculate", "b", calculation="${a} + 1")]
    assert "Cycle" in judge.form(published(survey))
    with pytest.raises(CircularCalculation):
        form(survey)
