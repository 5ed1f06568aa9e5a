"""A joint visit and a removal in a world, in a file that is no outsider's, and their forms."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

PLAN = {"day": b"01.02.2026", "clock": b"10:00", "posts": b"1", "dangers": b"dog"}
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/files/{dossier}/entry/": ("coordinator", {"urgency": b"today", "words": b"x"}, "once"),
    "/files/{dossier}/removal/": (
        "inspector",
        {"day": b"01.02.2026", "clock": b"10:00"},
        "ground ground_words decided decided_words child child_words kin kin_words siblings siblings_words place"
        " place_words belongings belongings_words family family_words",
    ),
    "/files/{dossier}/removal/end/": ("inspector", {"how": b"placed"}, "words"),
    "/files/{dossier}/entry/plan/": ("coordinator", PLAN | {"words": b"x"}, "once safety meeting must_not_know seen"),
    "/files/{dossier}/removal/people/": ("inspector", {}, ""),
    "/files/{dossier}/safe-word/": ("coordinator", {"word": b"x"}, "once"),
    "/visits/": ("doctor", {"place": b"home", "minutes": b"60"}, "once"),
    "/visits/{visit}/plan/": ("coordinator", PLAN, "once safety meeting must_not_know seen reason"),
    "/visits/{visit}/cancel/": ("coordinator", {"reason": b"unsafe"}, "seen"),
    "/visits/{visit}/": (
        "inspector",
        {"day": b"01.02.2026", "clock": b"10:00", "door": b"let_in", "seen": b"not_seen", "home": b"fit"},
        "facts opinion alone word once",
    ),
}
ASKED = tuple(("coordinator", address, "shown") for address in ("/removals/", "/removals/export.csv"))
ASKED = (*ASKED, ("coordinator", "/removals/", "after"))
ASKED = (*ASKED, *(("coordinator", "/visits/out/", name) for name in ("shown", "after")))


def ask(world: World) -> None:
    """Put down a visit that the unit which leads a file asked for, and somebody who is out alone."""
    put_down(
        world,
        "care_visit",
        "dossier_id, urgency, unit_id, asked_at, sealed",
        "d.id, 'today', d.lead_unit_id, now(), '\\x00' FROM access_dossier d"
        " WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "care_outing",
        "user_id, unit_id, place, started_at, expected_at, longer, ended_how",
        "(SELECT max(id) FROM access_user), d.lead_unit_id, 'home', now(), now() + interval '1 hour', false, ''"
        " FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
