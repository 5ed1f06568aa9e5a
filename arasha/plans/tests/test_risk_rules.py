"""What the rules of risk suggest, when a risk is judged again, and what a typo in the rules is told."""

from datetime import date
from importlib import resources
from pathlib import Path

import pytest
import yaml

from arasha.cases import rules
from arasha.kernel.worktime.rules import Calendar


@pytest.mark.parametrize(
    ("today", "level", "day"),
    [
        (date(2026, 11, 23), "very_high", date(2026, 11, 24)),
        (date(2026, 11, 20), "very_high", date(2026, 11, 21)),  # a Saturday: an urgent look does not wait for Monday
        (date(2026, 11, 21), "high", date(2026, 11, 27)),  # a Saturday leads to the Friday before it
        (date(2026, 12, 9), "high", date(2026, 12, 15)),  # the day of the Republic's independence, a holiday
        (date(2026, 11, 23), "medium", date(2026, 12, 23)),
    ],
)
def test_a_review_never_falls_on_a_day_off_where_it_could_be_sooner(today: date, level: str, day: date) -> None:
    assert rules.review_on(level, today, Calendar()) == day


def test_the_procedure_gives_the_times_that_the_levels_say() -> None:
    text = (resources.files("arasha.protocols") / "data" / "risk_response.yaml").read_text(encoding="utf-8")
    steps = {step["step"]: step["limit"] for step in yaml.safe_load(text)["steps"]}
    said = {row.code: row.more for row in rules.RISKS if row.more["respond_amount"]}
    assert steps == {
        f"respond_{code}": {"amount": int(more["respond_amount"]), "unit": more["respond_unit"]}
        for code, more in said.items()
    }


def facts(**given: str) -> dict[str, frozenset[str]]:
    return {fact: frozenset(values.split()) for fact, values in given.items()}


@pytest.mark.parametrize(
    ("given", "level"),
    [
        ({}, ""),
        ({"reason": "safe_adult suspect_gone"}, ""),  # what lowers says nothing by itself
        ({"safety": "unsafe"}, "very_high"),
        ({"safety": "unsafe", "reason": "safe_adult suspect_gone help_works"}, "very_high"),
        ({"concern": "sexual"}, "high"),
        ({"concern": "physical"}, "medium"),
        ({"concern": "physical", "reason": "safe_adult"}, "low"),
        ({"concern": "physical", "age": "under_3 under_7"}, "high"),
        ({"concern": "physical", "age": "under_7"}, "medium"),
        ({"concern": "bullying"}, "low"),
        ({"concern": "physical neglect", "reason": "suspect_has_access nobody_protects"}, "very_high"),
        ({"concern": "sexual physical", "reason": "suspect_has_access nobody_protects"}, "very_high"),
        ({"reason": "threat_to_life"}, "very_high"),
        ({"concern": "weather"}, ""),
    ],
)
def test_what_the_rules_suggest(given: dict[str, str], level: str) -> None:
    assert rules.suggest(facts(**given), date(2026, 11, 23)).level == level


def test_before_a_rule_is_valid_it_suggests_nothing() -> None:
    assert rules.suggest(facts(safety="unsafe"), date(2026, 10, 31)).level == ""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("safety=unsafe", "safty=unsafe", "there is no fact 'safty'"),
        ("safety=unsafe", "safety=unsave", "safety is never 'unsave'"),
        ("safety=unsafe", "", "hold for every child"),
        ("very_high,0,1", "highest,0,1", "highest"),
        ("very_high,0,1", "very_high,many,1", "many"),
        ("2026-11-01,,field", "2026-11-31,,field", "day is out of range"),
        ("2026-11-01,,field", "2026-11-01,2026-11-01,field", "valid_to must lie after"),
        ("unsafe_now", "", "a language is missing"),
    ],
)
def test_a_typo_in_the_rules_is_refused_with_file_line_and_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = (Path(rules.__file__).parents[1] / "data" / "risk_rules.csv").read_text(encoding="utf-8")
    head, first = text.splitlines()[:2]
    (tmp_path / "risk_rules.csv").write_text(f"{head}\n{first.replace(old, new, 1)}\n", encoding="utf-8")
    with pytest.raises(rules.FaultyRiskRules) as wrong:
        rules.read_risk_rules(tmp_path / "risk_rules.csv")
    assert "risk_rules.csv, line 2" in str(wrong.value)
    assert reason in str(wrong.value)
