"""A table of the directory in a world: what the coordinator handed in, and the forms by which it goes on."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

FORMS = {
    "/services/keep/import/": ("coordinator", {"source": b"x"}, "file"),
    "/services/keep/import/{table}/load/": ("coordinator", {}, "step"),
    "/services/keep/import/{table}/stop/": ("coordinator", {}, "step"),
    "/services/keep/import/{table}/rejected/": ("coordinator", {}, "language"),
}
ASKED = tuple(
    ("coordinator", "/services/export.csv", name)
    for name in ("place", "age", "sex", "need", "service", "kind", "speaks", "words", "standing")
)


def hand_in(world: World) -> None:
    """Put down a table that the coordinator's unit handed in, and an offering where the world has none."""
    seat = world.house.seats["coordinator"]
    put_down(
        world,
        "services_load",
        "unit_id, place_id, source, kind, title, delimiter, headings, fields, state, total, last_row, done, rows_new,"
        " rows_changed, rows_same, rows_rejected, recorded_at",
        "u.id, u.territory_id, 'x', 'csv', '', ';', '{x}', '{phone}', 'tried', 1, 2, 1, 0, 0, 0, 1, now()"
        f" FROM access_post p JOIN access_unit u ON u.id = p.unit_id WHERE p.id = {int(seat.post_id)}",
    )
    if world.ids()["offering"]:
        return
    put_down(
        world,
        "services_provider",
        "body_id, kind, protected, ownership, source",
        "id, 'ngo', true, 'ngo', '' FROM access_body ORDER BY id LIMIT 1",
    )
    put_down(
        world,
        "services_site",
        "provider_id, protected, name_kk, name_ru, name_en, territory_id, address_kk, address_ru, phone, mail, web,"
        " around_the_clock, hours, step_free",
        "id, true, '', '', '', '610000000', '', '', '102', '', '', false, '[]', 'unknown' FROM services_provider",
    )
    put_down(
        world,
        "services_offering",
        "site_id, protected, service, level, age_from, age_to, sexes, siblings, with_parent, languages, needs,"
        " conditions, served, cost, remote, status",
        "id, true, 'legal_aid', 'tertiary', 0, 17, 'all', 'unknown', 'unknown', '{}', '{}', '{}', '{610000000}',"
        " 'unknown', false, 'open' FROM services_site",
    )
