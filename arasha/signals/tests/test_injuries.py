"""Injuries are read as they were typed, and names are found in words whatever their endings."""

import re
import unicodedata
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arasha
from arasha.signals import rules
from arasha.ui.rules import UnknownCode

SCSS = Path(arasha.__file__).parents[1] / "assets" / "scss" / "_bodymap.scss"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ()),
        ("  ", ()),
        ("3", (30,)),
        ("2,5", (25,)),
        ("2.5 см", (25,)),
        ("3x1", (30, 10)),
        ("3 × 1,5 cm", (30, 15)),
        ("3х1", (30, 10)),  # the Cyrillic letter
        ("0", (0,)),
    ],
)
def test_a_size_in_centimetres_is_kept_in_millimetres(typed: str, expected: tuple[int, ...]) -> None:
    assert rules.read_size(typed) == expected


@pytest.mark.parametrize("typed", ["large", "3x1x2", "-1", "1000", "3 m", "2,55", "3x", "\x00"])
def test_a_size_that_is_none_is_told_so(typed: str) -> None:
    with pytest.raises(rules.SizeUnclear):
        rules.read_size(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_size_is_a_size_or_refused(typed: str) -> None:
    with suppress(rules.SizeUnclear):
        assert all(0 <= length < 10_000 for length in rules.read_size(typed))


def test_an_injury_comes_back_from_its_sealed_form_as_it_was() -> None:
    injury = rules.Injury("back_upper", "bruise", (30, 15), ("blue", "yellow"), date(2026, 3, 1))
    assert rules.from_json(rules.to_json(injury)) == injury
    assert rules.from_json(rules.to_json(rules.Injury("front_face"))) == rules.Injury("front_face")


def test_an_injury_of_no_list_is_refused() -> None:
    for region, kind in (("soul", "bruise"), ("front_face", "x")):
        with pytest.raises(UnknownCode):
            rules.Injury(region, kind)
    with pytest.raises(UnknownCode):
        rules.Injury("front_face", colours=("purple",))


def test_a_place_that_was_only_marked_is_an_injury_too_and_none_counts_twice() -> None:
    described = [rules.Injury("front_face", "bruise"), rules.Injury("front_face", "wound")]
    found = rules.with_ticked(described, ["front_face", "back_upper", "back_upper"])
    assert found == [*described, rules.Injury("back_upper")]
    assert len(rules.with_ticked([rules.Injury("front_face")] * 60, ["back_upper"])) == rules.MOST


def test_each_region_has_a_shape_and_its_colours_when_it_is_marked() -> None:
    styled = set(re.findall(r'"((?:front|back)_\w+)"', SCSS.read_text(encoding="utf-8")))
    assert styled == {region.code for region in rules.REGIONS}
    for side in rules.SIDES:
        assert len(rules.regions_of(side)) > 10
        assert all(region.more["path"].startswith("M") for region in rules.regions_of(side))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Өгей әкесі – Дәурен Сейітқали, полицияда", True),
        ("сейітқали дәурен", True),
        ("Даурен Сейткали", True),
        ("Не говорить Сейткали Даурену", True),
        ("Dauren Seitkali", True),
        ("DÄUREN SEIITQALI", True),
        ("Даурен Сейдахметов", False),
        ("Дәурен-өгей әке, Сейітқали", True),
        (unicodedata.normalize("NFD", "Дәурен Сейітқали"), True),
        ("Отчим, Дәуреном Сейітқалиевым зовут", False),  # another surname
        ("Отчиму Сейітқали Дәурену не говорить", True),
        ("Дәурен", False),  # a given name alone is many people's
        ("Сейітқали Айгүл", False),
        ("", False),
    ],
)
def test_somebody_named_in_words_is_found_by_all_parts_of_the_name(text: str, expected: bool) -> None:
    assert rules.stands_in("Дәурен Сейітқали", text) is expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Наталья Ким", "не говорить Наталье Ким", True),
        ("Наталья Ким", "узнала от Натальи Ким", True),
        ("Анна Цой", "с Анной Цой", True),
        ("Мария Ли-Петрова", "Марии Петровой", True),  # Ли is too short to be looked for
        ("Сәуле Нұрғалиева-Ким", "Сауле Нургалиевой Ким", True),
        ("Сәуле Нұрғалиева-Ким", "Сауле Нургалиева-Ким", True),
        ("Нұрсұлтан Ахметов", "Нур-Султану Ахметову", True),
        ("Анна Цой", "Антонина Цой", False),
    ],
)
def test_endings_and_hyphens_hide_nobody(name: str, text: str, expected: bool) -> None:
    assert rules.stands_in(name, text) is expected
