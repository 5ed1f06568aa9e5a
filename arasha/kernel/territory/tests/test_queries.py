"""Up, down and across the tree; names in three scripts; what the serving roles may do."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.territory import policy, queries
from arasha.kernel.territory.actions import load_territory
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.rules import NATION, alphabetical, district_code, fold, region_code
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db


def codes(units: list[Territory]) -> list[str]:
    return [unit.kato for unit in units]


def test_a_village_s_chain_ends_at_the_nation() -> None:
    chain = queries.chain("615435200")
    assert codes(chain) == ["615435200", "615435000", "615400000", "610000000", NATION]
    assert [unit.kind for unit in chain] == ["village", "rural_okrug", "district", "region", "nation"]
    assert codes(queries.ancestors("615435200")) == codes(chain)[1:]
    assert queries.chain("999999999") == []


@pytest.mark.parametrize(
    ("kato", "district", "region"),
    [
        ("615435200", "615400000", "610000000"),
        ("615400000", "615400000", "610000000"),
        ("610000000", None, "610000000"),
        ("711110000", "711110000", "710000000"),
        ("710000000", None, "710000000"),
        ("151011100", "151000000", "150000000"),
        (NATION, None, None),
    ],
)
def test_district_and_region(kato: str, district: str | None, region: str | None) -> None:
    found = queries.district_of(kato), queries.region_of(kato)
    assert tuple(unit.kato if unit else None for unit in found) == (district, region)


def test_the_database_reads_codes_as_python_does() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kato, territory.district(kato), territory.region(kato) FROM territory_territory")
        told = cursor.fetchall()
    assert len(told) == 16275
    assert [row for row in told if row[1:] != (district_code(row[0]), region_code(row[0]))] == []


def test_children_stand_in_the_order_of_the_kazakh_alphabet() -> None:
    names = [unit.name_kk for unit in queries.children_of("610000000")]
    assert names[:2] == ["Арыс қ.ә.", "Бәйдібек ауданы"]
    assert names.index("Кентау қ.ә.") + 1 == names.index("Қазығұрт ауданы")
    assert names[-1] == "Шардара ауданы"
    assert len(queries.children_of(NATION)) == 20


def test_within_holds_the_unit_and_everything_below() -> None:
    inside = set(queries.within("615400000").values_list("kato", flat=True))
    assert {"615400000", "615435000", "615435200"} <= inside
    assert all(kato.startswith("6154") for kato in inside)
    assert queries.within("999999999").count() == 0


@pytest.mark.parametrize("typed", ["сарыағ", "Сарыаг", "SARYAG", "Saryağ", "  сарыағаш ", "615400000"])
def test_saryagash_is_found_in_three_scripts(typed: str) -> None:
    assert "615400000" in codes(queries.search(typed))


@pytest.mark.parametrize(
    ("typed", "kato"),
    [
        ("Өскемен", "631000000"),
        ("Усть-Кам", "631000000"),
        ("Oskemen", "631000000"),
        ("Жаңасемей", "104100000"),  # written «район Жаңасемей»
        ("с.Акжар", "615435100"),
        ("Hromtau", "156000000"),
        ("Khromtau", "156000000"),
        ("Щучин", "117020100"),
    ],
)
def test_kinds_before_a_name_and_spellings_do_not_hide_it(typed: str, kato: str) -> None:
    assert kato in codes(queries.search(typed, limit=50))


def test_search_can_keep_to_levels_and_to_one_unit() -> None:
    assert {unit.level for unit in queries.search("жамбыл", levels=(2,))} == {2}
    below = queries.search("ак", below="615400000", limit=50)
    assert below
    assert all(unit.kato.startswith("6154") for unit in below)
    assert len(queries.search("а", limit=1000)) == 50


@pytest.mark.parametrize("typed", ["", "   ", "%", "_", "'; DROP TABLE", "\u0000"])
def test_an_empty_or_strange_beginning_finds_nothing(typed: str) -> None:
    assert queries.search(typed) == []


def test_larger_units_come_first() -> None:
    assert queries.search("қарағанды")[0].kato == "350000000"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Қызылқоға", "Кызылкога"), ("Ұлытау", "Ulytau"), ("с.о.им.Койгельды", "Қойгелді"), ("р-н Ёлка", "р-н Елка")],
)
def test_folding_makes_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_the_kazakh_alphabet_orders_its_own_letters() -> None:
    words = ["Бала", "Әл", "Ақ", "Ғабит", "Гүл", "Қала", "Кел", "Ұл", "Үй", "Ой", "Өзен", "Іле", "Ыбырай"]
    assert sorted(words, key=alphabetical) == [
        "Ақ", "Әл", "Бала", "Гүл", "Ғабит", "Кел", "Қала", "Ой", "Өзен", "Ұл", "Үй", "Ыбырай", "Іле",
    ]  # fmt: skip


def test_a_name_falls_back_to_what_is_known() -> None:
    village = Territory.objects.get(pk="615435200")
    assert [village.name(language) for language in ("kk", "ru", "en")] == ["с.Багыс", "с.Багыс", "s.Bagys"]


def test_tiles_and_kinds_are_told_in_three_languages() -> None:
    assert len({(tile.column, tile.row) for tile in queries.tiles()}) == 20
    assert {tile.kato for tile in queries.tiles()} == set(codes(queries.children_of(NATION)))
    for code in Territory.objects.values_list("kind", flat=True).distinct():
        label = queries.kind_label(code)
        assert all(label.label(language) for language in ("kk", "ru", "en"))
        assert bool(label.help("kk")) == bool(label.help("ru")) == bool(label.help("en"))


def test_a_unit_is_asked_for_on_a_day() -> None:
    assert queries.territory("100000000", date(2022, 6, 7)) is None
    assert queries.territory("100000000", date(2022, 6, 8)) is not None
    assert queries.territory("100000000") is not None
    assert "104100000" not in codes(queries.children_of("100000000", date(2023, 1, 1)))


@pytest.mark.parametrize("role", ["arasha_app", "arasha_public", "arasha_reader", "arasha_definer"])
def test_every_role_reads_territory_and_none_writes_it(role: str) -> None:
    with as_role(role):
        assert queries.territory("615400000") is not None
        for statement in (
            "UPDATE territory_territory SET name_kk = ''",
            "DELETE FROM territory_succession",
            "INSERT INTO territory_edition SELECT",
            "TRUNCATE territory_formername",
        ):
            with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            assert getattr(caught.value.__cause__, "sqlstate", None) == "42501"


def test_loading_again_writes_nothing_and_mends_what_was_altered() -> None:
    with as_owner():
        assert load_territory(actor=policy.INSTALLATION, using="default") == 0
        Territory.objects.filter(pk="615400000").update(name_ru="что-то другое")
        assert load_territory(actor=policy.INSTALLATION, using="default") == 1
    found = queries.territory("615400000")
    assert found is not None
    assert found.name_ru == "Сарыагашский район"


def test_nobody_signed_in_loads() -> None:
    with pytest.raises(policy.NotAllowed):
        load_territory(actor=policy.Installation(kind="user"), using="default")
