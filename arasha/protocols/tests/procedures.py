"""Procedures' texts for tests: the shipped ones, and a made-up one that uses every form a step may have."""

import tempfile
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from arasha.kernel.access.rules import Actor
from arasha.protocols.actions import load_reference
from arasha.protocols.rules import Protocol, read
from tests.database import as_owner

DATA = resources.files("arasha.protocols") / "data"


def shipped(name: str) -> str:
    """Return the text of a shipped procedure."""
    return (DATA / name).read_text(encoding="utf-8")


def words(text: str) -> str:
    """Return the three languages of a made-up text, as YAML in one line."""
    return f'{{kk: "{text} (kk)", ru: "{text} (ru)", en: "{text}"}}'


def step(key: str, function: str, **more: Any) -> str:
    """Return one step as YAML; `more` are whole lines by name."""
    lines = {
        "owed_by": f"{{function: {function}, territory: of_the_child}}",
        "what": words(f"thing of {key}"),
        "act": words(f"Do {key}"),
        "limit": "{amount: 24, unit: clock_hours}",
        "evidence": words(f"proof of {key}"),
        "basis": f"[{{act: sop-health-2020, point: {words('point')}}}]",
        "blocks": "[]",
    } | more
    return "\n    ".join([f"  - step: {key}", *(f"{name}: {value}" for name, value in lines.items() if value)])


def procedure(*steps: str, code: str = "made_up", number: int = 1, when: str = "{}", **more: str) -> str:
    """Return a whole procedure as YAML."""
    lines = {
        "protocol": code,
        "version": number,
        "valid_from": "2026-03-02",
        "verified_by": '""',
        "source": "made up for a test",
        "title": words("A made-up procedure"),
        "trigger": f"{{event: report_signal, when: {when}}}",
        "ladder": "[{rung: 1, to: {supervisor: of_the_obliged_unit}, after: at_once}]",
        "substitutes": "[]",
    } | more
    return "\n".join([*(f"{name}: {value}" for name, value in lines.items()), "steps:", *steps, ""])


OUTCOMES = f"[{{outcome: confirmed, words: {words('confirmed')}}}, {{outcome: unclear, words: {words('unclear')}}}]"
MET_CONFIRMED = "{event: meet_obligation, when: {step: [look_by_head, look_again], outcome: [confirmed]}}"
MET_UNCLEAR = "{event: meet_obligation, when: {step: [look_by_head, look_again], outcome: [unclear]}}"
MADE_UP = procedure(
    step(
        "look_by_head",
        "health_care",
        owed_by="{body: reporting_body, function: health_care}",
        when="{way: [through_head]}",
        counts_from="identified",
        outcomes=OUTCOMES,
        limit="{amount: 1, unit: clock_hours}",
    ),
    step("look_arranged", "coordination_district", unless="{way: [through_head]}"),
    step("tell_school", "education_school", owed_by="{body: school_of_the_child, function: education_school}",
         when="{school: [known]}", notice="true",
         ladder="[{rung: 1, to: {function: coordination_district, territory: of_the_child}, after: at_once}]"),
    step("look_again", "health_care", on=MET_UNCLEAR, outcomes=OUTCOMES),
    step("team", "social_protection", on=MET_CONFIRMED),
    step("team_of_danger", "social_protection", on="{event: judge_safety, when: {safety: [unsafe]}}"),
    when="{reporter: [tester]}",
    bound=f"[{{reporter: tester, who: {words('testers')}, what: {words('harm')}, to: {words('police')}, "
    f"basis: [{{act: law-amendments-2019, point: {words('since 2019')}}}]}}]",
)  # fmt: skip


def parsed(text: str = MADE_UP) -> Protocol:
    """Return the values of a text."""
    return Protocol.from_content(read(text, "made_up.yaml").content)


def let_reports_oblige_the_inspection_alone() -> None:
    """Replace the shipped procedures that a report starts by the first one, in which one body owes one answer.

    For tests of higher folders that ask what becomes of a duty, not which duties there are.
    """
    first = shipped("suspected_violence_health.yaml").replace("version: 1", "version: 9000")
    none = procedure(step("never", "guardianship"), code="first_response", number=9000, trigger=NEVER)
    with tempfile.TemporaryDirectory() as folder, as_owner():
        for name, text in (("first.yaml", first), ("none.yaml", none)):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        installation = Actor(kind="system", purpose="load_reference")
        load_reference(actor=installation, now=datetime.now(UTC), folder=Path(folder), using="default")


NEVER = "{event: report_signal, when: {urgency: [never]}}"
