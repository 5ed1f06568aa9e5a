"""The directory: who enters and changes what, what the database refuses, and that nothing is lost between two."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from arasha.kernel.access.rules import NotThere
from arasha.kernel.access.tests import cast
from arasha.kernel.journal.models import Act
from arasha.services import actions, queries
from arasha.services.models import Offering, Provider, Site
from arasha.services.policy import NotAllowed
from arasha.services.rules import EntryFaulty
from arasha.services.tests.directory import (
    FAMILY_SUPPORT,
    HELP,
    HIDDEN,
    NEXT_DISTRICT,
    NOW,
    OFFICE,
    REFUGE,
    REGION,
    SHELTER,
    Directory,
    acting,
    entered,
)
from tests.database import as_owner


def test_a_coordinator_enters_a_provider_with_its_site_and_what_it_offers(directory: Directory) -> None:
    provider_id, site_id, offering_id = entered(directory.district)
    with acting(directory.nurse) as actor:
        row = queries.offering(actor, offering_id)
        assert row.site.provider.body.name_ru == "Сарыагашский центр поддержки семьи"
        assert row.site.phone == "+77253721122"
        assert row.site.pk == site_id
        assert row.site.provider.pk == provider_id
    with as_owner():
        verbs = list(
            Act.objects.filter(verb__in=["add_provider", "add_site", "add_offering"]).values_list("verb", flat=True)
        )
    assert sorted(verbs) == ["add_offering", "add_provider", "add_site"]


@pytest.mark.parametrize("who", ["neighbour", "nurse", "school"])
def test_nobody_else_enters_anything_in_the_district(directory: Directory, who: str) -> None:
    provider_id, site_id, offering_id = entered(directory.district)
    with acting(getattr(directory, who)) as actor:
        with pytest.raises(NotAllowed):
            actions.add_provider(actor=actor, said=FAMILY_SUPPORT, now=NOW)
        with pytest.raises(NotAllowed):
            actions.add_site(actor=actor, provider_id=provider_id, said=OFFICE, now=NOW)
        with pytest.raises(NotAllowed):
            actions.add_offering(actor=actor, site_id=site_id, said=HELP, now=NOW)
        with pytest.raises(NotAllowed):
            actions.change_offering(actor=actor, offering_id=offering_id, said=HELP, now=NOW)
        with pytest.raises(NotAllowed):
            actions.confirm_offering(actor=actor, offering_id=offering_id, now=NOW)


def test_raw_sql_changes_nothing_of_another_districts_directory(directory: Directory) -> None:
    _, site_id, offering_id = entered(directory.district)
    with cast.acting(directory.neighbour):
        assert Offering.objects.filter(pk=offering_id).update(status="closed") == 0
        assert Site.objects.filter(pk=site_id).update(phone="111") == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Offering.objects.bulk_create([Offering(site_id=site_id, service="x", level="primary", served=[REGION])])


def test_sent_twice_it_is_entered_once(directory: Directory) -> None:
    ids = entered(directory.district)
    with acting(directory.district) as actor:
        assert actions.add_provider(actor=actor, said=FAMILY_SUPPORT, now=NOW, provider_id=ids[0]) == ids[0]
        assert actions.add_site(actor=actor, provider_id=ids[0], said=OFFICE, now=NOW, site_id=ids[1]) == ids[1]
        assert actions.add_offering(actor=actor, site_id=ids[1], said=HELP, now=NOW, offering_id=ids[2]) == ids[2]
        assert [model.objects.count() for model in (Provider, Site, Offering)] == [1, 1, 1]


def test_who_changes_what_somebody_else_changed_meanwhile_is_told(directory: Directory) -> None:
    _, site_id, offering_id = entered(directory.district)
    with acting(directory.district) as actor:
        seen = queries.revision(queries.offering(actor, offering_id))
        actions.change_offering(
            actor=actor, offering_id=offering_id, said=replace(HELP, status="paused"), now=NOW, seen=seen
        )
        with pytest.raises(actions.ChangedMeanwhile):
            actions.change_offering(actor=actor, offering_id=offering_id, said=HELP, now=NOW, seen=seen)
        assert queries.offering(actor, offering_id).status == "paused"
        site_seen = queries.revision(queries.site(actor, site_id))
        actions.change_site(actor=actor, site_id=site_id, said=replace(OFFICE, phone="102"), now=NOW, seen=site_seen)
        with pytest.raises(actions.ChangedMeanwhile):
            actions.change_site(actor=actor, site_id=site_id, said=OFFICE, now=NOW, seen=site_seen)


def test_what_a_later_package_dropped_stays_and_can_still_be_closed(
    directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, offering_id = entered(directory.district)
    monkeypatch.setattr("arasha.services.actions.offerings.package", lambda _day: {})
    with acting(directory.district) as actor:
        change: dict[str, Any] = {"actor": actor, "offering_id": offering_id, "now": NOW}
        actions.change_offering(**change, said=replace(HELP, status="closed"))
        assert queries.offering(actor, offering_id).status == "closed"
        with pytest.raises(EntryFaulty):
            actions.change_offering(**change, said=replace(HELP, service="parenting"))


def test_a_site_moves_only_where_its_keeper_keeps(directory: Directory) -> None:
    _, site_id, _ = entered(directory.district)
    with acting(directory.district) as actor, pytest.raises(NotAllowed):
        actions.change_site(actor=actor, site_id=site_id, said=replace(OFFICE, territory=NEXT_DISTRICT), now=NOW)


def test_asking_again_makes_it_fresh(directory: Directory) -> None:
    _, _, offering_id = entered(directory.district)
    with acting(directory.district) as actor:
        assert queries.offering(actor, offering_id).verified_on is None
        actions.confirm_offering(actor=actor, offering_id=offering_id, now=NOW)
        found = queries.offering(actor, offering_id)
    assert (found.verified_on, found.verified_by_id) == (date(2026, 3, 16), directory.district.unit_id)


def test_a_provider_ends_and_its_help_with_it(directory: Directory) -> None:
    provider_id, _, offering_id = entered(directory.district)
    with acting(directory.district) as actor:
        ended = replace(FAMILY_SUPPORT, ended_on=date(2026, 3, 16))
        actions.change_provider(actor=actor, provider_id=provider_id, said=ended, now=NOW)
        shown = queries.shown(offering_id, now=NOW)
    assert shown is not None
    assert shown.standing == "ended"


# What is protected


@pytest.mark.parametrize("who", ["district", "neighbour", "nurse", "school"])
def test_a_refuge_is_not_there_but_for_who_keeps_it(directory: Directory, who: str) -> None:
    provider_id, site_id, offering_id = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(getattr(directory, who)) as actor:
        for read, row_id in ((queries.provider, provider_id), (queries.site, site_id), (queries.offering, offering_id)):
            with pytest.raises(NotThere):
                read(actor, row_id)
        assert [model.objects.count() for model in (Provider, Site, Offering)] == [0, 0, 0]
    with acting(directory.region) as actor:
        assert queries.site(actor, site_id).phone == "+77252500001"


@pytest.mark.parametrize(
    "finer",
    [
        {"address_ru": "ул. Абая, 5"},
        {"name_kk": "Үміт"},
        {"web": "https://example.kz"},
        {"mail": "a@example.kz"},
        {"territory": cast.PLACE},
        {"latitude": Decimal("41.5"), "longitude": Decimal("69.2")},
    ],
)
def test_nothing_finer_than_the_region_is_kept_of_a_refuge(directory: Directory, finer: dict[str, object]) -> None:
    provider_id, site_id, _ = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.region) as actor, pytest.raises(EntryFaulty):
        actions.add_site(actor=actor, provider_id=provider_id, said=replace(HIDDEN, **finer), now=NOW)  # type: ignore[arg-type]
    columns = {"territory_id" if name == "territory" else name: value for name, value in finer.items()}
    with cast.building(), pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=site_id).update(**columns)


def test_a_refuge_never_says_which_district_it_serves(directory: Directory) -> None:
    _, site_id, offering_id = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.region) as actor, pytest.raises(EntryFaulty):
        actions.add_offering(actor=actor, site_id=site_id, said=replace(SHELTER, served=[cast.PLACE]), now=NOW)
    with cast.building(), pytest.raises(IntegrityError), transaction.atomic():
        Offering.objects.filter(pk=offering_id).update(served=[REGION, cast.PLACE])


def test_what_was_public_does_not_become_a_refuge_nor_the_other_way(directory: Directory) -> None:
    provider_id, site_id, offering_id = entered(directory.region, REFUGE, HIDDEN, SHELTER)
    with acting(directory.region) as actor:
        with pytest.raises(EntryFaulty):
            actions.change_site(actor=actor, site_id=site_id, said=replace(HIDDEN, protected=False), now=NOW)
        with pytest.raises(EntryFaulty):
            actions.change_provider(
                actor=actor, provider_id=provider_id, said=replace(REFUGE, kind="family_support"), now=NOW
            )
        with pytest.raises(EntryFaulty):
            actions.add_site(actor=actor, provider_id=provider_id, said=OFFICE, now=NOW)
    with cast.building():
        for model, key in ((Site, site_id), (Provider, provider_id)):
            with pytest.raises(DatabaseError), transaction.atomic():
                model.objects.filter(pk=key).update(protected=False)
        with pytest.raises(IntegrityError), transaction.atomic():
            Offering.objects.filter(pk=offering_id).update(protected=False)


def test_a_refuge_has_no_body_in_a_district(directory: Directory) -> None:
    with acting(directory.region) as actor:
        with pytest.raises(EntryFaulty):
            actions.add_provider(actor=actor, said=replace(REFUGE, territory=cast.PLACE), now=NOW)
        with pytest.raises(EntryFaulty):
            actions.add_provider(actor=actor, said=REFUGE, now=NOW, body_id=directory.school.body_id)
