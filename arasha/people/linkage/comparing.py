"""The levels of `people.rules.levels` in SQL, with their chances, as Splink's settings.

Each attribute's levels are tried in their order; `not_said` comes first and weighs nothing, `differs` is what is left.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from arasha.people.rules.levels import IIN_FIGURES, LONGEST_MONTH, LONGEST_YEAR, NOT_SAID, REGION_FIGURES
from arasha.people.rules.likeness import WEIGHS_NOTHING, Chance, Weights

AGREE: Final = "list_has_any(surname_keys_l, surname_keys_r)"
HERE: Final = f"(NOT {AGREE} AND list_has_any(crossing_l, given_keys_r))"
THERE: Final = f"(NOT {AGREE} AND list_has_any(crossing_r, given_keys_l))"
SWAPPED: Final = f"({HERE} AND {THERE})"
GIVEN_MOVED: Final = f"(({HERE} AND NOT given_said_l) OR ({THERE} AND NOT given_said_r))"
SURNAME_MOVED: Final = (
    f"(NOT {GIVEN_MOVED} AND NOT {SWAPPED} AND (({HERE} AND NOT surname_said_r) OR ({THERE} AND NOT surname_said_l)))"
)
FATHER: Final = """(list_has_any(surname_keys_l, patronymic_keys_r) OR list_has_any(surname_parts_l, patronymic_keys_r)
    OR list_has_any(surname_keys_r, patronymic_keys_l) OR list_has_any(surname_parts_r, patronymic_keys_l))"""
EXACT: Final = "(birth_first_l = birth_last_l AND birth_first_r = birth_last_r)"
OVERLAP: Final = "(birth_first_l <= birth_last_r AND birth_first_r <= birth_last_l)"
SPAN: Final = "greatest(birth_last_l - birth_first_l, birth_last_r - birth_first_r) + 1"
FIGURES: Final = f"regexp_full_match(iin_l || iin_r, '[0-9]{{{2 * IIN_FIGURES}}}') AND length(iin_l) = {IIN_FIGURES}"


def _agreements(name: str) -> dict[str, str]:
    """Return the levels at which two names agree in whole or in part."""
    return {
        "same": f"list_has_any({name}_written_l, {name}_written_r)",
        "same_key": f"list_has_any({name}_keys_l, {name}_keys_r)",
        "initial": f"""(list_has_any({name}_initials_l, {name}_initials_r)
            OR begins_any({name}_initials_l, {name}_keys_r) OR begins_any({name}_initials_r, {name}_keys_l))""",
        "part": f"(list_has_any({name}_keys_l, {name}_parts_r) OR list_has_any({name}_keys_r, {name}_parts_l))",
        "near": f"near_any({name}_keys_l, {name}_keys_r)",
    }


def _missing(name: str) -> str:
    return f"(NOT {name}_said_l OR NOT {name}_said_r)"


def _given() -> dict[str, str]:
    whole, rest = {}, _agreements("given")
    for level in ("same", "same_key"):
        whole[level] = rest.pop(level)
    null = f"({SURNAME_MOVED} OR ({_missing('given')} AND NOT {GIVEN_MOVED}))"
    return {NOT_SAID: null, "moved": GIVEN_MOVED, **whole, "swapped": SWAPPED, **rest}


def _surname() -> dict[str, str]:
    null = f"({GIVEN_MOVED} OR ({_missing('surname')} AND NOT {SURNAME_MOVED}))"
    return {NOT_SAID: null, "moved": SURNAME_MOVED, "swapped": SWAPPED, **_agreements("surname"), "father": FATHER}


def _null(column: str) -> str:
    return f"({column}_l IS NULL OR {column}_r IS NULL)"


def _any_of(column: str) -> dict[str, str]:
    return {
        NOT_SAID: f"(len({column}_l) = 0 OR len({column}_r) = 0)",
        "same": f"list_has_any({column}_l, {column}_r)",
    }


CONDITIONS: Final[dict[str, dict[str, str]]] = {
    "surname": _surname(),
    "given": _given(),
    "patronymic": {NOT_SAID: _missing("patronymic"), **_agreements("patronymic")},
    "birth": {
        NOT_SAID: _null("birth_first"),
        "same": f"{EXACT} AND birth_first_l = birth_first_r",
        "swapped": f"""{EXACT} AND year(birth_first_l) = year(birth_first_r)
            AND month(birth_first_l) = day(birth_first_r) AND day(birth_first_l) = month(birth_first_r)""",
        "near": f"{EXACT} AND slip(strftime(birth_first_l, '%Y%m%d'), strftime(birth_first_r, '%Y%m%d'))",
        "month": f"NOT {EXACT} AND {OVERLAP} AND {SPAN} <= {LONGEST_MONTH}",
        "possible": f"NOT {EXACT} AND {OVERLAP} AND {SPAN} <= {LONGEST_YEAR}",
        "about": f"NOT {EXACT} AND {OVERLAP}",
    },
    "sex": {NOT_SAID: _null("sex"), "same": "sex_l = sex_r"},
    "iin": {NOT_SAID: _null("iin"), "same": "iin_l = iin_r", "near": f"{FIGURES} AND slip(iin_l, iin_r)"},
    "phone": _any_of("phones"),
    "district": {
        NOT_SAID: _null("district"),
        "same": "district_l = district_r",
        "part": f"left(district_l, {REGION_FIGURES}) = left(district_r, {REGION_FIGURES})",
    },
    "institution": _any_of("institutions"),
}

# Which rows are compared at all. Two descriptions that meet in none of these are taken for two people.
BLOCKING: Final = (
    "l.iin = r.iin",
    "l.surname_key = r.surname_key AND l.birth_day = r.birth_day",
    "l.given_key = r.given_key AND l.birth_day = r.birth_day",
    "l.surname_key = r.surname_key AND l.birth_year = r.birth_year AND l.given_letter = r.given_letter",
    "l.father_key = r.father_key AND l.given_key = r.given_key AND l.birth_year = r.birth_year",
    "l.father_key = r.father_key AND l.birth_day = r.birth_day",
    "l.district = r.district AND l.birth_day = r.birth_day AND l.given_letter = r.given_letter",
    "l.surname_key = r.surname_key AND l.given_key = r.given_key AND l.father_key = r.father_key",
    "l.surname_plain = r.given_key AND l.given_key = r.surname_plain AND l.birth_year = r.birth_year",
    "l.surname_key = r.surname_key AND l.given_key = r.given_key AND l.district = r.district",
)
BY_PHONE: Final = {"blocking_rule": "l.phones = r.phones", "sql_dialect": "duckdb", "arrays_to_explode": ["phones"]}


def level_sql(attribute: str) -> str:
    """Return the expression that names an attribute's level; Splink tells no more than the sum."""
    cases = " ".join(f"WHEN {condition} THEN '{level}'" for level, condition in CONDITIONS[attribute].items())
    return f"CASE {cases} ELSE 'differs' END AS level_{attribute}"


