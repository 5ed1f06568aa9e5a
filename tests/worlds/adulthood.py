"""A child's own application: its forms and addresses, and one in a file that is no outsider's."""

from uuid import UUID

from django.db import transaction

from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from tests.worlds.house import World
from tests.worlds.planting import put_down

WHO = "coordinator"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/adulthood/of/{dossier}/new/": (
        WHO,
        {"once": b"00000000-0000-4000-8000-000000000059", "kind": b"other", "words": b"x"},
        "keep_from letters",
    ),
    "/adulthood/{dossier}/record/mentor/": (
        WHO,
        {"seen": b"0", "state": b"done", "who": b"x", "agreed": b"on"},
        "words",
    ),
    "/adulthood/{application}/move/": (WHO, {"seen": b"x"}, ""),
    "/adulthood/{application}/grant/": (WHO, {"x": b"x"}, ""),
    "/adulthood/{application}/dismiss/": (
        WHO,
        {"body": b"x", "name": b"x", "position": b"x", "ground": b"age", "law": b"x", "words": b"x"},
        "",
    ),
    "/adulthood/{application}/withdraw/": (WHO, {"pressure": b"yes", "words": b"x"}, "alone"),
}
ASKED = tuple((WHO, "/adulthood/", name) for name in ("shown", "after"))


def apply(world: World) -> None:
    """Put down an application in a file that is led, with words that whoever may read them can open."""
    put_down(
        world,
        "adulthood_application",
        "dossier_id, kind, stage, since, state, filed_at, unit_id, user_id, sealed",
        "d.id, 'other', 'preparation', now()::date, 'open', now(), d.lead_unit_id, (SELECT min(id) FROM access_user),"
        " '\\x00' FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
    ((row, dossier),) = world.rows("SELECT id::text, dossier_id::text FROM adulthood_application")
    scope = Scope(kind="dossier", key=UUID(dossier), facet="obligations")
    text = '{"words": "x", "keep_from": "", "letters": ""}'
    with transaction.atomic():
        sealed = seal_text(text, scope=scope, table="adulthood_application", column="sealed", row=row)
    world.rows("UPDATE adulthood_application SET sealed = %s", sealed)
