"""An identification number is read or refused with its reason, as the published vectors say."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.people.rules import Fault, IinInvalid, check_figure, read_iin

with (Path(__file__).parent / "iin_test_vectors.csv").open(encoding="utf-8", newline="") as _file:
    VECTORS = list(csv.DictReader(_file))
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["why"] for vector in VECTORS])
def test_the_published_vectors(vector: dict[str, str]) -> None:
    if vector["expected"] == "valid":
        said = read_iin(vector["iin"])
        assert f"{said.born:%y%m%d}" == vector["iin"][:6]
        assert "female" not in vector["why"] or said.sex == "girl"
    else:
        with pytest.raises(IinInvalid):
            read_iin(vector["iin"])


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", Fault.LENGTH),
        ("15010150001", Fault.LENGTH),
        ("1501015000111", Fault.LENGTH),
        ("15010150001a", Fault.FIGURES),
        ("٠١٢٣٤٥٦٧٨٩٠١", Fault.FIGURES),
        ("150101000011", Fault.CENTURY),
        ("150101700010", Fault.CENTURY),
        ("150231500011", Fault.DATE),
        ("150101500270", Fault.NEVER_ISSUED),
        ("150101500012", Fault.CHECK),
    ],
)
def test_what_is_wrong_is_said_and_the_number_is_not(typed: str, fault: Fault) -> None:
    with pytest.raises(IinInvalid) as refused:
        read_iin(typed)
    assert refused.value.fault is fault
    assert not typed or typed not in str(refused.value)


def test_spaces_and_dashes_are_passed_over() -> None:
    assert read_iin(" 150101 500-011 ") == read_iin("150101500011")


@given(DAYS, st.sampled_from(["girl", "boy"]), st.integers(0, 9999))
def test_a_number_made_for_a_day_and_a_sex_is_read_back(day: date, sex: str, serial: int) -> None:
    century = (3 if day.year < 2000 else 5) + (sex == "girl")
    eleven = f"{day:%y%m%d}{century}{serial:04}"
    check = check_figure(eleven)
    if check is None:
        for figure in range(10):
            with pytest.raises(IinInvalid):
                read_iin(f"{eleven}{figure}")
    else:
        said = read_iin(f"{eleven}{check}")
        assert (said.born, said.sex) == (day, sex)


@given(DAYS, st.integers(0, 9999), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_figure_of_the_first_ten_is_noticed_but_across_the_passes(
    day: date, serial: int, place: int, by: int
) -> None:
    eleven = f"{day:%y%m%d}5{serial:04}"
    check = check_figure(eleven)
    if check is None:
        return
    right = f"{eleven}{check}"
    wrong = f"{right[:place]}{(int(right[place]) + by) % 10}{right[place + 1 :]}"
    try:
        read_iin(wrong)
    except IinInvalid:
        return
    assert _needs_second_pass(right) or _needs_second_pass(wrong)


def test_the_eleventh_figure_is_checked_by_nothing() -> None:
    assert read_iin("150101500011") == read_iin("150101500021")


def _needs_second_pass(number: str) -> bool:
    return sum(int(figure) * weight for weight, figure in enumerate(number[:11], start=1)) % 11 == 10
