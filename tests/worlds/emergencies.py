"""An emergency in a world: declared for the district, with what one body said; the whole staff reads it."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/emergencies/declare/": (
        "coordinator",
        {
            "once": b"00000000-0000-4000-8000-000000000006",
            "territory": b"615400000",
            "kind": b"frost",
            "ground": b"x",
            "first_on": b"01.02.2026",
            "last_on": b"01.03.2026",
        },
        "lifted",
    ),
    "/emergencies/{emergency}/body/": (
        "coordinator",
        {
            "once": b"00000000-0000-4000-8000-000000000007",
            "state": b"closed",
            "until": b"01.02.2026",
        },
        "instead",
    ),
    "/emergencies/{emergency}/conditions/": (
        "coordinator",
        {"once": b"00000000-0000-4000-8000-000000000008", "lifted": b"referral"},
        "lifted",
    ),
    "/emergencies/{emergency}/end/": ("coordinator", {}, ""),
}
ASKED = (
    *(("coordinator", "/emergencies/", name) for name in ("shown", "after")),
    *(("coordinator", "/emergencies/{emergency}/", name) for name in ("shown", "after")),
    ("coordinator", "/emergencies/{emergency}/body/", "unit"),
)


def declare(world: World) -> None:
    """Put down an emergency of the district with what one body said."""
    put_down(
        world,
        "emergency_emergency",
        "territory_id, kind, ground, first_on, last_on, declared_by_id, declared_at",
        "'615400000', 'flood', 'x', now()::date, now()::date + 30, (SELECT min(id) FROM access_user), now()",
    )
    put_down(
        world,
        "emergency_standing",
        "emergency_id, unit_id, state, until, said_by_id, said_at",
        "e.id, u.id, 'closed', e.last_on, e.declared_by_id, now() FROM emergency_emergency e, access_unit u"
        " WHERE u.territory_id = '615400000' ORDER BY u.id LIMIT 1",
    )
