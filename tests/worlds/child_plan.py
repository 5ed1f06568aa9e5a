"""A child's plan: its forms and addresses, and one draft that is no outsider's."""

from tests.worlds.house import World

DRAFT = "/plans/plan/{plan}/"
FORMS: dict[str, tuple[str, dict[str, bytes], str]] = {
    "/plans/{dossier}/plan/begin/": ("coordinator", {"person": b""}, ""),
    f"{DRAFT}goals/new/": (
        "coordinator",
        {"words": b"x", "voice": b"child", "need": b"safety"},
        "row seen do",
    ),
    f"{DRAFT}goals/{{goal}}/actions/new/": (
        "coordinator",
        {"words": b"x", "owner": b"child", "due_on": b"2026-12-04"},
        "row seen service at_once do",
    ),
    f"{DRAFT}agree/": (
        "coordinator",
        {"child_way": b"way:said", "child_words": b"x", "adult_way": b"not:urgent", "review_on": b"2026-12-04"},
        "seen silent",
    ),
}
TABLES = ("plans_childplan", "plans_plangoal", "plans_planaction")


def plan(world: World) -> None:
    """Put down a draft with a goal and an action, in a file that is no outsider's."""
    for table in TABLES:
        world.rows(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    world.rows(
        "INSERT INTO plans_childplan (id, dossier_id, number, state, edits, begun_at, end_reason, unit_id)"
        " SELECT gen_random_uuid(), d.id, 1, 'draft', 2, now(), '', d.lead_unit_id FROM access_dossier d"
        " WHERE d.lead_unit_id IS NOT NULL ORDER BY d.id LIMIT 1"
    )
    world.rows(
        "INSERT INTO plans_plangoal (id, plan_id, dossier_id, root, position, need, voice, revision, dropped, sealed)"
        " SELECT n.id, p.id, p.dossier_id, n.id, 1, 'safety', 'child', 1, false, ''"
        " FROM plans_childplan p, (SELECT gen_random_uuid() AS id) n"
    )
    world.rows(
        "INSERT INTO plans_planaction (id, plan_id, goal_id, dossier_id, root, position, owner, service, at_once,"
        " state, revision, dropped, sealed)"
        " SELECT n.id, g.plan_id, g.id, g.dossier_id, n.id, 1, 'child', '', false, 'open', 1, false, ''"
        " FROM plans_plangoal g, (SELECT gen_random_uuid() AS id) n"
    )
