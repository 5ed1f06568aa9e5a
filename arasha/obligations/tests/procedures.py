"""A made-up procedure that uses what a step may ask for: roles, notices, outcomes, what follows, another place."""

from arasha.protocols.tests.procedures import procedure, step, words

OUTCOMES = f"[{{outcome: confirmed, words: {words('confirmed')}}}, {{outcome: unclear, words: {words('unclear')}}}]"
LADDER = """[
    {rung: 1, to: {supervisor: of_the_obliged_unit}, after: at_once},
    {rung: 2, to: {function: coordination_district, territory: of_the_child}, after: {amount: 24, unit: clock_hours}},
    {rung: 3, to: {function: coordination_region, territory: of_the_child}, after: {amount: 72, unit: clock_hours}},
    {rung: 4, to: {function: coordination_nation, territory: of_the_child}, after: {amount: 168, unit: clock_hours}}]"""
# As many steps at once as the medical procedure has notices, and what follows when the first is met.
SIX = procedure(
    step(
        "evaluation",
        "health_care",
        owed_by="{body: reporting_body, function: health_care}",
        counts_from="identified",
        limit="{amount: 1, unit: clock_hours}",
        outcomes=OUTCOMES,
    ),
    step("tell_inspection", "juvenile_inspection", notice="true"),
    step("tell_guardianship", "guardianship", notice="true"),
    step("tell_protection", "social_protection", notice="true"),
    step("tell_school", "education_department", owed_by="{body: school_of_the_child, function: education_department}",
         notice="true"),
    step("go_there", "juvenile_inspection", owed_by="{function: juvenile_inspection, territory: where_found}",
         notice="true"),
    step("evaluation_again", "health_care", owed_by="{body: reporting_body, function: health_care}", outcomes=OUTCOMES,
         on="{event: meet_obligation, when: {step: [evaluation, evaluation_again], outcome: [unclear]}}"),
    step("team", "social_protection",
         on="{event: meet_obligation, when: {step: [evaluation, evaluation_again], outcome: [confirmed]}}"),
    step("name_the_worker", "social_protection", notice="true",
         on="{event: meet_obligation, when: {step: [evaluation, evaluation_again], outcome: [confirmed]}}"),
    code="six_bodies",
    when="{reporter: [six]}",
    ladder=LADDER,
    substitutes="[coordination_district, coordination_region]",
    takeover="{amount: 4, unit: clock_hours}",
)  # fmt: skip
