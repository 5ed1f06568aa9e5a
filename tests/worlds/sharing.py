"""Consent and sharing: its forms and addresses, and one consent with a share in a file that is no outsider's."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

WHO = "coordinator"
PAGE = "/files/{dossier}/sharing/"
LENT = {"unit": b"0", "purposes": b"learning", "parts": b"education", "until": b"2026-12-04"}
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    f"{PAGE}consent/": (
        WHO,
        {"once": b"00000000-0000-4000-8000-000000000023", "giver": b"child", "answer": b"given", **LENT},
        "explained way witness wishes why",
    ),
    f"{PAGE}without/": (
        WHO,
        {"once": b"00000000-0000-4000-8000-000000000024", "ground": b"danger", "words": b"x", **LENT},
        "",
    ),
    f"{PAGE}paper/": (WHO, {"reader": b"x", "language": b"kk"}, "how"),
}


def agree(world: World) -> None:
    """Put down a consent with a share on it, and one share without, in a file of the unit that leads it."""
    led = " FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1"
    user = "(SELECT min(id) FROM access_user)"
    put_down(
        world,
        "sharing_consent",
        "dossier_id, unit_id, answer, giver, purposes, facets, until, way, explained, why, at, from_unit_id, user_id,"
        " sealed, ended_why",
        "d.id, d.lead_unit_id, 'given', 'child', 'learning', 17, current_date + 30, 'paper', true, '', now(),"
        f" d.lead_unit_id, {user}, '', ''{led}",
    )
    put_down(
        world,
        "sharing_share",
        "dossier_id, unit_id, consent_id, ground, purposes, facets, until, member, at, from_unit_id, user_id,"
        " ended_why",
        "c.dossier_id, c.unit_id, c.id, '', 'learning', 17, now() + interval '30 days', gen_random_uuid(), now(),"
        f" c.from_unit_id, {user}, '' FROM sharing_consent c",
    )
