"""What starts a procedure, where a version stands, and which one of a procedure is in force."""

from datetime import date, timedelta
from typing import Any

import pytest

from arasha.protocols.rules import matches
from arasha.protocols.rules.standing import (
    Decided,
    DecisionForbidden,
    Force,
    Kind,
    Life,
    Reach,
    Stage,
    check,
    force_on,
    life_of,
    possible,
    standing_on,
)
from arasha.protocols.tests.procedures import parsed, shipped

FIRST = parsed(shipped("suspected_violence_health.yaml"))
AUTHOR, SECOND, THIRD = 1, 2, 3
TODAY = date(2026, 6, 1)
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("event", "codes", "starts"),
    [
        ("report_signal", {"reporter": "health_worker", "concern": "suspected_violence"}, True),
        ("report_signal", {"reporter": "health_worker", "concern": ["neglect", "suspected_violence"]}, True),
        ("report_signal", {"reporter": "teacher", "concern": "suspected_violence"}, False),
        ("report_signal", {"reporter": "health_worker", "concern": "neglect"}, False),
        ("report_signal", {"concern": "suspected_violence"}, False),
        ("accept_case", {"reporter": "health_worker", "concern": "suspected_violence"}, False),
    ],
)
def test_a_procedure_starts_when_each_named_code_has_a_named_value(
    event: str, codes: dict[str, Any], starts: bool
) -> None:
    assert matches(FIRST, event, codes) is starts


def reach(number: int, begins: date | None, ends: date | None = None, code: str = "a") -> Reach:
    return Reach(code, number, begins, ends)


def test_the_newest_begun_version_is_in_force_and_an_ended_one_brings_no_older_back() -> None:
    first = reach(1, date(2026, 3, 2))
    second = reach(2, date(2026, 6, 1))
    third = reach(3, date(2026, 9, 1), date(2026, 10, 1))
    other, draft = reach(1, date(2026, 1, 1), code="b"), reach(4, None)
    versions = [third, first, draft, second, other]
    assert standing_on(versions, date(2026, 3, 1)) == {"b": other}
    assert standing_on(versions, date(2026, 3, 2)) == {"a": first, "b": other}
    assert standing_on(versions, date(2026, 6, 1)) == {"a": second, "b": other}
    assert standing_on(versions, date(2026, 9, 30)) == {"a": third, "b": other}
    assert standing_on(versions, date(2026, 10, 1)) == {"b": other}
    day = date(2026, 9, 15)
    assert [force_on(version, versions, day) for version in (first, second, third, draft)] == [
        *(Force.REPLACED, Force.REPLACED, Force.IN_FORCE, Force.NONE)
    ]
    assert force_on(third, versions, date(2026, 10, 1)) is Force.ENDED
    assert force_on(second, versions, date(2026, 5, 31)) is Force.UPCOMING


def life(*decisions: Decided, declared: str = "draft", author: int | None = AUTHOR, until: date | None = None) -> Life:
    return life_of(
        declared=declared, valid_from=date(2026, 3, 2), valid_to=until, author=author, decisions=list(decisions)
    )


REVIEWED = Decided(Kind.REVIEW, None, SECOND)
ADOPTED = Decided(Kind.ADOPT, TOMORROW, SECOND)
OLD = Decided(Kind.ADOPT, date(2026, 4, 1), SECOND)
PROPOSED = Decided(Kind.PROPOSE_END, TOMORROW, SECOND)
WITHDRAWN = Decided(Kind.WITHDRAW, None, AUTHOR)


@pytest.mark.parametrize(
    ("found", "stage", "begins", "ends"),
    [
        (life(declared="in_force", author=None), Stage.ADOPTED, date(2026, 3, 2), None),
        (life(declared="in_force", author=None, until=TODAY), Stage.ADOPTED, date(2026, 3, 2), TODAY),
        (life(), Stage.DRAFT, None, None),
        (life(REVIEWED), Stage.REVIEWED, None, None),
        (life(Decided(Kind.RETURN, None, SECOND)), Stage.RETURNED, None, None),
        (life(REVIEWED, ADOPTED), Stage.ADOPTED, TOMORROW, None),
        (life(REVIEWED, ADOPTED, WITHDRAWN), Stage.WITHDRAWN, None, None),
        (life(REVIEWED, OLD, PROPOSED), Stage.ENDING, date(2026, 4, 1), None),
        (life(REVIEWED, OLD, PROPOSED, Decided(Kind.KEEP, None, AUTHOR)), Stage.ADOPTED, date(2026, 4, 1), None),
        (life(REVIEWED, OLD, PROPOSED, Decided(Kind.END, TOMORROW, AUTHOR)), Stage.ENDED, date(2026, 4, 1), TOMORROW),
        (
            life(REVIEWED, OLD, PROPOSED, Decided(Kind.END, TOMORROW, AUTHOR), until=TODAY),
            *(Stage.ENDED, date(2026, 4, 1), TODAY),
        ),
    ],
)
def test_a_version_stands_where_its_decisions_brought_it(
    found: Life, stage: Stage, begins: date | None, ends: date | None
) -> None:
    assert (found.stage, found.begins, found.ends) == (stage, begins, ends)


