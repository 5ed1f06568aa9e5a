"""What may be told of answers, which words tell of harm, what a number opens."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha import questionnaires
from arasha.participation import rules

SHEET = st.lists(st.integers(0, 3), min_size=5, max_size=5)
KEY = bytes(32)
FORMS = Path(questionnaires.__file__).parent / "data" / "forms"


@given(st.lists(SHEET, max_size=30), st.none() | st.integers(0, 5))
def test_nothing_is_told_of_fewer_than_ten_or_of_fewer_than_three_hidden_providers(
    sheets: list[list[int]], providers: int | None
) -> None:
    outcome = rules.decide(sheets, providers=providers)
    wide = providers is None or providers >= 3
    assert (outcome.outcome == "told") is (len(sheets) >= 10 and wide)
    if outcome.outcome == "none":
        assert (outcome.answers, outcome.figures) == (0, {})
    if outcome.outcome == "told":
        assert outcome.answers % 5 == 0
        shares = [one for shown in outcome.figures.values() if isinstance(shown, dict) for one in shown.values()]
        assert all(isinstance(one, str) for one in shares)


def test_ten_and_eleven_answers_are_told_in_one_band() -> None:
    assert rules.decide([[1] * 5] * 10).answers == rules.decide([[1] * 5] * 11).answers == 10


@pytest.mark.parametrize(
    "words",
    [
        "Мұғалім мені ұрады",
        "Он меня БЬЁТ",
        "он меня бьет",
        "Я не хочу жить",
        "He hits me",
        "мені  қорқытады",
        "МЕНІ ЗОРЛАДЫ",
        "don’t tell anyone, he said",
    ],
)
def test_words_of_harm_make_a_signal(words: str) -> None:
    assert rules.may_tell_of_harm(words) == "now"


@pytest.mark.parametrize(
    ("words", "level"), [("Мне было не страшно", "read"), ("Бәрі ұнады", ""), ("Всё было хорошо", ""), ("", "")]
)
def test_other_words_wait_for_a_reader(words: str, level: str) -> None:
    assert rules.may_tell_of_harm(words) == level


def test_a_number_opens_its_own_slip_alone() -> None:
    opening = rules.Opening("x" * 36, "child", "ab" * 120, 1)
    number, other = rules.new_number(), rules.new_number()
    sealed = rules.seal_slip(number, opening, KEY)
    assert rules.open_slip(number, sealed, KEY) == opening
    assert rules.open_slip(other, sealed, KEY) is None
    assert number.encode() not in sealed
    assert len({rules.fingerprint(number, KEY), rules.answers_id(number, KEY).bytes, sealed[:16]}) == 3


def test_typed_numbers_are_digits_alone() -> None:
    assert rules.typed(" 1234-5678 9012.3456 ") == "1234567890123456"
    assert [rules.typed(one) for one in ("", "1", "x" * 16, "1" * 17, "١" * 16)] == [""] * 5


def test_every_age_is_asked_in_the_words_of_the_shipped_forms() -> None:
    for age, form in (("young", "satisfaction_young"), ("child", "satisfaction_child")):
        lines = (FORMS / f"{form}.md").read_text(encoding="utf-8").splitlines()
        rows = {cells[3]: cells for line in lines if len(cells := [cell.strip() for cell in line.split("|")]) > 8}
        for asked in rules.settings()["questions"]:
            said = asked[age]
            assert rows[said["form"]][6:9] == [said["kk"], said["ru"], said["en"]], asked["code"]


def test_who_may_answer_is_over_a_month_after_the_half_year() -> None:
    assert rules.open_periods(date(2026, 12, 31)) == ["2026-2"]
    assert rules.open_periods(date(2027, 1, 31)) == ["2026-2", "2027-1"]
    assert rules.open_periods(date(2027, 2, 1)) == ["2027-1"]
    assert re.fullmatch(r"\d{4}-[12]", rules.current(date(2026, 7, 1)))
