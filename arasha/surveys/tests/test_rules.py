"""What may be shown, what is asked, and what a slip's number is, without a database."""

import string
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.surveys import rules
from arasha.surveys.rules import figures, release
from arasha.surveys.rules.answers import NotAnAnswer, heard, packed, unpacked

QUESTIONNAIRE = rules.questionnaire()
CHOICES = ("never", "few", "weekly", "daily")
QUESTIONS = QUESTIONNAIRE.sheet("middle").questions
COUNTS = st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(lambda counts: sum(counts) >= 10)


def of(*counts: int) -> dict[str, int]:
    return dict(zip((*CHOICES, rules.UNSAID), counts, strict=True))


@pytest.mark.parametrize(
    ("count", "total", "shown"),
    [
        (0, 10, "under10"),
        (1, 11, "under10"),
        (1, 10, "about10"),
        (3, 20, "about20"),
        (9, 20, "about50"),
        (18, 20, "about90"),
        (19, 20, "over90"),
        (20, 20, "over90"),
        (10, 10, "over90"),
    ],
)
def test_a_share_is_coarse_and_its_ends_are_held_back(count: int, total: int, shown: str) -> None:
    assert figures.tens(count, total) == shown


def consistent(shown: dict[str, str], lowest: int) -> list[tuple[int, ...]]:
    """Return every set of counts that whoever reads these shares has to think possible."""
    coarse = figures.twenties if any(code.startswith("from") for code in shown.values()) else figures.tens
    found = []
    for total in range(lowest, lowest + figures.BAND):
        ranges = [[count for count in range(total + 1) if coarse(count, total) == code] for code in shown.values()]
        found += [counts for counts in product(*ranges) if sum(counts) == total and total - counts[-1] >= figures.LEAST]
    return found


@given(COUNTS.filter(lambda counts: sum(counts) <= 34))
def test_nobody_reckons_out_of_the_other_shares_whether_anybody_gave_a_rare_answer(counts: list[int]) -> None:
    shown = figures.shares(of(*counts), rules.UNSAID)
    if isinstance(shown, str):
        return
    possible = consistent(shown, figures.band(sum(counts)))
    assert tuple(counts) in possible
    for place, code in enumerate(shown.values()):
        if code == "under10":
            assert {one[place] == 0 for one in possible} == {True, False}
        if code == "over90":
            assert {one[place] == sum(one) for one in possible} == {True, False}


@given(COUNTS)
def test_no_share_under_ten_or_over_ninety_is_told(counts: list[int]) -> None:
    shown = figures.shares(of(*counts), rules.UNSAID)
    if isinstance(shown, str):
        return
    for count, code in zip(counts, shown.values(), strict=True):
        share = count / sum(counts)
        assert (code == "under10") == (share < 0.1)
        assert (code == "over90") == (share > 0.9)


def test_a_question_that_fewer_than_ten_answered_shows_nothing() -> None:
    assert figures.shares(of(9, 0, 0, 0, 11), rules.UNSAID) == "few"
    assert figures.shares(of(10, 0, 0, 0, 0), rules.UNSAID) != "few"


def decided(answers: int, *, enrolment: int = 20, slips: int = 20, used: int | None = None) -> release.Decision:
    sheets = [[1] * len(QUESTIONS)] * answers
    return rules.decide(
        QUESTIONS,
        sheets,
        enrolment=enrolment,
        slips=slips,
        used=answers if used is None else used,
        breakdown="none",
    )


@pytest.mark.parametrize(
    ("answers", "named", "outcome"),
    [
        (10, {}, "released"),
        (9, {}, "few_answers"),
        (0, {}, "few_answers"),
        (10, {"enrolment": 9}, "small_class"),
        (10, {"slips": 9}, "few_slips"),
        (11, {"used": 10}, "disturbed"),
        (10, {"used": 11}, "released"),
    ],
)
def test_the_three_thresholds_and_what_lies_just_beside_them(answers: int, named: dict[str, int], outcome: str) -> None:
    found = decided(answers, **named)
    assert found.outcome == outcome
    assert bool(found.kept) == bool(found.released) == (outcome == "released")


def test_how_many_answered_is_told_in_bands_of_five() -> None:
    assert [decided(answers).released[0].answers for answers in (10, 14, 15, 19)] == [10, 10, 15, 15]


