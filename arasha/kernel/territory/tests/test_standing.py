"""A code through time: regions of 2022, districts of 2024, and a district that is split on a date."""

from datetime import date

import pytest

from arasha.kernel.territory import queries
from arasha.kernel.territory.models import Succession, Territory
from tests.database import as_owner

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = date(2027, 5, 31), date(2027, 6, 1), date(2027, 6, 2)


def standing(kato: str, at: date) -> str | None:
    unit = queries.successor_at(kato, at)
    return unit.kato if unit else None


def unit(kato: str, parent: str, name: str, *, valid_from: date | None = None) -> Territory:
    above = Territory.objects.get(pk=parent)
    return Territory.objects.create(
        kato=kato,
        level=above.level + 1,
        parent=above,
        kind="district" if above.level == 1 else "village",
        name_kk=name,
        name_ru=name,
        name_en=name,
        folded_kk=name.lower(),
        folded_ru=name.lower(),
        folded_en=name.lower(),
        path=f"{above.path}.{kato}",
        source="official",
        valid_from=valid_from,
    )


def follow(old: str, new: str, kind: str) -> None:
    Succession.objects.create(predecessor_id=old, successor_id=new, at=DAY, kind=kind, source="test")


@pytest.mark.parametrize(
    ("kato", "at", "answers"),
    [
        ("630000000", date(2020, 1, 1), "630000000"),
        ("630000000", date(2026, 1, 1), "630000000"),
        ("100000000", date(2022, 6, 7), "630000000"),  # Abai Region was a part of East Kazakhstan
        ("100000000", date(2022, 6, 8), "100000000"),
        ("330000000", date(2021, 1, 1), "190000000"),
        ("620000000", date(2021, 1, 1), "350000000"),
        ("104100000", date(2023, 1, 1), "101000000"),
        ("104100000", date(2020, 1, 1), "630000000"),  # through two foundings
        ("711610000", date(2025, 1, 28), "711110000"),
        ("711610000", date(2025, 1, 29), "711610000"),
        ("791910000", date(2020, 1, 1), "790000000"),  # came out of four: the city answers
        ("615400000", date(2026, 1, 1), "615400000"),
        ("999999999", date(2026, 1, 1), None),
    ],
)
def test_who_answers_for_a_code_on_a_day(kato: str, at: date, answers: str | None) -> None:
    assert standing(kato, at) == answers


def test_the_lines_of_many_codes_are_those_of_each() -> None:
    for at in (date(2020, 1, 1), date(2024, 6, 1), date(2026, 1, 1)):
        codes = ["630000000", "104100000", "711610000", "791910000", "615400000", "999999999", "615449100"]
        alone = {code: [unit.kato for unit in queries.chain(standing(code, at) or "")] for code in codes}
        together = queries.lines_at(codes, at)
        assert {code: [unit.kato for unit in line] for code, line in together.items()} == alone
    assert alone["615449100"] == ["615449100", "615449000", "615400000", "610000000", "000000000"]


def test_a_district_that_loses_a_part_goes_on_and_the_part_stands_from_its_day() -> None:
    with as_owner():
        unit("615300000", "610000000", "Дарбаза", valid_from=DAY)
        follow("615400000", "615300000", "split")
    assert standing("615400000", BEFORE) == standing("615400000", AFTER) == "615400000"
    assert standing("615300000", BEFORE) == "615400000"
    assert standing("615300000", DAY) == "615300000"


def test_a_village_whose_code_changed_with_the_split_is_followed_into_the_new_district() -> None:
    with as_owner():
        unit("615300000", "610000000", "Дарбаза", valid_from=DAY)
        unit("615349100", "615300000", "с.Дарбаза", valid_from=DAY)
        Territory.objects.filter(pk="615449100").update(valid_to=DAY)
        follow("615400000", "615300000", "split")
        follow("615449100", "615349100", "recoded")
    assert standing("615449100", BEFORE) == "615449100"
    assert standing("615449100", DAY) == "615349100"
    for at, district in ((BEFORE, "615400000"), (DAY, "615300000")):
        code = standing("615449100", at)
        assert code is not None
        found = queries.district_of(code)
        assert found is not None
        assert found.kato == district


def test_a_district_divided_whole_is_answered_for_by_its_region_until_somebody_decides() -> None:
    with as_owner():
        for kato, name in (("615300000", "Солтүстік"), ("615900000", "Оңтүстік")):
            unit(kato, "610000000", name, valid_from=DAY)
            follow("615400000", kato, "split")
        Territory.objects.filter(pk="615400000").update(valid_to=DAY)
    assert [found.kato for found in queries.successors_at("615400000", AFTER)] == ["615300000", "615900000"]
    assert standing("615400000", AFTER) == "610000000"
    assert standing("615400000", BEFORE) == "615400000"


def test_merged_and_recoded_units_are_followed_step_by_step() -> None:
    with as_owner():
        unit("615300000", "610000000", "Дарбаза", valid_from=DAY)
        Territory.objects.filter(pk__in=["615400000", "615200000"]).update(valid_to=DAY)
        follow("615400000", "615200000", "merged")
        follow("615200000", "615300000", "recoded")
    assert standing("615400000", AFTER) == "615300000"


def test_a_village_that_ended_without_a_successor_is_answered_for_from_above() -> None:
    with as_owner():
        Territory.objects.filter(pk__in=["615435200", "615435000"]).update(valid_to=DAY)
    assert standing("615435200", AFTER) == "615400000"
    assert queries.successors_at("615435200", AFTER) == []


def test_a_circle_of_successions_ends() -> None:
    with as_owner():
        Territory.objects.filter(pk__in=["615400000", "615200000"]).update(valid_to=DAY)
        follow("615400000", "615200000", "recoded")
        follow("615200000", "615400000", "recoded")
    assert standing("615400000", AFTER) == "610000000"
