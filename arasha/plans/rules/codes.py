"""The codes of plans: lists as reviewed text."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
FACTS = CodeList(DATA / "eligibility_facts.csv")
CRUEL_KINDS = CodeList(DATA / "cruel_kinds.csv")
OVERRULES = CodeList(DATA / "eligibility_reasons.csv")
DECIDERS = CodeList(DATA / "eligibility_deciders.csv")
KINDS = CodeList(DATA / "safety_plan_kinds.csv")
CARRYING = CodeList(DATA / "safety_plan_carrying.csv")
KEEPING = CodeList(DATA / "safety_plan_keeping.csv")
AGREEING = CodeList(DATA / "safety_plan_agreeing.csv")
NOT_AGREED = CodeList(DATA / "safety_plan_not_agreed.csv")
NUMBERS = CodeList(DATA / "help_numbers.csv")
SUICIDE = CodeList(DATA / "suicide_levels.csv")
# Facts that a person may write down: those that no form says, and those of a form that there is not, or not for them.
BY_HAND = frozenset(row.code for row in FACTS if row.more["source"] != "file" and row.more["kind"] != "codes")
