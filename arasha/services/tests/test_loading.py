"""Tables in the directory: nothing twice, one entry for one changed row, stopped half-way, and a refuge never told."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import NotThere
from arasha.kernel.journal.models import Act, Change
from arasha.services import actions, queries
from arasha.services.actions import loading
from arasha.services.models import Load, LoadRow, Offering, Provider, Site
from arasha.services.policy import NotAllowed
from arasha.services.queries import Wanted
from arasha.services.queries import exchange as loads
from arasha.services.rules.exchange import headings, texts
from arasha.services.tests import directory as entries
from arasha.services.tests.directory import DISTRICT, NOW, REGION, Directory, acting
from arasha.services.tests.tables import CENTRE, REFUGE, SECRET, counted, csv_of, loaded, of, taken, xlsx_of
from arasha.services.views import importing_words
from arasha.services.views.exporting import _found, _kept
from arasha.ui.rules import sheets
from arasha.ui.rules.sheets import SheetUnreadable
from tests.database import as_owner

OTHER = CENTRE | {"service": "psychological_support", "needs": "psychological"}


def test_a_table_is_looked_through_then_loaded_and_a_second_time_changes_nothing(directory: Directory) -> None:
    load = taken(directory.district, csv_of(CENTRE, OTHER))
    with as_owner():
        assert of(load).state == "tried"
        assert counted(of(load)) == (2, 0, 0, 0)
        assert Offering.objects.count() == 0
    assert counted(loaded(directory.district, csv_of(CENTRE, OTHER))) == (2, 0, 0, 0)
    with as_owner():
        assert (Provider.objects.count(), Site.objects.count(), Offering.objects.count()) == (1, 1, 2)
        site = Site.objects.get()
        assert (site.phone, site.address_ru) == ("+77253721122", "ул. Исмаилова, 1")
        assert [5, "10:00", "14:00"] in site.hours
        changes = Change.objects.count()
        acts = Act.objects.filter(verb="load_directory")
        assert [act.codes["rows"] for act in acts] == [2]
    assert counted(loaded(directory.district, xlsx_of(OTHER, CENTRE))) == (0, 0, 2, 0)
    with as_owner():
        assert Change.objects.count() == changes


def test_a_changed_row_changes_one_entry_and_columns_that_lack_change_none(directory: Directory) -> None:
    loaded(directory.district, csv_of(CENTRE, OTHER))
    less = {name: value for name, value in OTHER.items() if name not in {"address_ru", "hours", "languages"}}
    assert counted(loaded(directory.district, csv_of(less | {"age_to": "18"}))) == (0, 1, 0, 0)
    with as_owner():
        assert sorted(Offering.objects.values_list("age_to", flat=True)) == [17, 18]
        assert Site.objects.get().address_ru == "ул. Исмаилова, 1"
        assert Offering.objects.get(age_to=18).languages == ["kk", "ru"]


def test_half_the_addresses_unknown_is_a_normal_file(directory: Directory) -> None:
    rows = [CENTRE | {"provider_key": f"p{n}", "address_ru": "" if n % 2 else "ул. Абая"} for n in range(6)]
    assert counted(loaded(directory.district, csv_of(*rows))) == (6, 0, 0, 0)


def test_rows_come_in_any_order_and_the_wrong_ones_come_back_in_the_format_of_their_file(directory: Directory) -> None:
    wrong = OTHER | {"provider_key": "a-9", "phone": "12"}
    load = loaded(directory.district, xlsx_of(wrong, OTHER, CENTRE))
    assert counted(load) == (2, 0, 0, 1)
    with acting(directory.district) as actor:
        content = actions.give_rejected(actor=actor, load_id=load.pk, words=("Где", "Что"), language="ru", now=NOW)
    sheet = sheets.read_sheet(content, sheets.Limits())
    assert (sheet.kind, sheet.title) == ("xlsx", "Қызметтер")
    assert sheet.rows[1].cells[-2:] == ("phone", "Такого номера в Казахстане нет")
    assert counted(loaded(directory.district, content)) == (0, 0, 0, 1), "the mended file is read with our two columns"


def test_of_a_refuge_the_address_is_in_no_table_no_act_and_no_file(directory: Directory) -> None:
    load = loaded(directory.region, csv_of(REFUGE, REFUGE | {"provider_key": "r-2", "address_ru": SECRET}))
    assert counted(load) == (1, 0, 0, 1)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM public.{table} t WHERE t::text LIKE '%%Тайная%%'")
            assert cursor.fetchone()[0] == 0, table
    with acting(directory.region) as actor:
        content = actions.give_rejected(actor=actor, load_id=load.pk, words=("Где", "Что"), language="ru", now=NOW)
    assert "Тайная" not in content.decode("utf-8-sig")
    assert "не сохранена" in content.decode("utf-8-sig")
    with pytest.raises(IntegrityError), as_owner(), transaction.atomic():
        LoadRow.objects.filter(hidden=True).update(cells={"address_ru": SECRET})


def test_nobody_enters_anything_outside_their_territory_by_a_table(directory: Directory) -> None:
    assert counted(loaded(directory.neighbour, csv_of(CENTRE))) == (0, 0, 0, 1)
    loaded(directory.district, csv_of(CENTRE))
    theirs = CENTRE | {"territory": entries.NEXT_DISTRICT}
    assert counted(loaded(directory.neighbour, csv_of(theirs))) == (0, 0, 0, 1), "the key stands elsewhere"
    with as_owner():
        assert Site.objects.get().territory_id == DISTRICT
    for person in (directory.nurse, directory.school):
        with acting(person) as actor, pytest.raises(NotAllowed):
            actions.take_table(actor=actor, content=csv_of(CENTRE), source="akimat", now=NOW)


def test_a_key_tells_nobody_that_a_refuge_has_it(directory: Directory) -> None:
    loaded(directory.region, csv_of(REFUGE))
    same_key = CENTRE | {"provider_key": REFUGE["provider_key"]}
    assert counted(loaded(directory.district, csv_of(same_key))) == (1, 0, 0, 0)


def test_other_units_see_no_table_that_was_handed_in(directory: Directory) -> None:
    load = taken(directory.region, csv_of(REFUGE))
    for person in (directory.district, directory.neighbour, directory.nurse):
        with acting(person) as actor:
            with pytest.raises(NotThere):
                loads.load(actor, load)
            assert LoadRow.objects.count() == 0
            with pytest.raises((NotThere, NotAllowed)):
                actions.start_load(actor=actor, load_id=load, now=NOW)


def test_a_load_that_was_stopped_half_way_goes_on_where_it_was(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH", 2)
    rows = [CENTRE | {"provider_key": f"p{n}"} for n in range(5)]
    load = taken(directory.district, csv_of(*rows))
    with acting(directory.district) as actor:
        with pytest.raises(actions.LoadNotReady):
            actions.stop_load(actor=actor, load_id=load, now=NOW)
        actions.start_load(actor=actor, load_id=load, now=NOW)
        with pytest.raises(actions.LoadNotReady):
            actions.start_load(actor=actor, load_id=load, now=NOW)
    with system("load_directory") as actor:
        assert loading.put_batch(actor=actor, load=load, places=loads.places(), now=NOW, most=2)
    with acting(directory.district) as actor:
        actions.stop_load(actor=actor, load_id=load, now=NOW)
    loading.run_load(load=load, moment=lambda: NOW)
    assert (of(load).state, counted(of(load))) == ("stopped", (2, 0, 0, 0))
    with acting(directory.district) as actor:
        actions.start_load(actor=actor, load_id=load, now=NOW)
    for _twice in range(2):
        loading.run_load(load=load, moment=lambda: NOW)
    assert (of(load).state, counted(of(load))) == ("loaded", (5, 0, 0, 0))


def test_a_row_that_the_database_refuses_goes_back_and_the_others_are_entered(directory: Directory) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE services_site ADD CONSTRAINT no_abai CHECK (address_ru <> 'ул. Абая')")
    rows = [CENTRE, CENTRE | {"provider_key": "a-2", "address_ru": "ул. Абая"}, CENTRE | {"provider_key": "a-3"}]
    load = loaded(directory.district, csv_of(*rows))
    assert counted(load) == (2, 0, 0, 1)
    with as_owner():
        assert list(LoadRow.objects.filter(outcome="rejected").values_list("faults", flat=True)) == [[[0, "refused"]]]


def test_what_a_keeper_takes_out_and_changes_comes_back_to_the_same_entries(directory: Directory) -> None:
    entries.entered(directory.district)
    with acting(directory.district) as actor:
        rows = [texts(_kept(row)) for row in loads.kept(actor)]
    head = headings("kk")
    assert counted(loaded(directory.district, sheets.write([head, *rows], kind="csv"))) == (0, 0, 1, 0)
    phone = rows[0].index("+77253721122")
    rows[0][phone] = "+7 725 372 11 23"
    assert counted(loaded(directory.district, sheets.write([head, *rows], kind="csv"))) == (0, 1, 0, 0)
    with as_owner():
        assert Site.objects.get().phone == "+77253721123"


def test_tables_are_forgotten_after_their_time(directory: Directory) -> None:
    taken(directory.district, csv_of(CENTRE))
    with acting(directory.district) as actor, pytest.raises(NotAllowed):
        actions.forget_loads(actor=actor, now=NOW + timedelta(days=31))
    with system("forget_directory_loads") as actor:
        actions.forget_loads(actor=actor, now=NOW + timedelta(days=31))
    with as_owner():
        assert (Load.objects.count(), LoadRow.objects.count()) == (0, 0)


def test_taking_a_file_and_refusing_one_stand_in_the_journal_without_a_word(directory: Directory) -> None:
    load = loaded(directory.district, csv_of(CENTRE))
    with acting(directory.district) as actor:
        actions.record_export(actor=actor, rows=3, now=NOW)
        with pytest.raises(SheetUnreadable):
            actions.take_table(actor=actor, content=b"", source="x", now=NOW)
    with as_owner():
        verbs = ["take_directory_file", "start_directory_load", "load_directory", "export_directory"]
        found = {act.verb: act.codes for act in Act.objects.filter(verb__in=verbs)}
    assert set(found) == set(verbs)
    assert found["export_directory"] == {"rows": 3}
    assert found["take_directory_file"] == {"load": str(load.pk), "rows": 1}


def _published() -> bytes:
    with system("publish_directory") as actor:
        actions.publish(actor=actor, now=NOW)
    found = queries.published()
    assert found is not None
    return found.content


def test_open_data_are_the_same_with_and_without_a_refuge(directory: Directory) -> None:
    entries.entered(directory.district)
    without = _published()
    entries.entered(directory.region, entries.REFUGE, entries.HIDDEN, entries.SHELTER)
    hidden = replace(entries.HIDDEN, phone="+7 725 250 00 02")
    with acting(directory.region) as actor:
        provider = actions.add_provider(actor=actor, said=replace(entries.FAMILY_SUPPORT, territory=REGION), now=NOW)
        site = actions.add_site(actor=actor, provider_id=provider, said=hidden, now=NOW)
        actions.add_offering(actor=actor, site_id=site, said=entries.SHELTER, now=NOW)
    assert _published() == without


def test_open_data_say_what_the_finder_shows(directory: Directory) -> None:
    entries.entered(
        directory.district,
        site=replace(entries.OFFICE, latitude=Decimal("41.45"), longitude=Decimal("69.17"), step_free="yes"),
    )
    page = json.loads(gzip.decompress(_published()))
    assert (page["total_items"], len(page["contents"])) == (1, 1)
    service = page["contents"][0]
    assert service["organization"]["name"] == "Сарыағаш отбасын қолдау орталығы"
    assert service["phones"][0]["number"] == "+77253721122"
    location = service["service_at_locations"][0]["location"]
    assert location["addresses"][0]["country"] == "KZ"
    assert service["schedules"][0]["opens_at"] == "09:00+05:00"
    with acting(directory.district) as actor, pytest.raises(NotAllowed):
        actions.publish(actor=actor, now=NOW)


def test_words_of_faults_are_there_in_the_readers_language(directory: Directory) -> None:
    load = loaded(directory.district, xlsx_of(CENTRE | {"phone": "12"}))
    with acting(directory.district) as actor, override("kk"):
        line = importing_words.faults(loads.first_faults(loads.load(actor, load.pk)), load)[0]
    assert line["words"] == "Қазақстанда мұндай телефон нөмірі жоқ"
    assert "Қызметтер" in line["row"]


def test_a_file_of_what_is_found_knows_a_refuge_by_telephone_and_region_alone(directory: Directory) -> None:
    entries.entered(directory.region, entries.REFUGE, entries.HIDDEN, entries.SHELTER)
    with acting(directory.nurse):
        row = texts(_found(queries.every(Wanted(), now=NOW, limit=10)[0]))
    line = {name: value for name, value in zip(headings("en"), row, strict=True) if value}
    assert line["Telephone"] == "+77252500001"
    assert line["Territory (KATO code)"] == REGION
    assert not {name for name in line if "name" in name or "ddress" in name or "number" in name}