def settings(
    weights: Weights, prior: float, blocking: tuple[str, ...], *, within: bool, phones: bool
) -> dict[str, Any]:
    """Return Splink's settings for linking two lists, or one `within` itself. Raises KeyError for a missing weight."""
    return {
        "link_type": "dedupe_only" if within else "link_only",
        "unique_id_column_name": "number",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [*blocking, *([BY_PHONE] if phones else [])],
        "comparisons": [_comparison(attribute, conditions, weights) for attribute, conditions in CONDITIONS.items()],
        "retain_intermediate_calculation_columns": False,
        "retain_matching_columns": False,
    }


def _comparison(attribute: str, conditions: Mapping[str, str], weights: Weights) -> dict[str, Any]:
    return {"output_column_name": attribute, "comparison_levels": list(_levels(attribute, conditions, weights))}


def _levels(attribute: str, conditions: Mapping[str, str], weights: Weights) -> Iterator[dict[str, Any]]:
    for level, condition in (*conditions.items(), ("differs", "ELSE")):
        row: dict[str, Any] = {"sql_condition": condition, "label_for_charts": level}
        if level == NOT_SAID:
            yield row | {"is_null_level": True}
        else:
            chance = Chance(0.5, 0.5) if (attribute, level) == WEIGHS_NOTHING else weights[attribute, level]
            yield row | {"m_probability": chance.m, "u_probability": chance.u}
