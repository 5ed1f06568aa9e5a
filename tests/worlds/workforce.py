"""The team's load, leave and supervision: their forms, a leave in the unit that leads a file, and a session there."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

WHO = "coordinator"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/workforce/caseload/": (WHO, {"worker": b"1", "dossiers": b"x"}, ""),
    "/workforce/leave/new/": (
        WHO,
        {
            "once": b"00000000-0000-4000-8000-000000000061",
            "worker": b"1",
            "substitute": b"1",
            "first_on": b"10.12.2026",
            "last_on": b"20.12.2026",
        },
        "",
    ),
    "/workforce/leave/{leave}/": (WHO, {"x": b"x"}, ""),
    "/workforce/leave/{leave}/of/{dossier}/": (WHO, {"seen": b"0", "due": b"x"}, "fears never stays"),
    "/workforce/supervision/new/": (
        WHO,
        {
            "once": b"00000000-0000-4000-8000-000000000062",
            "other": b"1",
            "role": b"worker",
            "day": b"10.12.2026",
            "clock": b"10:00",
        },
        "",
    ),
    "/workforce/supervision/{session}/": (
        WHO,
        {"once": b"00000000-0000-4000-8000-000000000063", "words": b"x"},
        "",
    ),
    "/workforce/supervision/{session}/settle/": (WHO, {"state": b"kept"}, ""),
    "/workforce/supervision/{session}/move/": (WHO, {"day": b"10.12.2026", "clock": b"10:00"}, ""),
}
ASKED = (
    *((WHO, "/workforce/caseload/", name) for name in ("worker", "unit", "after")),
    *((WHO, "/workforce/leave/", name) for name in ("shown", "after")),
    *((WHO, "/workforce/supervision/", name) for name in ("shown", "after")),
)


def leave(world: World) -> None:
    """Put down a leave in the unit that leads the first file, and a session of its coordinator."""
    put_down(
        world,
        "workforce_leave",
        "unit_id, worker_id, substitute_id, first_on, last_on, state, made_at, made_by_id",
        "d.lead_unit_id, (SELECT max(id) FROM access_user), (SELECT min(id) FROM access_user), '2026-12-10'::date,"
        " '2026-12-20'::date, 'planned', now(), (SELECT min(id) FROM access_user)"
        " FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "workforce_supervision",
        "unit_id, worker_id, supervisor_id, starts_at, state, made_at, made_by_id",
        f"p.unit_id, p.holder_id, {world.house.seats['guardianship'].account.user_id}, now() + interval '9 days',"
        f" 'planned', now(), p.holder_id FROM access_post p WHERE p.id = {world.house.seats[WHO].post_id}",
    )
