"""Case conferences: their forms and addresses, and one sitting about a file that is no outsider's."""

from uuid import UUID

from django.db import transaction

from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from tests.worlds.house import World
from tests.worlds.planting import put_down

WHO = "coordinator"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/conferences/new/": (
        WHO,
        {
            "once": b"00000000-0000-4000-8000-000000000005",
            "kind": b"team",
            "day": b"10.12.2026",
            "clock": b"15:00",
            "place": b"x",
        },
        "link urgent",
    ),
    "/conferences/secretary/": (WHO, {"post": b"1"}, ""),
    "/conferences/of/{dossier}/ask/": (
        WHO,
        {"once": b"00000000-0000-4000-8000-000000000006", "unit": b"1"},
        "urgent words",
    ),
    "/conferences/{sitting}/put-on/": (WHO, {"number": b"x"}, "dossier reason urgent"),
    "/conferences/{sitting}/leave-out/": (WHO, {"dossier": b"x", "reason": b"settled"}, ""),
    "/conferences/{sitting}/end/": (WHO, {"what": b"nothing"}, ""),
    "/conferences/items/{item}/attendance/": (WHO, {"standing_1": b"present"}, "reason_1"),
    "/conferences/items/{item}/voice/": (
        WHO,
        {"seen": b"0", "how": b"asked", "hears": b"all", "words": b"x"},
        "reason said_on hearer",
    ),
    "/conferences/items/{item}/decide/": (
        WHO,
        {"once": b"00000000-0000-4000-8000-000000000007", "text": b"x", "unit": b"1", "by_when": b"10.12.2026"},
        "",
    ),
    "/conferences/items/{item}/put-off/": (WHO, {"reason": b"no_time"}, ""),
    "/conferences/items/{item}/urgent/": (WHO, {"x": b"x"}, ""),
    "/conferences/items/{item}/confirm/": (
        WHO,
        {"decision": b"00000000-0000-4000-8000-000000000008", "verdict": b"confirmed"},
        "",
    ),
    "/conferences/items/{item}/differ/": (
        WHO,
        {"decision": b"00000000-0000-4000-8000-000000000008", "words": b"x"},
        "",
    ),
    "/conferences/items/{item}/minutes/": (WHO, {"seen": b"0", "agreed": b"on"}, "words reason"),
    "/conferences/minutes/{minutes}/print/": (WHO, {"x": b"x"}, ""),
}
ASKED = tuple((WHO, "/conferences/", name) for name in ("shown", "kind", "after"))


def meet(world: World) -> None:
    """Put down a sitting of the unit that leads a file, with an item of it and minutes."""
    led = " FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1"
    user = "(SELECT min(id) FROM access_user)"
    put_down(
        world,
        "conferences_sitting",
        "unit_id, number, kind, at, place, link, urgent, state, made_at, user_id",
        f"d.lead_unit_id, 1, 'team', now() + interval '1 day', 'x', '', false, 'planned', now(), {user}{led}",
    )
    put_down(
        world,
        "conferences_item",
        "sitting_id, dossier_id, unit_id, place, reason, urgent, state, left_out, without_quorum, put_at, user_id",
        f"s.id, d.id, d.lead_unit_id, 1, 'other', false, 'on', '', false, now(), {user}"
        " FROM conferences_sitting s, access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
    put_down(
        world,
        "conferences_minutes",
        "item_id, dossier_id, number, chair_id, unit_id, signed_at, reason, sealed",
        f"i.id, i.dossier_id, 1, {user}, i.unit_id, now(), '', '\\x00' FROM conferences_item i",
    )
    _seal(world)


def _seal(world: World) -> None:
    """Put words into the minutes that whoever may read them can open."""
    ((row, dossier),) = world.rows("SELECT id::text, dossier_id::text FROM conferences_minutes")
    scope = Scope(kind="dossier", key=UUID(dossier), facet="obligations")
    with transaction.atomic():
        sealed = seal_text("{}", scope=scope, table="conferences_minutes", column="sealed", row=row)
    world.rows("UPDATE conferences_minutes SET sealed = %s", sealed)
