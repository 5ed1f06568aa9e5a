"""A procedure's text becomes its content, or an error with file, line and reason."""

from importlib import resources

import pytest

from arasha.kernel.worktime.rules import Limit, Unit
from arasha.protocols.rules import FaultyProtocol, Protocol, canonical, check_references, read

DEEP = "".join(" " * depth + "a:\n" for depth in range(400))
NAME = "suspected_violence_health.yaml"
SHIPPED = (resources.files("arasha.protocols") / "data" / NAME).read_text(encoding="utf-8")


def line_of(text: str, part: str) -> int:
    """Return the number of the line that holds the part."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_the_shipped_procedure_reads_as_the_issue_tells_it() -> None:
    protocol = Protocol.from_content(read(SHIPPED, NAME).content)
    step = protocol.step("inspection_answers")
    assert step.function == "juvenile_inspection"
    assert step.limit == Limit(24, Unit.CLOCK_HOURS)
    assert [(rung.number, rung.function, rung.after and rung.after.amount) for rung in protocol.ladder] == [
        (1, "", None),
        (2, "coordination_district", 24),
        (3, "coordination_region", 72),
        (4, "coordination_nation", 168),
    ]
    assert protocol.verified_by == ""


def test_comments_and_spacing_do_not_make_a_new_text() -> None:
    spaced = "# another remark\n" + SHIPPED.replace("version: 1", "version:    1")
    assert canonical(read(spaced, NAME).content) == canonical(read(SHIPPED, NAME).content)
    changed = SHIPPED.replace("{amount: 24, unit: clock_hours}", "{amount: 25, unit: clock_hours}", 1)
    assert canonical(read(changed, NAME).content) != canonical(read(SHIPPED, NAME).content)


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("version: 1", "version: one", "version: one", "'one' is not of type 'integer'"),
        ("  en: Suspected violence against a child\n", "", "title:", "'en' is a required property"),
        ("unit: clock_hours}\n    evidence", "unit: hours}\n    evidence", "unit: hours", "'hours' is not one of"),
        ("  - rung: 2", "  - rung: 3", "  - rung: 3", "rung 2 is expected here"),
        ("event: report_signal", "evnt: report_signal", "trigger:", "Additional properties|'event' is a required"),
        ("valid_from: 2026-03-02", "valid_from: 2026-03-32", "valid_from: 2026-03-32", "is not a day"),
        ("version: 1", "version: 1\nversion: 2", "version: 2", "stands twice"),
        ("amount: 24, unit", "amount: 0, unit", "amount: 0", "less than the minimum"),
        ("blocks: [closing]", "blocks: [closing", "ladder:", "expected"),
        ("title:\n", "title: &t\n", "title: &t", ""),
    ],
)
def test_a_faulty_text_names_file_line_and_reason(old: str, new: str, at: str, reason: str) -> None:
    assert old in SHIPPED
    text = SHIPPED.replace(old, new, 1)
    if "&t" in new:
        text += "other: *t\n"
        at, reason = "other: *t", "references"
    with pytest.raises(FaultyProtocol, match=reason) as refused:
        read(text, NAME)
    assert refused.value.file == NAME
    assert abs(refused.value.line - line_of(text, at)) <= 1
    assert str(refused.value).startswith(f"{NAME}, line {refused.value.line}: ")


def test_a_function_or_an_act_that_does_not_exist_is_refused_on_its_line() -> None:
    source = read(SHIPPED, NAME)
    functions = frozenset(
        {"juvenile_inspection", *(f"coordination_{level}" for level in ("district", "region", "nation"))}
    )
    acts = frozenset({"sop-health-2020", "order-569-2020"})
    check_references(source, functions=functions, acts=acts)
    with pytest.raises(FaultyProtocol, match="no function 'juvenile_inspection'") as refused:
        check_references(source, functions=functions - {"juvenile_inspection"}, acts=acts)
    assert refused.value.line == line_of(SHIPPED, "function: juvenile_inspection")
    with pytest.raises(FaultyProtocol, match="no act of law 'order-569-2020'") as refused:
        check_references(source, functions=functions, acts=acts - {"order-569-2020"})
    assert refused.value.line == line_of(SHIPPED, "act: order-569-2020")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "- a\n- b\n",
            "just words",
            "a: [",
            "\x00",
            "[" * 20_000,
            "a: " + "{a: " * 5_000,
            "- " * 9_000,
            DEEP,
            "a: [" + "1," * 9_000,
            "? [a, b]\n: c",
        ),
        *("a: 0x1F", "a: 1_000", "a: 1:30", "a: " + "9" * 10_000, 'a: "\\0"', 'a: "\\ud800"', "!!python/object:a {}"),
        SHIPPED.replace("version: 1", "version: 999999999"),
        SHIPPED.replace("version: 1", "version: -1"),
        SHIPPED.replace("amount: 24", "amount: 0x18"),
    ],
)
def test_what_is_no_procedure_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(FaultyProtocol):
        read(text, NAME)