def test_what_is_kept_counts_each_answer_and_joins_none() -> None:
    kept = decided(12).kept
    assert Counter(question for _group, question, _choice in kept) == {question.code: 12 for question in QUESTIONS}
    assert all(len(row) == 3 for row in kept)


def test_girls_and_boys_are_shown_only_together_and_never_beside_the_class() -> None:
    questions = QUESTIONNAIRE.asked("middle", "sex")
    said = [1] * len(QUESTIONS)

    def split(girls: int, boys: int, unsaid: int) -> release.Decision:
        sheets = [[*said, 1]] * girls + [[*said, 2]] * boys + [[*said, 0]] * unsaid
        size = len(sheets)
        return rules.decide(questions, sheets, enrolment=60, slips=60, used=size, breakdown="sex")

    assert {one.group for one in split(10, 10, 3).released} == {"girl", "boy"}
    for girls, boys in ((9, 20), (20, 9), (0, 20)):
        found = split(girls, boys, 1)
        assert (found.split, [one.group for one in found.released]) == ("few_in_group", [""])
        assert all("sex" not in one.figures for one in found.released)


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_every_age_is_asked_ten_to_sixteen_closed_questions_in_three_languages(language: str) -> None:
    assert [sheet.age for sheet in QUESTIONNAIRE.sheets] == ["young", "middle", "older"]
    for sheet in QUESTIONNAIRE.sheets:
        assert 10 <= len(sheet.questions) <= 16
        assert len({question.code for question in sheet.questions}) == len(sheet.questions)
        words = [getattr(question.words, language) for question in sheet.questions]
        assert len(set(words)) == len(words)
        assert all(one[-1] in ".?" and len(one) <= 110 for one in words)
        assert all(2 <= len(question.choices) <= 4 for question in sheet.questions)
        assert all(getattr(choice.words, language) for question in sheet.questions for choice in question.choices)


def test_small_children_are_asked_in_few_words_and_half_of_it_by_faces() -> None:
    questions = QUESTIONNAIRE.sheet("young").questions
    assert all(len(question.words.kk.split()) <= 10 for question in questions)
    assert sum(all(choice.face for choice in question.choices) for question in questions) >= 6


def test_every_sheet_has_room_in_an_envelope() -> None:
    for sheet in QUESTIONNAIRE.sheets:
        questions = QUESTIONNAIRE.asked(sheet.age, "sex")
        full = packed([len(question.choices) for question in questions])
        assert len(full) + 4 <= rules.SIZE
        assert unpacked(full, questions) == tuple(len(question.choices) for question in questions)


@pytest.mark.parametrize("content", [b"", b"\x01", b"\x02" + bytes(14), b"\x01" + b"\xff" * 14, b"\x01" + bytes(15)])
def test_what_is_no_answer_to_these_questions_is_refused(content: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        unpacked(content, QUESTIONS)


@pytest.mark.parametrize("typed", ["", "5", "-1", "1e1", "١", "99", "x", "1 ", "\x00", "²"])
def test_whatever_a_form_says_is_a_choice_or_nothing(typed: str) -> None:
    assert heard([typed] * len(QUESTIONS), QUESTIONS) == (0,) * len(QUESTIONS)
    assert heard(["1"] * len(QUESTIONS), QUESTIONS) == (1,) * len(QUESTIONS)


def test_slips_are_different_and_easy_to_type() -> None:
    drawn = rules.new_slips(60)
    assert len(set(drawn)) == 60
    assert all(len(slip) == rules.DIGITS >= 10 and set(slip) <= set(string.digits) for slip in drawn)
    assert all(rules.typed(rules.shown(slip)) == slip for slip in drawn)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("123456789012", "123456789012"),
        (" 1234-5678 9012\n", "123456789012"),
        ("12345678901", ""),
        ("1234567890123", ""),
        ("12345678901a", ""),
        ("' OR 1=1 --", ""),
        ("١٢٣٤٥٦٧٨٩٠١٢", ""),
        ("1" * 10_000, ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_a_number_or_nothing(text: str, slip: str) -> None:
    assert rules.typed(text) == slip


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("7А", "7A", True), ("7 «а»", "7-А", True), ("7А", "7Б", False), ("7В", "7B", True), ("11", "1 1", True)],
)
def test_one_class_is_known_again_however_it_is_written(one: str, other: str, same: bool) -> None:
    assert rules.same_class(one, other) is same
