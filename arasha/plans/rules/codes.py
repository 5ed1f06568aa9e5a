"""The codes of plans: lists as reviewed text."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
FACTS = CodeList(DATA / "eligibility_facts.csv")
OVERRULES = CodeList(DATA / "eligibility_reasons.csv")
DECIDERS = CodeList(DATA / "eligibility_deciders.csv")
KINDS = CodeList(DATA / "safety_plan_kinds.csv")
CARRYING = CodeList(DATA / "safety_plan_carrying.csv")
KEEPING = CodeList(DATA / "safety_plan_keeping.csv")
AGREEING = CodeList(DATA / "safety_plan_agreeing.csv")
NOT_AGREED = CodeList(DATA / "safety_plan_not_agreed.csv")
NUMBERS = CodeList(DATA / "help_numbers.csv")
SUICIDE = CodeList(DATA / "suicide_levels.csv")
