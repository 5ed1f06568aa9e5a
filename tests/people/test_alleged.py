"""Who is alleged to have harmed: written by who writes of justice, with source and history; no suspect is guardian."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import translation

from arasha.kernel.access.actions import enter_system
from arasha.kernel.journal.models import Act, Change
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District
from arasha.people import actions, models, queries, rules
from arasha.people.rules import CodeDoesNotFit, SaidSuspect
from tests.database import as_owner
from tests.people.children import case_of, child_of, described, join

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
LATEST = NOW + timedelta(hours=2)
COACH = SaidSuspect("coach", nickname="Кашалот", age="adult", place_called="Жылға ауылы, спорт залы", looks="сақалды")


@pytest.fixture
def file(district: District) -> UUID:
    """A file that the coordinator leads and in which the inspector works."""
    found = case_of(district.coordinator, described("Ким", "Анна", year=2014))
    join(district.coordinator, found, district.inspector.unit.pk)
    return found


def alleged(district: District, file: UUID, suspect: SaidSuspect = COACH) -> models.Allegation:
    return actions.allege(actor=district.inspector.enter(), dossier=file, suspect=suspect, source="child", now=LATER)


def changed(district: District, row: models.Allegation, status: str, source: str, **more: Any) -> Any:
    actor = district.inspector.enter()
    return actions.change_status(actor=actor, allegation=row.pk, status=status, source=source, now=LATEST, **more)


def father_in(district: District, file: UUID, role: str = "carer") -> models.Person:
    said = described("Ким", "Олег", year=1980)
    return actions.register(actor=district.coordinator.enter(), dossier=file, role=role, described=said, now=NOW)


def allowed(district: District, person: models.Person) -> dict[str, tuple[bool, str]]:
    district.coordinator.enter()
    return {matter: (row.allowed, row.reason) for matter, row in queries.card(person).standings.items()}


def test_somebody_without_a_name_is_written_down_with_source_and_history(district: District, file: UUID) -> None:
    row = alleged(district, file)
    changed(district, row, "established", "court", day=date(2026, 11, 20))
    [one] = queries.allegations_of(file)
    assert (one.row.nickname, one.looks, one.row.territory) == ("Кашалот", "сақалды", cast.DISTRICT)
    history = [(state.row.number, state.row.status, state.row.source) for state in one.states]
    assert history == [(2, "established", "court"), (1, "alleged", "child")]


def test_what_tells_nobody_from_another_is_no_allegation(district: District, file: UUID) -> None:
    with pytest.raises(actions.NothingSaid):
        alleged(district, file, SaidSuspect("coach", called="  "))


@pytest.mark.parametrize("source", ["child", "witness", "police", "admission", "other"])
def test_only_a_court_or_a_prosecutor_establishes(district: District, file: UUID, source: str) -> None:
    row = alleged(district, file)
    with pytest.raises(CodeDoesNotFit):
        changed(district, row, "established", source)
    put = {"allegation": row, "dossier_id": file, "number": 2, "status": "established", "recorded_at": NOW}
    with pytest.raises(IntegrityError, match="established_by_decision"), transaction.atomic(), cast.building():
        models.AllegationState.objects.create(source=source, **put)


@pytest.mark.parametrize("said", [{}, {"decided_by": "прокурор"}, {"why": "алиби"}, {"decided_by": " ", "why": "x"}])
def test_unfounded_needs_who_decided_and_why(district: District, file: UUID, said: dict[str, str]) -> None:
    row = alleged(district, file)
    with pytest.raises(rules.ReasonMissing):
        changed(district, row, "unfounded", "police", **said)
    assert queries.allegations_of(file)[0].status == "alleged"


def test_who_may_not_write_justice_alleges_nothing_and_strangers_read_nothing(district: District, file: UUID) -> None:
    row = alleged(district, file)
    for who in (district.coordinator, district.neighbour, district.doctor, district.region, district.nation):
        actor = who.enter()
        with pytest.raises(actions.AllegationNotThere):
            actions.allege(actor=actor, dossier=file, suspect=COACH, source="child", now=LATER)
        with pytest.raises(actions.AllegationNotThere):
            actions.take_back_allegation(actor=actor, allegation=row.pk, now=LATER)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT people.close_to_suspect(%s, %s)", [row.pk, NOW])
        assert len(queries.allegations_of(file)) == (who is district.coordinator), who


def test_a_state_of_another_file_s_allegation_is_refused_like_one_of_none(district: District, file: UUID) -> None:
    row = alleged(district, file)
    other = case_of(district.coordinator, described("Пак", "Ольга"))
    put = {"dossier_id": other, "number": 9, "status": "alleged", "source": "child", "recorded_at": NOW}
    with pytest.raises(IntegrityError, match="state_of_allegation_in_file"), transaction.atomic(), cast.building():
        models.AllegationState.objects.create(allegation=row, **put)


def test_what_a_suspect_may_is_closed_at_once_by_who_writes_no_identity(district: District, file: UUID) -> None:
    father = father_in(district, file)
    actor = district.coordinator.enter()
    given = {"person": father.pk, "matter": "consent", "now": LATER}
    actions.set_standing(actor=actor, allowed=True, reason="safe_parent", **given)  # type: ignore[arg-type]
    alleged(district, file, SaidSuspect("parent", person=father.pk))
    assert allowed(district, father) == dict.fromkeys([matter.code for matter in rules.MATTERS], (False, "alleged"))


def test_what_is_closed_for_another_reason_stays_as_it_was_decided(district: District, file: UUID) -> None:
    father = father_in(district, file)
    given = {"person": father.pk, "matter": "consent", "now": NOW}
    actor = district.coordinator.enter()
    actions.set_standing(actor=actor, allowed=False, reason="rights_limited", **given)  # type: ignore[arg-type]
    alleged(district, file, SaidSuspect("parent", person=father.pk))
    assert allowed(district, father)["consent"] == (False, "rights_limited")
    assert allowed(district, father)["see"] == (False, "alleged")


def test_unfounded_opens_nothing_and_asks_the_lead_to_decide_anew(district: District, file: UUID) -> None:
    father = father_in(district, file)
    row = alleged(district, file, SaidSuspect("parent", person=father.pk))
    second = alleged(district, file, SaidSuspect("parent", person=father.pk, nickname="Боксёр"))
    cleared = {"decided_by": "прокурор", "why": "алиби"}
    changed(district, row, "unfounded", "prosecutor", **cleared)
    assert not queries.to_decide_anew(father.pk), "one still stands"
    changed(district, second, "unfounded", "prosecutor", **cleared)
    assert queries.to_decide_anew(father.pk)
    assert set(allowed(district, father).values()) == {(False, "alleged")}
    with as_owner():
        told = Notice.objects.filter(code="standing_anew").values_list("unit_id", "dossier")
        assert list(told) == [(district.coordinator.unit.pk, file)]
    actor = district.coordinator.enter()
    for matter in rules.MATTERS:
        given = {"person": father.pk, "matter": matter.code, "now": LATEST + timedelta(hours=1)}
        actions.set_standing(actor=actor, allowed=True, reason="cleared", **given)  # type: ignore[arg-type]
    assert not queries.to_decide_anew(father.pk)
    changed(district, row, "alleged", "witness")
    assert set(allowed(district, father).values()) == {(False, "alleged")}


def test_a_child_of_the_family_loses_no_standing_it_never_had(district: District, file: UUID) -> None:
    brother = father_in(district, file, role="sibling")
    alleged(district, file, SaidSuspect("relative", person=brother.pk))
    assert allowed(district, brother) == {}


def test_the_person_of_an_allegation_is_of_the_file(district: District, file: UUID) -> None:
    other = child_of(district.coordinator, case_of(district.coordinator, described("Пак", "Ольга")))
    with pytest.raises(actions.AllegationNotThere):
        alleged(district, file, SaidSuspect("peer", person=other.pk))


def test_taken_back_it_is_gone_and_stays_in_the_record(district: District, file: UUID) -> None:
    row = alleged(district, file)
    actions.take_back_allegation(actor=district.inspector.enter(), allegation=row.pk, now=LATEST)
    assert queries.allegations_of(file) == []
    with pytest.raises(actions.AllegationNotThere):
        changed(district, row, "alleged", "child")
    with as_owner():
        assert models.Allegation.objects.filter(pk=row.pk).exists()
        assert not models.Suspect.objects.exists()


def test_acts_say_neither_name_nor_place_nor_looks(district: District, file: UUID) -> None:
    row = alleged(district, file, SaidSuspect("coach", called="Ербол", nickname="Кашалот", place_called="Жылға"))
    changed(district, row, "unfounded", "police", decided_by="Сейтов", why="алиби")
    with as_owner():
        acts = list(Act.objects.filter(stream_key=str(file)).values_list("verb", "codes"))
        lines = str(list(Change.objects.filter(table_name__contains="allegation").values_list("columns", flat=True)))
    assert {"allege", "change_status"} <= {verb for verb, _codes in acts}
    for secret in ("Ербол", "Кашалот", "Жылға", "kaxalot", "erbol", "Сейтов", "алиби"):
        assert secret not in str(acts) + lines


@pytest.mark.parametrize(
    ("year", "age", "child"),
    [(None, "unknown", True), (None, "child", True), (None, "adult", False), (1980, "unknown", False),
     (2010, "unknown", True), (2010, "adult", True), (2008, "adult", True), (2007, "child", False)],
)  # fmt: skip
def test_who_may_be_under_18_is_a_child_who_has_harmed_by_birth_first(
    district: District, file: UUID, year: int | None, age: str, child: bool
) -> None:
    said = described("Ким", "Пётр", year=year)
    actor = district.coordinator.enter()
    person = actions.register(actor=actor, dossier=file, role="kin", described=said, now=NOW)
    alleged(district, file, SaidSuspect("relative", person=person.pk, age=age))
    [one] = queries.allegations_of(file)
    assert one.child is child
    with translation.override("en"):
        assert one.termed == ("a child who has harmed" if child else "an adult alleged to have harmed")


def test_pages_show_list_and_change_it_and_never_say_perpetrator(district: District, file: UUID) -> None:
    father = father_in(district, file)
    browser = cast.browser_of(district.inspector)
    base = f"/people/{file}/allegations/"
    said = {"person": str(father.pk), "role": "parent", "age": "unknown", "source": "child"}
    assert browser.post(f"{base}add/", said).status_code == 302
    assert browser.post(f"{base}add/", {"role": "peer", "age": "unknown", "source": "witness"}).status_code == 422
    nickname = {"role": "peer", "age": "unknown", "source": "witness", "nickname": "Тарзан", "looks": "рыжий"}
    assert browser.post(f"{base}add/", nickname).status_code == 302
    shown = browser.get(base).content.decode()
    for words in ("Тарзан", "рыжий", "A child who has harmed", "An adult alleged to have harmed", "Alleged"):
        assert words in shown, words
    [row] = [one.row for one in queries_of(district, file) if one.row.nickname]
    assert browser.post(f"{base}{row.pk}/", {"status": "established", "source": "child"}).status_code == 422
    done = browser.post(
        f"{base}{row.pk}/", {"status": "unfounded", "source": "police", "decided_by": "x", "why": "алиби"}
    )
    assert done.status_code == 302
    person = browser.get(f"/people/{file}/{father.pk}/").content.decode()
    assert "An adult alleged to have harmed" in person
    pages = [shown, person, browser.get(base).content.decode(), browser.get(f"/people/{file}/").content.decode()]
    assert "алиби" in pages[2]
    assert all("perpetrator" not in page.lower() for page in pages)
    assert browser.post(f"{base}{row.pk}/take-back/").status_code == 302
    assert "Тарзан" not in browser.get(base).content.decode()


def queries_of(district: District, file: UUID) -> list[queries.Alleged]:
    district.inspector.enter()
    return queries.allegations_of(file)


def test_who_reads_no_justice_finds_no_page_and_no_word_of_it(district: District, file: UUID) -> None:
    with cast.building():
        clinic = cast.seat(cast.make_unit("clinic", cast.DISTRICT, "health_care"))
    join(district.coordinator, file, clinic.unit.pk)
    father = father_in(district, file)
    row = alleged(district, file, SaidSuspect("parent", person=father.pk))
    browser = cast.browser_of(clinic)
    base = f"/people/{file}/allegations/"
    for address in (base, f"{base}add/", f"{base}{row.pk}/", f"{base}add/{father.pk}/"):
        assert browser.get(address).status_code == 404, address
    assert browser.post(f"{base}{row.pk}/take-back/").status_code == 404
    for address in (f"/people/{file}/", f"/people/{file}/{father.pk}/"):
        shown = browser.get(address)
        assert shown.status_code == 200
        assert "/allegations/" not in shown.content.decode()


def test_the_closed_matters_are_those_of_the_list(district: District, file: UUID) -> None:
    father = father_in(district, file)
    alleged(district, file, SaidSuspect("parent", person=father.pk))
    assert set(allowed(district, father)) == {matter.code for matter in rules.MATTERS}


def test_the_database_groups_roles_as_the_list_does(db: None) -> None:
    enter_system("test")
    with as_owner(), connection.cursor() as cursor:
        for role in rules.SUSPECT_ROLES:
            cursor.execute("SELECT coalesce(people.role_group(%s), '')", [role.code])
            assert cursor.fetchone() == (role.more["group"],)
