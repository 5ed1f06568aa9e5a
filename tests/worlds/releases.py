"""Requests for what files hold: their forms and addresses, and one request about a file that is no outsider's."""

from uuid import UUID

from django.db import transaction

from arasha.kernel.vault.actions import seal_text
from arasha.kernel.vault.rules import Scope
from tests.worlds.house import World
from tests.worlds.planting import put_down

WHO = "coordinator"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/requests/new/": (
        WHO,
        {
            "once": b"00000000-0000-4000-8000-000000000021",
            "applicant": b"other",
            "asker": b"x",
            "checked": b"document",
            "way": b"letter",
            "child": b"x",
            "wants": b"x",
            "basis": b"none",
        },
        "incoming letter_on wanted_on",
    ),
    "/requests/{filerequest}/match/": (WHO, {"number": b"x"}, "person doubt chosen"),
    "/requests/{filerequest}/end/": (WHO, {"what": b"nothing"}, ""),
    "/requests/{filerequest}/propose/": (WHO, {"parts": b"x", "consent": b"yes"}, "refusal withheld ground"),
    "/requests/{filerequest}/decide/": (WHO, {"agree": b"no"}, ""),
    "/requests/{filerequest}/hand-over/": (WHO, {"how": b"x", "proof": b"x"}, "receiver"),
    "/released/{filerequest}/paper/": (WHO, {"x": b"x"}, ""),
}
ASKED = (
    *((WHO, "/requests/", name) for name in ("state", "applicant", "after")),
    (WHO, "/requests/year/", "of"),
)


def ask(world: World) -> None:
    """Put down a request that was matched to a file of the unit that leads it."""
    led = " FROM access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1"
    user = "(SELECT min(id) FROM access_user)"
    put_down(
        world,
        "releases_filerequest",
        "unit_id, from_unit_id, user_id, applicant, way, checked, basis, asked_at, due_on, state, sealed",
        f"d.lead_unit_id, d.lead_unit_id, {user}, 'other', 'letter', 'document', 'none', now(), current_date, 'taken',"
        f" '\\x00'{led}",
    )
    put_down(
        world,
        "releases_release",
        "request_id, dossier_id, doubt, state, matched_at, give, parts, consent, refusal, withheld, ground, handed_how",
        "r.id, d.id, false, 'matched', now(), false, '', '', '', '', '', ''"
        " FROM releases_filerequest r, access_dossier d WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1",
    )
    ((row,),) = world.rows("SELECT id::text FROM releases_filerequest")
    scope = Scope(kind="person", key=UUID(row), facet="documents")
    with transaction.atomic():
        sealed = seal_text("{}", scope=scope, table="releases_filerequest", column="sealed", row=row)
    world.rows("UPDATE releases_filerequest SET sealed = %s", sealed)
