"""What others may ask about plans: the panel of a file, and the pages' own readings."""

from arasha.plans.policy import visible_to
from arasha.plans.queries.eligibility import (
    Stated,
    Told,
    WeighedRule,
    decision_place,
    decisions_of,
    facts_of,
    stated_of,
    weighed_rule,
    weighed_rules,
)
from arasha.plans.queries.panel import Panel, link, panel_of
from arasha.plans.queries.risk import answers_owed
from arasha.plans.queries.safety_plan import (
    Version,
    item_place,
    known_names,
    newest_number,
    newest_plan,
    plan_version,
    plan_versions,
)

__all__ = [
    "Panel",
    "Stated",
    "Told",
    "Version",
    "WeighedRule",
    "answers_owed",
    "decision_place",
    "decisions_of",
    "facts_of",
    "item_place",
    "known_names",
    "link",
    "newest_number",
    "newest_plan",
    "panel_of",
    "plan_version",
    "plan_versions",
    "stated_of",
    "visible_to",
    "weighed_rule",
    "weighed_rules",
]
