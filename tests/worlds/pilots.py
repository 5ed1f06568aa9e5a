"""A pilot in a world, which the whole staff reads, and the forms by which it goes on."""

from tests.worlds.house import World
from tests.worlds.planting import put_down

STEP = {"once": b"00000000-0000-4000-8000-000000000011", "after": b"1", "document": b"x", "said": b"x"}
DESCRIBED = {
    "title_kk": b"x",
    "aim_kk": b"x",
    "territories": b"615400000",
    "unit": b"1",
    "serves": b"x",
    "money": b"x",
    "first_day": b"01.02.2026",
}
FURTHER = "title_ru title_en aim_ru aim_en children amount"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/pilots/add/": (
        "coordinator",
        DESCRIBED
        | {
            "once": b"00000000-0000-4000-8000-000000000010",
            "after": b"0",
            "until": b"01.02.2027",
            "document": b"x",
        },
        FURTHER,
    ),
    "/pilots/{pilot}/change/": ("coordinator", STEP | DESCRIBED, FURTHER),
    "/pilots/{pilot}/services/": ("coordinator", STEP, "offerings"),
    "/pilots/{pilot}/evaluate/": ("coordinator", STEP | {"on": b"01.02.2026", "evaluator": b"x"}, ""),
    "/pilots/{pilot}/extend/": ("coordinator", STEP | {"on": b"01.02.2026", "until": b"01.02.2028"}, ""),
    "/pilots/{pilot}/decide/": (
        "coordinator",
        STEP | {"on": b"01.02.2026", "decision": b"stop", "afterwards": b"x"},
        "",
    ),
    "/pilots/{pilot}/correct/": (
        "coordinator",
        STEP | {"corrects": b"00000000-0000-4000-8000-000000000012"},
        "until",
    ),
}
ASKED = (
    *(("doctor", "/pilots/", name) for name in ("area", "state", "unit", "words", "after")),
    *(("doctor", "/pilots/export.csv", name) for name in ("area", "words")),
    ("doctor", "/pilots/export.xlsx", "words"),
)


def run(world: World) -> None:
    """Put down a pilot of the district with the step that entered it."""
    who = "(SELECT min(id) FROM access_unit), (SELECT min(id) FROM access_user), now()"
    put_down(world, "governance_pilot", "unit_id, entered_by_id, entered_at", who)
    put_down(
        world,
        "governance_step",
        'pilot_id, number, kind, "on", evaluator, said, document, until, decision, afterwards, unit_id, entered_by_id,'
        " entered_at",
        "id, 1, 'entered', '2026-01-01'::date, '', '', 'x', '2027-01-01'::date, '', '', unit_id, entered_by_id, now()"
        " FROM governance_pilot",
    )
    put_down(
        world,
        "governance_description",
        "pilot_id, step_id, title_kk, title_ru, title_en, aim_kk, aim_ru, aim_en, territories, unit_id, money,"
        " first_day, serves, offerings",
        "pilot_id, id, 'x', '', '', 'x', '', '', '{615400000}', unit_id, 'x', '2026-01-01'::date, 'x', '{}'"
        " FROM governance_step",
    )