@pytest.mark.parametrize(
    ("found", "kind", "user", "day", "refused"),
    [
        (life(), Kind.REVIEW, SECOND, None, ""),
        (life(), Kind.REVIEW, AUTHOR, None, "author"),
        (life(), Kind.RETURN, AUTHOR, None, "author"),
        (life(), Kind.RETURN, SECOND, None, ""),
        (life(), Kind.ADOPT, SECOND, TOMORROW, "stage"),
        (life(REVIEWED), Kind.REVIEW, THIRD, None, "stage"),
        (life(REVIEWED), Kind.ADOPT, AUTHOR, TOMORROW, ""),
        (life(REVIEWED), Kind.ADOPT, SECOND, TOMORROW, ""),
        (life(REVIEWED), Kind.ADOPT, SECOND, TODAY, "day"),
        (life(REVIEWED), Kind.ADOPT, SECOND, None, "day"),
        (life(REVIEWED, until=TOMORROW), Kind.ADOPT, SECOND, TOMORROW, "day"),
        # A shipped draft has no author here: whoever reviewed it does not put it in force alone.
        (life(REVIEWED, author=None), Kind.ADOPT, SECOND, TOMORROW, "alone"),
        (life(REVIEWED, author=None), Kind.ADOPT, THIRD, TOMORROW, ""),
        (life(REVIEWED, ADOPTED), Kind.WITHDRAW, THIRD, None, ""),
        (life(REVIEWED, OLD), Kind.WITHDRAW, THIRD, None, "stage"),
        (life(REVIEWED, OLD), Kind.END, THIRD, TOMORROW, "stage"),
        (life(REVIEWED, OLD), Kind.PROPOSE_END, SECOND, TOMORROW, ""),
        (life(REVIEWED, OLD), Kind.PROPOSE_END, SECOND, TODAY, "day"),
        (life(REVIEWED, OLD, PROPOSED), Kind.END, SECOND, TOMORROW, "proposer"),
        (life(REVIEWED, OLD, PROPOSED), Kind.END, AUTHOR, TOMORROW, ""),
        (life(declared="in_force", author=None), Kind.PROPOSE_END, SECOND, TOMORROW, ""),
    ],
)
def test_nobody_decides_alone_and_nothing_works_backwards(
    found: Life, kind: Kind, user: int, day: date | None, refused: str
) -> None:
    if not refused:
        check(found, kind, user=user, today=TODAY, day=day, reason="said")
        return
    with pytest.raises(DecisionForbidden) as why:
        check(found, kind, user=user, today=TODAY, day=day, reason="said")
    assert why.value.reason == refused


def test_who_returns_a_text_or_ends_a_procedure_says_why() -> None:
    for found, kind in ((life(), Kind.RETURN), (life(REVIEWED, OLD), Kind.PROPOSE_END)):
        with pytest.raises(DecisionForbidden, match="reason"):
            check(found, kind, user=SECOND, today=TODAY, day=TOMORROW, reason="  ")


def test_each_person_is_offered_what_they_may_decide() -> None:
    assert possible(life(), user=AUTHOR, today=TODAY) == [Kind.WITHDRAW]
    assert possible(life(), user=SECOND, today=TODAY) == [Kind.REVIEW, Kind.RETURN, Kind.WITHDRAW]
    assert possible(life(REVIEWED, author=None), user=SECOND, today=TODAY) == [Kind.RETURN, Kind.WITHDRAW]
    assert possible(life(REVIEWED, OLD, PROPOSED), user=SECOND, today=TODAY) == [Kind.KEEP]
