"""The directory of services in a world: an entry with an answer that waits, and the forms that it is kept by."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

WEEK = "day_0 day_1 day_2 day_3 day_4 day_5 day_6"
SITE = (
    "phone settlement address_kk address_ru name_kk name_ru name_en mail web latitude longitude around_the_clock"
    f" {WEEK}"
)
OFFERING = {
    "service": b"legal_aid",
    "age_from": b"0",
    "age_to": b"17",
    "sexes": b"all",
    "cost": b"free",
    "status": b"open",
}
OFFERED = OFFERING | {"with_parent": b"unknown", "siblings": b"unknown"}
OFFER = "son_to languages needs conditions served price remote begins_on ends_on once seen"
FORMS = {
    "/services/keep/add/": (
        "coordinator",
        {"kind": b"ngo", "ownership": b"ngo", "territory": b"615400000", "name_kk": b"x"},
        "name_ru name_en funded_until source once seen",
    ),
    "/services/keep/{provider}/change/": (
        "coordinator",
        {"kind": b"ngo", "ownership": b"ngo"},
        "funded_until source ended_on once seen",
    ),
    "/services/keep/{provider}/sites/add/": (
        "coordinator",
        {"district": b"615400000", "step_free": b"yes"},
        f"{SITE} once",
    ),
    "/services/keep/sites/{site}/change/": (
        "coordinator",
        {"district": b"615400000", "step_free": b"yes"},
        f"{SITE} closed_on step seen",
    ),
    "/services/keep/sites/{site}/link/": ("coordinator", {}, "site"),
    "/services/keep/sites/{site}/offerings/add/": ("coordinator", OFFERED, OFFER),
    "/services/keep/offerings/{offering}/change/": ("coordinator", OFFERED, OFFER),
    "/services/keep/offerings/{offering}/confirm/": ("coordinator", {}, "offering"),
    "/services/keep/proposals/{answer}/": ("coordinator", {"line-0": b"take"}, "line-1 line-2 seen"),
    "/services/keep/proposals/{answer}/vouch/": ("coordinator", {"rang": b"old"}, ""),
}
ASKED = (
    *(("coordinator", "/services/keep/", name) for name in ("words", "place", "sort", "after", "kind", "only")),
    ("coordinator", "/services/package/", "region"),
)


def keep(world: World, place: str) -> None:
    """Put down an entry of the directory with an answer that waits; a place that is none nobody keeps: it is hidden."""
    hidden = str(not place.startswith("6154")).lower()
    if hidden == "true":
        world.rows(
            "INSERT INTO territory_territory (kato, level, parent_id, kind, name_kk, name_ru, name_en, folded_kk,"
            " folded_ru, folded_en, path, urban, source, names_verified)"
            " VALUES (%s, 1, '000000000', 'region', 'x', 'x', 'x', 'x', 'x', 'x', %s, false, 'x', false)",
            place,
            place,
        )
    world.rows("ALTER TABLE access_body DISABLE TRIGGER ALL")
    world.rows(
        "INSERT INTO access_body (code, name_kk, name_ru, name_en, sector, kind, territory_id, protected, valid_from)"
        " VALUES ('made-up-provider', 'x', 'x', 'x', 'ngo', 'refuge', %s, false, '2020-01-01')",
        place,
    )
    put_down(
        world,
        "services_provider",
        "body_id, kind, protected, ownership, source",
        f"id, 'ngo', {hidden}, 'ngo', '' FROM access_body WHERE code = 'made-up-provider'",
    )
    put_down(
        world,
        "services_site",
        "provider_id, protected, name_kk, name_ru, name_en, territory_id, address_kk, address_ru, phone, mail, web,"
        " around_the_clock, hours, step_free",
        "p.id, p.protected, '', '', '', b.territory_id, '', '', '102', '', '', false, '[]', 'unknown'"
        " FROM services_provider p JOIN access_body b ON b.id = p.body_id",
    )
    put_down(
        world,
        "services_offering",
        "site_id, protected, service, level, age_from, age_to, sexes, siblings, with_parent, languages, needs,"
        " conditions, served, cost, remote, status",
        "id, protected, 'legal_aid', 'tertiary', 0, 17, 'all', 'unknown', 'unknown', '{}', '{}', '{}',"
        " ARRAY[territory_id::text], 'unknown', false, 'open' FROM services_site",
    )
    put_down(
        world,
        "services_proposal",
        "site_id, unit_id, said, put_at",
        """id, (SELECT min(id) FROM access_unit), '{"site": {"phone": "103"}}', now() FROM services_site""",
    )
