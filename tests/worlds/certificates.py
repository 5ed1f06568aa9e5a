"""A certificate in a world: one whose withdrawal waits, and the forms by which certificates go on."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

ISSUED = {
    "once": b"00000000-0000-4000-8000-000000000001",
    "programme": b"parenting",
    "entry": b"17/2026",
    "completed_on": b"01.02.2026",
}
FORMS = {
    "/certificates/issue/": ("guardianship", ISSUED, "valid_until"),
    "/certificates/{certificate}/print/": (
        "guardianship",
        {"number": b"0000-0000-0000-0000", "holder": b"x", "language": b"kk"},
        "",
    ),
    "/certificates/{certificate}/withdraw/": ("guardianship", {"reason": b"lost"}, ""),
    "/certificates/{certificate}/decide/": ("guardianship", {"verdict": b"withdraw"}, ""),
    "/certificates/waiting/{certificate}/": ("coordinator", {"verdict": b"withdraw"}, ""),
}
ASKED = (
    *(("guardianship", "/certificates/", name) for name in ("entry", "programme", "state", "after")),
    ("guardianship", "/certificates/export.csv", "entry"),
    ("coordinator", "/certificates/waiting/", "after"),
)


def issue(world: World, *, waits: bool = True) -> None:
    """Put down a certificate of the guardianship body of the district, and that somebody else asked to withdraw it.

    Where no withdrawal waits, coordination of the territory knows nothing of it.
    """
    post = int(world.house.seats["guardianship"].post_id)
    put_down(
        world,
        "prevention_certificate",
        "fingerprint, programme, entry, body_id, unit_id, completed_on, issued_at",
        "'\\x00'::bytea, 'parenting', '1', u.body_id, u.id, '2026-01-01'::date, now()"
        f" FROM access_post p JOIN access_unit u ON u.id = p.unit_id WHERE p.id = {post}",
    )
    if not waits:
        return
    put_down(
        world,
        "prevention_withdrawal",
        "certificate_id, reason, asked_by_id, asked_at, verdict",
        "id, 'lost', (SELECT min(id) FROM access_user), now(), '' FROM prevention_certificate",
    )
