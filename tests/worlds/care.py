"""A joint visit and a removal in a world, in a file that is no outsider's, and their forms."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/files/{dossier}/entry/": ("coordinator", {"urgency": b"today", "words": b"x"}, "once"),
    "/files/{dossier}/removal/": (
        "inspector",
        {"day": b"01.02.2026", "clock": b"10:00"},
        "ground ground_words decided decided_words child child_words kin kin_words siblings siblings_words place"
        " place_words belongings belongings_words family family_words",
    ),
    "/files/{dossier}/removal/end/": ("inspector", {"how": b"placed"}, "words"),
    "/visits/{visit}/": (
        "inspector",
        {"day": b"01.02.2026", "clock": b"10:00", "door": b"let_in", "seen": b"not_seen", "home": b"fit"},
        "facts opinion once",
    ),
}
ASKED = tuple(("coordinator", address, "shown") for address in ("/removals/", "/removals/export.csv"))
ASKED = (*ASKED, ("coordinator", "/removals/", "after"))


def ask(world: World) -> None:
    """Put down a visit that the unit which leads a file asked for."""
    put_down(
        world,
        "care_visit",
        "dossier_id, urgency, unit_id, asked_at, sealed",
        "d.id, 'today', d.lead_unit_id, now(), '\\x00' FROM access_dossier d"
        " WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
