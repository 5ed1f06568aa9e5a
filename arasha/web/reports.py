"""What a made-up reporter of the story says: a room of `web` alone, beside `story`."""

from arasha.signals.actions import Report
from arasha.web.stage import Stage

CONCERNS = ["physical"] * 5 + ["neglect"] * 5 + ["psychological"] * 3 + ["witnessing"] * 2
CONCERNS += ["bullying"] * 2 + ["sexual", "self_harm"]


def report_of(stage: Stage, door: str, place: str) -> Report:
    """Return what somebody of a clinic or school says of a child."""
    concern = stage.chance.choice(CONCERNS)
    girl, age = stage.chance.random() < 0.52, stage.chance.choice([*range(18), *range(7, 17)])
    first = stage.chance.choice(stage.plan["girls" if girl else "boys"])
    surname = stage.chance.choice(stage.plan["surnames"])
    named = stage.chance.random()
    called = "" if named < 0.2 else first if named < 0.5 else f"{first} {surname if girl else surname[:-1]}"
    danger = concern in {"sexual", "self_harm"} or stage.chance.random() < 0.15
    through = door == "health" and stage.chance.random() < 0.4
    return Report(
        door=door,
        territory=place,
        concerns=[concern, *(["psychological"] if concern == "physical" and stage.chance.random() < 0.3 else [])],
        safe_now="no" if danger else stage.chance.choice(["yes", "unknown", "unknown"]),
        suspect_has_access="yes" if danger else stage.chance.choice(["no", "unknown"]),
        child_called=called,
        child_age=None if stage.chance.random() < 0.08 else age,
        child_sex="girl" if girl else "boy",
        narrative=stage.chance.choice(stage.plan["narratives"][concern]),
        whereabouts=stage.chance.choice(stage.plan["whereabouts"]),
        school=stage.serving.get(("education_school", place)) if age > 5 and stage.chance.random() < 0.7 else None,
        clinic=stage.serving.get(("health_care", place)) if stage.chance.random() < 0.5 else None,
        way="through_head" if through else "direct",
    )
