"""What a KATO code says by itself, checked against the classifier's own parents."""

import csv

import pytest

from arasha.kernel.territory.actions.reference import DATA, shipped_units
from arasha.kernel.territory.rules import CodeInvalid, checked, district_code, kind_of, latin, lies_in, region_code
from arasha.kernel.territory.rules.tree import parent_of, placed

with (DATA / "kato_2022_10_17.csv").open(encoding="utf-8", newline="") as lines:
    CLASSIFIER = list(csv.DictReader(lines))


def test_every_parent_in_the_classifier_follows_from_the_codes() -> None:
    known = {row["kato"] for row in CLASSIFIER}
    told = {row["kato"]: row["parent_kato"] or "000000000" for row in CLASSIFIER}
    assert len(told) == 16264
    assert {kato: parent_of(kato, known) for kato in told} == told


def test_the_second_level_from_the_code_is_the_second_level_of_the_tree() -> None:
    tree = placed(shipped_units())
    assert sum(unit.level == 1 for unit in tree) == 20
    assert sum(unit.level == 2 for unit in tree) == 228
    for unit in tree:
        path = unit.path.split(".")
        assert district_code(unit.unit.kato) == (path[2] if len(path) > 2 else None)
        assert region_code(unit.unit.kato) == (path[1] if len(path) > 1 else None)


@pytest.mark.parametrize("wrong", ["", "61540000", "6154000000", "61540000a", "٦١٥٤٠٠٠٠٠", " 61540000"])
def test_a_code_is_nine_plain_digits(wrong: str) -> None:
    with pytest.raises(CodeInvalid):
        checked(wrong)


@pytest.mark.parametrize(
    ("kato", "name", "level", "kind"),
    [
        ("000000000", "Казахстан", 0, "nation"),
        ("610000000", "Туркестанская область", 1, "region"),
        ("790000000", "город Шымкент", 1, "republican_city"),
        ("615400000", "Сарыагашский район", 2, "district"),
        ("611600000", "Арысь Г.А.", 2, "city_administration"),
        ("711110000", "район Алматы", 2, "city_district"),
        ("151011100", "район Астана", 3, "intra_city_district"),
        ("351011000", "Әлихан Бөкейхан р.а.", 3, "intra_city_district"),
        ("615435000", "Акжарский с.о.", 3, "rural_okrug"),
        ("111445000", "с.о. Жибек жолы", 3, "rural_okrug"),
        ("111445000", "Токтамысский с.о", 3, "rural_okrug"),
        ("111837000", "Бестобинская п.а.", 3, "settlement_administration"),
        ("111447000", "с.а. Каменка", 3, "village_administration"),
        ("103620000", "Аягоз г.а.", 3, "town_administration"),
        ("615420100", "г.Сарыагаш", 3, "city"),
        ("111837100", "п.Бестобе", 4, "settlement"),
        ("615435100", "с.Акжар", 4, "village"),
        ("615449400", "рзд.50", 4, "place"),
        ("623637205", "зимовка Корган", 5, "place"),
    ],
)
def test_a_kind_is_told_from_code_level_and_name(kato: str, name: str, level: int, kind: str) -> None:
    assert kind_of(kato, name, level) == kind


def test_a_name_without_english_is_written_in_latin_letters() -> None:
    assert latin("с.Қызылқұм, Шұғыла") == "s.Qyzylqum, Shughyla"


@pytest.mark.parametrize(
    ("place", "around", "lies"),
    [
        ("615433100", "615400000", True),
        ("615400000", "615400000", True),
        ("615400000", "610000000", True),
        ("615400000", "000000000", True),
        ("000000000", "615400000", False),
        ("613900000", "615400000", False),
        # A region whose code begins another's: Abai and Aqmola.
        ("110000000", "100000000", False),
        ("111000000", "100000000", False),
        ("751110000", "750000000", True),
        ("615400000", "", False),
    ],
)
def test_a_place_lies_in_another_by_level_and_not_by_what_codes_begin_with(place: str, around: str, lies: bool) -> None:
    assert lies_in(place, around) is lies
