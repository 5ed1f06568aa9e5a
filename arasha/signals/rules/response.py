"""Whether a report goes the way of family support: punishment without danger, and only when a lawyer agreed."""

from collections.abc import Collection

from arasha.signals.rules.codes import DATA
from arasha.signals.rules.report import Report
from arasha.ui.rules import Code, CodeList

RESPONSE_RULES = CodeList(DATA / "response_rules.csv")
PUNISHMENT = RESPONSE_RULES["physical_punishment"]
ORDINARY, SUPPORT = "ordinary", "family_support"
ASKED_AND_NONE = ("none",)
# What a report may say of who is suspected: not a worker of an institution, and not another child.
OF_THE_FAMILY = ("", "adult")
# What a second reader says of it, and what the clock found.
PASSED, WAITING, CONFIRMED, RETURNED = "passed", "waiting", "confirmed", "returned"


def response_of(report: Report, *, reporter: str, urgency: str, rule: Code = PUNISHMENT) -> str:
    """Return `family_support` for a report below the threshold, else `ordinary`.

    The threshold counts for nothing until `verified_by` names who approved it. Not knowing never counts as safe: the
    age must be known, the child safe, and the signs of danger asked for and none found. Whether it happened before is
    not asked here: who reports must not learn whether a child is known; the clock looks, within minutes.
    """
    without_danger = (
        set(report.concerns) == set(rule.more["concerns"].split())
        and not report.injuries
        and tuple(report.dangers) == ASKED_AND_NONE
        and report.safe_now == "yes"
        and report.child_age is not None
        and report.child_age >= int(rule.more["age_from"])
        and not report.suspect_works
        and not report.happened_in
        and report.suspect in OF_THE_FAMILY
        and urgency != "tonight"
    )
    unhindered = report.statement != "refused" and not report.pressure
    may = bool(rule.more["verified_by"]) and reporter not in rule.more["law_requires"].split()
    return SUPPORT if may and without_danger and unhindered else ORDINARY


def concern_codes(concerns: Collection[str], response: str) -> list[str]:
    """Return the concerns as procedures ask for them: supported families are not what violence sets off."""
    return [*concerns] if response == SUPPORT else [*concerns, "suspected_violence"]
