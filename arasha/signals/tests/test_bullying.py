"""Bullying: each child has support, meetings come by themselves, a repeat shows, and reconciling meets nothing."""

from datetime import timedelta
from typing import Any

import pytest

from arasha.obligations.actions import meet
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.protocols.rules import Protocol, read
from arasha.protocols.tests.procedures import DATA
from arasha.signals import actions, queries, rules
from arasha.signals.models import Signal
from arasha.signals.rules.matching import Described
from arasha.signals.rules.repeats import Told, since
from arasha.signals.tests.ways_cast import Around, make_around, owed, reported

AGAIN = rules.REPEAT_RULES["bullying_again"]
EARLIER = NOW - timedelta(days=200)


@pytest.fixture
def around(district: District) -> Around:
    return make_around()


def told(called: str = "", school: int | None = None, school_class: str = "", case: str = "") -> Told:
    return Told(Described(called, 11, "girl", school), school_class, NOW, case)


@pytest.mark.parametrize(
    ("one", "earlier", "shares"),
    [
        (told("Аяру Серікқызы"), told("Aiaru Serikkyzy"), "child"),
        (told("Аяру Серікқызы"), told("Дана Ахметова"), ""),
        (told("Аяру", 1, '7 "Б"'), told("Дана", 1, "7-б"), "class"),
        (told("Аяру", 1, "7 Б"), told("Дана", 2, "7 Б"), ""),
        (told("Аяру", 1, ""), told("Дана", 1, ""), ""),
        (told("Аяру", None, "7 Б"), told("Дана", None, "7 Б"), ""),
        (told("Аяру", case="A"), told("Дана", case="A"), "child"),
    ],
)
def test_a_repeat_is_of_the_same_child_or_the_same_class_of_one_school(one: Told, earlier: Told, shares: str) -> None:
    assert rules.repeated(one, earlier) == shares


def test_the_rule_looks_back_twelve_months() -> None:
    assert (NOW - since(AGAIN, NOW)).days in {365, 366}


def test_no_shipped_step_is_met_and_no_reason_closes_by_reconciling() -> None:
    for file in DATA.iterdir():
        if file.name.endswith(".yaml"):
            protocol = Protocol.from_content(read(file.read_text(encoding="utf-8"), file.name).content)
            for step in protocol.steps:
                words = [f"{outcome.code} {outcome.words['en']}".lower() for outcome in step.outcomes]
                assert not [said for said in words if "reconcil" in said or "mediat" in said], (file.name, step.key)
    assert [code.code for code in rules.CLOSINGS if not rules.closes(code.code)] == ["reconciled"]


@pytest.mark.django_db
def test_the_school_that_is_named_owes_and_the_coordinator_elsewhere(district: District, around: Around) -> None:
    named = owed(reported(district.doctor, concerns=["bullying"], school=around.school.unit.pk))
    unknown = owed(reported(district.doctor, concerns=["bullying"]))
    for step in ("first_talk", "support_bullied", "support_bullying", "support_onlookers", "parents_spoken_with"):
        assert named["bullying", step].unit_id == around.school.unit.pk
        assert unknown["bullying", step].unit_id == district.coordinator.unit.pk


@pytest.mark.django_db
def test_the_first_talk_is_due_in_two_working_days_and_the_meetings_come_by_themselves(
    district: District, around: Around
) -> None:
    signal = reported(district.doctor, concerns=["bullying"], school=around.school.unit.pk)
    talk = owed(signal)["bullying", "first_talk"]
    assert talk.due_now.date() == (NOW + timedelta(days=2)).date()  # a Monday, and two working days after it
    at = NOW + timedelta(hours=4)
    meet(actor=around.school.enter(), obligation=talk.pk, answer="Сөйлестім.", outcome="talked", now=at)
    duties = owed(signal)
    for days in (7, 30):
        row = duties["bullying", f"meeting_after_{days}_days"]
        assert row.unit_id == around.school.unit.pk
        assert days <= (row.due_now - at).days + 1 <= days + 3
    seventh = duties["bullying", "meeting_after_7_days"]
    meet(actor=around.school.enter(), obligation=seventh.pk, answer="Жоқ.", outcome="goes_on", now=at)
    assert owed(signal)["bullying", "it_goes_on"].unit_id == district.coordinator.unit.pk


@pytest.mark.django_db
def test_a_talk_that_did_not_take_place_is_owed_again(district: District, around: Around) -> None:
    signal = reported(district.doctor, concerns=["bullying"])
    talk = owed(signal)["bullying", "first_talk"]
    meet(actor=district.coordinator.enter(), obligation=talk.pk, answer="Жоқ.", outcome="not_reached", now=NOW)
    assert ("bullying", "talk_again") in owed(signal)


@pytest.mark.django_db
def test_an_outcome_of_reconciliation_meets_nothing(district: District) -> None:
    signal = reported(district.doctor, concerns=["bullying"])
    talk = owed(signal)["bullying", "first_talk"]
    with pytest.raises(Exception, match="reconciled"):
        meet(actor=district.coordinator.enter(), obligation=talk.pk, answer="Татуласты.", outcome="reconciled", now=NOW)
    assert owed(signal)["bullying", "first_talk"].state == "open"


def again(district: District, signal: Signal) -> list[tuple[object, str]]:
    actor = district.coordinator.enter()
    return [(one.signal.pk, one.shares) for one in queries.repeats_of(actor, signal)]


@pytest.mark.django_db
def test_a_repeat_shows_on_the_signal_and_on_the_file_and_not_to_others(district: District, around: Around) -> None:
    said: dict[str, Any] = {"concerns": ["bullying"], "school": around.school.unit.pk}
    child = reported(district.doctor, at=EARLIER, **said)
    mate = reported(
        district.doctor, at=EARLIER, child_called="Дана А.", child_sex="unknown", school_class="7-Б", **said
    )
    reported(district.doctor, at=EARLIER, child_called="Ерлан Б.", child_sex="boy", school_class="8 А", **said)
    reported(district.doctor, at=NOW - timedelta(days=400), **said)
    reported(district.doctor, at=EARLIER, school=around.school.unit.pk)  # another concern
    signal = reported(district.doctor, school_class="7 б", **said)
    assert dict(again(district, signal)) == {child.pk: "child", mate.pk: "class"}
    browser = cast.browser_of(district.coordinator)
    for address in (f"/signals/{signal.pk}/", f"/files/{signal.dossier_id}/"):
        page = browser.get(address).content.decode()
        assert "It happened again within 12 months" in page
        assert f"/signals/{child.pk}/" in page
    # an inspection that reads this file alone learns of no other
    assert queries.repeats_of(district.neighbour.enter(), signal) == []


@pytest.mark.django_db
def test_a_report_that_proved_mistaken_is_no_repeat(district: District) -> None:
    first = reported(district.doctor, at=EARLIER, concerns=["bullying"])
    actions.close_signal(actor=district.coordinator.enter(), signal=first.pk, closing="mistaken", now=EARLIER)
    assert again(district, reported(district.doctor, concerns=["bullying"])) == []
