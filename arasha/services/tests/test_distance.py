"""How far two districts lie apart: known distances, both ways, and nothing that was guessed."""

import pytest

from arasha.services.rules import kilometres, points

SARYAGASH, SEMEY, KURCHATOV = "615400000", "101000000", "101800000"


@pytest.mark.parametrize(
    ("one", "other", "about"), [(SEMEY, KURCHATOV, 124), (SARYAGASH, SEMEY, 1_300), (SARYAGASH, SARYAGASH, 0)]
)
def test_districts_lie_apart_as_the_map_says(one: str, other: str, about: int) -> None:
    far = kilometres(one, other)
    assert far is not None
    assert far == kilometres(other, one)
    assert abs(far - about) <= about * 0.03


def test_where_a_district_has_no_point_no_distance_is_said() -> None:
    assert kilometres("615400001", SEMEY) is None
    assert kilometres(SEMEY, "") is None


def test_no_distance_is_longer_than_the_country() -> None:
    found = [kilometres(SEMEY, kato) for kato, _north, _east in points()]
    assert all(far is not None and far < 3_100 for far in found)
