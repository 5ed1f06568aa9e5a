"""What differs between two versions, and what it means for figures."""

import pytest

from arasha.questionnaires.rules.comparing import Change, Meaning, differences
from arasha.questionnaires.tests.sources import FORM, reading

ROW = "| | text | who | Кім | Кто | Who | | | | | | | | | | | | |\n"
YEARS = "| | integer | years | Жасы | Возраст | Age | | | | | | | | | | | | |\n"
CASES = [
    # what stands, what is written instead, the change, what it means, the question or the answer
    ("| Who |", "| Which one |", Change.WORDING, Meaning.CAREFUL, "who"),
    (ROW, "", Change.REMOVED, Meaning.ENDS, "who"),
    (ROW, ROW + ROW.replace("who", "whose"), Change.ADDED, Meaning.BEGINS, "whose"),
    (ROW + YEARS, YEARS + ROW, Change.MOVED, Meaning.NONE, "years"),
    (". < 18", ". < 21", Change.RULE, Meaning.ACCEPTED, "age"),
    ("${safe} = 'no'", "${safe} = 'yes'", Change.RULE, Meaning.ASKED_OF_OTHERS, "age"),
    ("[./years >= 18]", "[./years >= 16]", Change.RULE, Meaning.COMPUTED, "adults"),
    ("| integer | age |", "| decimal | age |", Change.RULE, Meaning.APART, "age"),
    ("| | yes_no | no | Жоқ | Нет | No |\n", "", Change.CHOICE_REMOVED, Meaning.ENDS, "no"),
    ("| Нет | No |", "| Нет | Not at all |", Change.CHOICE_WORDING, Meaning.CAREFUL, "no"),
    ("| Выдуманная форма |", "| Другая форма |", Change.ABOUT, Meaning.NONE, "title"),
]


@pytest.mark.parametrize(("before", "now", "change", "meaning", "name"), CASES)
def test_a_change_is_told_with_what_it_means(
    before: str, now: str, change: Change, meaning: Meaning, name: str
) -> None:
    assert before in FORM
    found = differences(reading().book, reading(FORM.replace(before, now, 1)).book)
    assert [(one.change, one.meaning, one.name) for one in found] == [(change, meaning, name)]


def test_a_question_taken_to_another_group_is_counted_apart() -> None:
    text = FORM.replace(ROW, "", 1).replace("| | end_group |", ROW + "| | end_group |", 1)
    (found,) = differences(reading().book, reading(text).book)
    assert (found.change, found.meaning) == (Change.ELSEWHERE, Meaning.APART)
    assert (found.before, found.after) == ("members/who", "child/who")


def test_two_equal_forms_do_not_differ() -> None:
    assert differences(reading().book, reading().book) == []
