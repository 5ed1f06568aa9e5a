"""Who may be the same child is suggested from what the reader may see; joining keeps both files and can be undone."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from arasha.cases.actions import CaseNotFound
from arasha.cases.models import Case, CaseOrigin
from arasha.kernel.access.queries import may_write
from arasha.kernel.access.rules import Facet
from arasha.kernel.territory.rules import fold
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District
from arasha.signals import actions, policy, queries
from arasha.signals.models import Signal
from arasha.signals.rules.matching import DIFFERS, NEAR, NOT_SAID, SAME, Described, compare, names
from tests.database import as_owner
from tests.people.children import case_of, described, join

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def reported(district: District, at: datetime = NOW, **said: Any) -> Signal:
    given = {"territory": DISTRICT, "concerns": ["physical"], "safe_now": "yes", "suspect_has_access": "no"} | said
    report = actions.Report(door="health", **given)
    signal = actions.report_signal(actor=district.doctor.enter(), report=report, now=at)
    cast.end_opening(signal.dossier_id)
    return signal


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("Аяру Сапарова", "аяру сапарова", SAME),
        ("Сапарова Аяру", "Аяру", SAME),
        ("Айяру Сапарова", "Аяру Сапарова", NEAR),
        ("Санжар", "Санжан", NEAR),
        ("Аяру С.", "Аяру Сапарова", SAME),
        ("Әйгерім Нұрғалиева", "Aigerim Nurgaliyeva", SAME),
        ("Айгерим", "Әйгерім", SAME),
        ("Жұмабай", "Zhumabay", SAME),
        ("Аяру-Айша", "Аяру", SAME),
        ("Мадина", "Ерасыл", DIFFERS),
        ("", "Аяру", NOT_SAID),
    ],
)
def test_names_are_compared_whatever_their_order_and_parts(one: str, other: str, verdict: str) -> None:
    assert names(one, other) in ({SAME, NEAR} if verdict == NEAR else {verdict}), (fold(one), fold(other))


def test_a_child_two_years_older_or_of_the_other_sex_is_not_suggested() -> None:
    one = Described("Аяру", 9, "girl")
    assert compare(one, Described("Аяру", 10, "girl")).is_worth_showing
    assert compare(one, Described("Аяру", None, "unknown")).is_worth_showing
    assert not compare(one, Described("Аяру", 11, "girl")).is_worth_showing
    assert not compare(one, Described("Аяру", 9, "boy")).is_worth_showing
    assert not compare(one, Described("Мадина", 9, "girl")).is_worth_showing
    assert not compare(Described(), Described()).is_worth_showing


def test_an_open_case_and_another_signal_of_the_same_child_are_suggested_to_who_reads_them(district: District) -> None:
    first = reported(district, child_called="Аяру Сапарова", child_age=9, child_sex="girl")
    second = reported(district, child_called="Сапарова Аяру", child_age=10)
    third = reported(district, child_called="Мадина", child_age=9)
    coordinator = district.coordinator.enter()
    case = actions.open_case_from(actor=coordinator, signal=first.pk, now=LATER)
    [found] = queries.alike(coordinator, second, LATER)
    assert found.case is not None
    assert found.case.pk == case.pk
    assert queries.alike(coordinator, third, LATER) == []
    assert queries.alike(district.neighbour.enter(), second, LATER) == []


def test_a_joined_signal_stays_and_what_it_owes_goes_on_in_the_case_and_it_can_be_undone(district: District) -> None:
    first, second = reported(district, child_called="Аяру"), reported(district, child_called="Аяру")
    coordinator = district.coordinator.enter()
    case = actions.open_case_from(actor=coordinator, signal=first.pk, now=LATER)
    actions.join_signal(actor=coordinator, signal=second.pk, case=case.pk, now=LATER)
    assert Signal.objects.get(pk=second.pk).state == "case"
    assert set(CaseOrigin.objects.values_list("signal_dossier_id", flat=True)) == {first.dossier_id, second.dossier_id}
    # Told in the same second: one unit owes one thing, and the case shows it once.
    assert Obligation.objects.filter(dossier=case.dossier_id).count() == 1
    with pytest.raises(actions.CannotBecome):
        actions.join_signal(actor=coordinator, signal=second.pk, case=case.pk, now=LATER)
    back = actions.leave_signal(actor=coordinator, signal=second.pk, now=LATER)
    assert back.state == "taken"
    with pytest.raises(actions.CannotBecome):  # the case grew from the first alone
        actions.leave_signal(actor=coordinator, signal=first.pk, now=LATER)
    actions.join_signal(actor=coordinator, signal=second.pk, case=case.pk, now=LATER)


def test_a_signal_that_joined_by_mistake_takes_back_what_it_is_owed_for(district: District) -> None:
    first = reported(district, child_called="Аяру")
    second = reported(district, at=NOW + timedelta(minutes=5), child_called="Аяна")
    coordinator = district.coordinator.enter()
    case = actions.open_case_from(actor=coordinator, signal=first.pk, now=LATER)
    actions.join_signal(actor=coordinator, signal=second.pk, case=case.pk, now=LATER)
    with as_owner():
        [kept, ended] = Obligation.objects.filter(dossier=case.dossier_id).order_by("raised_at")
        assert (kept.state, ended.state, ended.replaced_by_id) == ("open", "superseded", kept.pk)
    actions.leave_signal(actor=district.coordinator.enter(), signal=second.pk, now=LATER)
    with as_owner():
        again = Obligation.objects.get(pk=ended.pk)
        assert (again.dossier_id, again.state, again.replaced_by_id) == (second.dossier_id, "open", None)
        assert again.due_now == ended.due_now
        assert Obligation.objects.get(pk=kept.pk).dossier_id == case.dossier_id


def test_a_case_takes_back_what_a_signal_that_came_earlier_was_owed_for(district: District) -> None:
    earlier = reported(district, child_called="Аяна")
    later = reported(district, at=NOW + timedelta(minutes=5), child_called="Аяру")
    coordinator = district.coordinator.enter()
    case = actions.open_case_from(actor=coordinator, signal=later.pk, now=NOW + timedelta(minutes=6))
    actions.join_signal(actor=coordinator, signal=earlier.pk, case=case.pk, now=NOW + timedelta(minutes=7))
    with as_owner():
        [stands, ended] = Obligation.objects.filter(dossier=case.dossier_id).order_by("raised_at")
        assert (stands.raised_in, ended.raised_in) == (earlier.dossier_id, later.dossier_id)
        assert (stands.state, ended.state, ended.replaced_by_id) == ("open", "superseded", stands.pk)
    actions.leave_signal(actor=district.coordinator.enter(), signal=earlier.pk, now=NOW + timedelta(minutes=8))
    with as_owner():
        stands.refresh_from_db()
        ended.refresh_from_db()
        assert (stands.dossier_id, stands.state) == (earlier.dossier_id, "open")
        assert (ended.dossier_id, ended.state, ended.replaced_by_id) == (case.dossier_id, "open", None)


def test_who_may_not_write_the_child_of_a_case_joins_a_signal_to_it_and_undoes_it(district: District) -> None:
    with cast.building():
        guardian = cast.seat(cast.make_unit("guardianship", cast.DISTRICT, "guardianship"))
    file = case_of(guardian, described("", "Аяру"))
    join(guardian, file, district.coordinator.unit.pk)
    second = reported(district, child_called="Аяру")
    actor = district.coordinator.enter()
    case = Case.objects.get(dossier=file)
    assert not may_write(file, Facet.IDENTITY)
    actions.join_signal(actor=actor, signal=second.pk, case=case.pk, now=LATER)
    assert Signal.objects.get(pk=second.pk).state == "case"
    assert actions.leave_signal(actor=actor, signal=second.pk, now=LATER).state == "taken"


def test_a_signal_joins_no_case_that_is_not_there_for_the_one_who_decides(district: District) -> None:
    first, second = reported(district), reported(district)
    case = actions.open_case_from(actor=district.coordinator.enter(), signal=first.pk, now=LATER)
    with pytest.raises(policy.NotAllowed):
        actions.join_signal(actor=district.inspector.enter(), signal=second.pk, case=case.pk, now=LATER)
    with pytest.raises(CaseNotFound):
        actions.join_signal(actor=district.coordinator.enter(), signal=second.pk, case=second.pk, now=LATER)


def test_what_is_unsafe_tonight_stands_first_and_the_list_can_be_narrowed(district: District) -> None:
    calm = reported(district, child_called="Тыныш")
    tonight = reported(district, child_called="Шұғыл", safe_now="no")
    browser = cast.browser_of(district.coordinator)
    page = browser.get("/signals/").content.decode()
    assert page.index("Unsafe tonight</caption>") < page.index("Шұғыл") < page.index("Тыныш")
    assert f"Coordinates here: {district.coordinator.unit.name}" in page
    narrowed = browser.get("/signals/?urgency=three_days&who=nobody&door=health").content.decode()
    assert "Тыныш" in narrowed
    assert "Шұғыл" not in narrowed
    actions.take_signal(actor=district.coordinator.enter(), signal=calm.pk, now=LATER)
    assert "Тыныш" not in browser.get("/signals/?who=nobody").content.decode()
    assert "Тыныш" in browser.get("/signals/?who=us").content.decode()
    assert browser.get("/signals/?who=x&urgency=%00&door=x").status_code == 200
    assert {row.pk for row in queries.unsafe_tonight(district.coordinator.enter())} == {tonight.pk}


def test_the_page_offers_to_join_and_to_undo_it(district: District) -> None:
    first = reported(district, child_called="Аяру", child_age=9)
    second = reported(district, child_called="Аяру", child_age=9)
    case = actions.open_case_from(actor=district.coordinator.enter(), signal=first.pk, now=LATER)
    browser = cast.browser_of(district.coordinator)
    page = browser.get(f"/signals/{second.pk}/").content.decode()
    assert "Is this a child we know?" in page
    assert str(case.pk) in page
    assert browser.post(f"/signals/{second.pk}/join/", {"case": "x"}).status_code == 404
    assert browser.post(f"/signals/{second.pk}/join/", {"case": str(case.pk)}).status_code == 302
    assert "Take the signal out of the case" in browser.get(f"/signals/{second.pk}/").content.decode()
    assert browser.post(f"/signals/{second.pk}/leave/").status_code == 302
    with as_owner():
        assert Signal.objects.get(pk=second.pk).state == "taken"
    assert (
        cast.browser_of(district.neighbour).post(f"/signals/{second.pk}/join/", {"case": str(case.pk)}).status_code
        == 404
    )


def test_what_a_later_report_owes_goes_on_in_the_case_and_the_same_is_owed_once(district: District) -> None:
    first, second = reported(district), reported(district, at=LATER)
    coordinator = district.coordinator.enter()
    case = actions.open_case_from(actor=coordinator, signal=first.pk, now=LATER)
    actions.join_signal(actor=coordinator, signal=second.pk, case=case.pk, now=LATER)
    earlier, later = Obligation.objects.filter(dossier=case.dossier_id).order_by("raised_at")
    assert (earlier.state, later.state, later.replaced_by_id) == ("open", "superseded", earlier.pk)
    assert not Obligation.objects.filter(dossier=second.dossier_id).exists()
