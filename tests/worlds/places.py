"""Room at services and children's places at them: their forms and addresses, and one place that is no outsider's."""

from tests.worlds.house import World

FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/services/room/{offering}/": ("coordinator", {"places": b"5"}, "free usually once seen"),
    "/plans/places/{place}/": (
        "coordinator",
        {"step": b"refuse", "reason": b"no_room", "said_by": b"telephone", "seen": b"1"},
        "words once on done result urgency why",
    ),
    "/plans/{dossier}/places/ask/": ("coordinator", {"urgency": b"ordinary"}, "offering after why words once bring_in"),
    "/plans/handing-over/": ("coordinator", {"offering": b"x"}, "place"),
}
ASKED = (
    ("coordinator", "/plans/unmet/", "place"),
    ("coordinator", "/plans/unmet/", "months"),
)


def wait(world: World) -> None:
    """Put down a child's place at a service, in a file that is no outsider's."""
    world.rows("ALTER TABLE plans_serviceplace DISABLE TRIGGER ALL")
    world.rows(
        "INSERT INTO plans_serviceplace (id, root_id, dossier_id, offering_id, service, state, steps, urgency, why,"
        " waits_since, due_at, asked_at, unit_id)"
        " SELECT n.id, n.id, d.id, o.id, 'legal_aid', 'waiting', 1, 'today', 'not_safe', now(), now(), now(),"
        " d.lead_unit_id FROM (SELECT gen_random_uuid() AS id) n, access_dossier d, services_offering o"
        " WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1"
    )
