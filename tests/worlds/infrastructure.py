"""What was promised in a world: one commitment, which the whole staff reads, and the forms by which it goes on."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/infrastructure/commitments/add/": (
        "coordinator",
        {
            "once": b"00000000-0000-4000-8000-000000000002",
            "kind": b"school",
            "what": b"x",
            "territory": b"615400000",
            "count": b"1",
            "promised_by": b"x",
            "document": b"x",
            "promised_on": b"01.02.2026",
            "due_on": b"01.02.2027",
        },
        "programme places",
    ),
    "/infrastructure/commitments/{commitment}/step/": (
        "coordinator",
        {
            "once": b"00000000-0000-4000-8000-000000000003",
            "kind": b"opened",
            "on": b"01.02.2026",
            "count": b"1",
            "source": b"x",
        },
        "corrects due_on reason",
    ),
    "/infrastructure/needs/add/": (
        "coordinator",
        {
            "once": b"00000000-0000-4000-8000-000000000004",
            "kind": b"school",
            "territory": b"615400000",
            "count": b"1",
            "counted_by": b"x",
            "counted_on": b"01.02.2026",
            "source": b"x",
        },
        "",
    ),
}
ASKED = (
    *(("doctor", "/infrastructure/", name) for name in ("area", "kind")),
    *(
        ("doctor", "/infrastructure/commitments/", name)
        for name in ("area", "kind", "programme", "shown", "own", "after")
    ),
    *(("doctor", "/infrastructure/needs/", name) for name in ("area", "kind", "after")),
    ("doctor", "/infrastructure/commitments/export.csv", "area"),
    ("doctor", "/infrastructure/commitments/export.xlsx", "area"),
)


def promise(world: World) -> None:
    """Put down a commitment of the district with its promise."""
    put_down(
        world,
        "coverage_commitment",
        "programme, kind, what, territory_id, promised_by, document, entered_by_id, entered_at",
        "'', 'school', 'x', '615400000', 'x', 'x', (SELECT min(id) FROM access_user), now()",
    )
    put_down(
        world,
        "coverage_step",
        'commitment_id, kind, "on", count, due_on, reason, source, entered_by_id, entered_at',
        "id, 'promised', '2026-01-01'::date, 1, '2027-01-01'::date, '', 'x', entered_by_id, now()"
        " FROM coverage_commitment",
    )
