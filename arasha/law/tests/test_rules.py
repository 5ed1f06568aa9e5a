"""The state of an act on a day, and the table as shipped."""

from datetime import date
from importlib import resources

import pytest

from arasha.law.rules import IN_FORCE, NOT_VERIFIED, NOT_YET, REPLACED, FaultyActs, read_acts, status_on

SHIPPED = (resources.files("arasha.law") / "data" / "legal_acts.csv").read_text(encoding="utf-8")
MARCH = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("status", "since", "until", "day", "expected"),
    [
        (IN_FORCE, MARCH, None, date(2026, 3, 1), NOT_YET),
        (IN_FORCE, MARCH, None, MARCH, IN_FORCE),
        (IN_FORCE, None, None, date(2020, 1, 1), IN_FORCE),
        (REPLACED, None, date(2023, 7, 1), date(2023, 6, 30), IN_FORCE),
        (REPLACED, None, date(2023, 7, 1), date(2023, 7, 1), REPLACED),
        (REPLACED, None, None, date(2000, 1, 1), REPLACED),
        (NOT_VERIFIED, MARCH, None, date(2026, 6, 1), NOT_VERIFIED),
    ],
)
def test_the_state_follows_the_day(
    status: str, since: date | None, until: date | None, day: date, expected: str
) -> None:
    assert status_on(day, status=status, in_force_from=since, in_force_until=until) == expected


def test_the_shipped_table_keeps_every_row_with_its_mark() -> None:
    acts = {act.key: act for act in read_acts(SHIPPED)}
    assert len(acts) == 27
    assert acts["sop-health-2020"].status == NOT_VERIFIED
    assert acts["sop-health-2020"].verified == "NOT FOUND"
    assert acts["order-1027"].replaced_by == "order-kr-dsm-25"
    assert all(act.verified and not act.verified_by for act in acts.values())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("law-94-v,", "law-345-ii,", "stands twice"),
        (",in_force,2026-03-02,", ",valid,2026-03-02,", "unknown status"),
        ("2026-03-02,,,", "2026-13-02,,,", "month must be"),
        ("order-kr-dsm-25,Педиатриялық", "order-none,Педиатриялық", "not in the table"),
    ],
)
def test_a_faulty_table_is_refused_with_its_reason(old: str, new: str, reason: str) -> None:
    assert old in SHIPPED
    with pytest.raises(FaultyActs, match=reason):
        read_acts(SHIPPED.replace(old, new, 1))
