"""Whoever leads a file writes down its people; everything about them may be missing."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from arasha.cases.models import Case
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act, Change
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.people import actions, models, queries
from arasha.people.rules import Described, IinInvalid, Name, birth_said
from arasha.ui.rules import UnknownCode
from tests.database import as_owner
from tests.people.children import TODAY, case_of, child_of, described, join

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
# Of the shared test vectors: a valid number of a girl born on 14 March 2014.
IIN = "140314600014"


@pytest.fixture
def guardianship(district: District) -> Person:
    with cast.building():
        return cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))


def test_a_child_without_name_paper_or_birth_is_registered(district: District) -> None:
    file = case_of(district.coordinator, Described(), absent="not_registered")
    child = child_of(district.coordinator, file)
    assert (child.called, child.birth_how, child.sex) == ("", "unknown", "unknown")


def test_the_case_bears_the_name_that_its_child_is_given_later(district: District) -> None:
    file = case_of(district.coordinator, described("", "Аяру", kind="said"))
    child = child_of(district.coordinator, file)
    actor = district.coordinator.enter()
    name = Name("Нұрғалиева", "Аяру", "Серікқызы")
    actions.name_person(actor=actor, person=child.pk, kind="document", name=name, now=LATER)
    birth = birth_said(year=2014, month=3, on=TODAY)
    actions.set_birth(actor=actor, person=child.pk, birth=birth, now=LATER)
    case = Case.objects.get(dossier=file)
    assert (case.child_called, case.child_age) == ("Нұрғалиева Аяру Серікқызы", 12)


def test_a_new_name_ends_the_earlier_one_of_its_kind_and_both_stay(district: District) -> None:
    file = case_of(district.coordinator, described("Ким", "Анна", year=2012))
    child = child_of(district.coordinator, file)
    actor, since = district.coordinator.enter(), date(2026, 6, 1)
    name = Name("Ахметова", "Анна")
    actions.name_person(actor=actor, person=child.pk, kind="document", name=name, since=since, now=LATER)
    rows = queries.card(child).names
    assert {(row.surname, row.until) for row in rows} == {("Ким", since), ("Ахметова", None)}


@pytest.mark.parametrize("name", [Name(), Name("  ", "1", "%"), Name("…")])
def test_a_name_without_a_letter_is_none(district: District, name: Name) -> None:
    child = child_of(district.coordinator, case_of(district.coordinator, described("Ким", "Анна")))
    with pytest.raises(actions.NothingSaid):
        actions.name_person(actor=district.coordinator.enter(), person=child.pk, kind="used", name=name, now=LATER)


def test_what_is_on_no_list_is_refused_and_nothing_is_written(district: District) -> None:
    file = case_of(district.coordinator, described("Ким", "Анна"))
    actor = district.coordinator.enter()
    for role, sex in (("nobody", "girl"), ("carer", "both")):
        with pytest.raises(UnknownCode):
            actions.register(actor=actor, dossier=file, role=role, described=Described(sex=sex), now=LATER)
    with pytest.raises(IinInvalid):
        actions.register(actor=actor, dossier=file, role="carer", described=Described(), iin="140314600015", now=LATER)
    assert len(queries.people_of(actor, file)) == 1


def test_a_stranger_neither_reads_nor_writes_the_people_of_a_file(district: District) -> None:
    file = case_of(district.coordinator, described("Ким", "Анна"))
    child = child_of(district.coordinator, file)
    for stranger in (district.neighbour, district.doctor, district.nation):
        actor = stranger.enter()
        assert queries.find(actor, child.pk) is None
        with pytest.raises(actions.PersonNotThere):
            actions.register(actor=actor, dossier=file, role="kin", described=Described(), now=LATER)
        with pytest.raises(actions.PersonNotThere):
            actions.set_birth(actor=actor, person=child.pk, birth=birth_said(year=2010, on=TODAY), now=LATER)
        with pytest.raises(actions.PersonNotThere):
            actions.set_birth(actor=actor, person=uuid4(), birth=birth_said(year=2010, on=TODAY), now=LATER)


def test_a_fact_about_a_person_of_another_file_is_refused_by_the_database_like_one_about_nobody(
    district: District,
) -> None:
    mine = case_of(district.coordinator, described("Ким", "Анна"))
    theirs = child_of(district.coordinator, case_of(district.coordinator, described("Пак", "Ольга")))
    assert refused_fact(mine, theirs.pk) == refused_fact(mine, uuid4())


def refused_fact(file: UUID, person: UUID) -> str:
    """Return with which words the database refuses a name in a file for a person who does not stand in it."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), cast.building():
        models.PersonName.objects.create(dossier_id=file, person_id=person, kind="used", given="X", recorded_at=NOW)
    return str(refused.value).split("DETAIL")[0]


def test_each_fact_is_an_act_whose_codes_say_neither_name_nor_number(district: District, guardianship: Person) -> None:
    file = case_of(guardianship, described("Нұрғалиева", "Аяру"), iin=IIN)
    child = child_of(guardianship, file)
    actor = guardianship.enter()
    actions.keep_paper(actor=actor, person=child.pk, kind="birth_certificate", number="АЖ 0123456", now=LATER)
    actions.keep_contact(
        actor=actor, person=child.pk, kind="phone", whose="mother", safe="never", value="+7 701 123 45 67", now=LATER
    )
    with as_owner():
        acts = list(Act.objects.filter(stream_key=str(file)).values_list("verb", "codes"))
        changed = str(list(Change.objects.filter(table_name__startswith="people_").values_list("columns", flat=True)))
    assert {"register_person", "keep_paper", "keep_contact"} <= {verb for verb, _codes in acts}
    for secret in ("Нұрғалиева", "Аяру", IIN, "0123456", "701 123"):
        assert secret not in str(acts)
        assert secret not in changed


def papers_read_by(who: Person, file: UUID) -> tuple[bool, list[str]]:
    child = child_of(who, file)
    card = queries.card(child)
    return card.papers_shown, [str(getattr(one.row, "kind", "")) for one in card.papers]


def test_papers_are_read_by_who_leads_unless_their_function_is_closed_to_them(
    district: District, guardianship: Person
) -> None:
    file = case_of(guardianship, described("Дана"), absent="not_registered")
    assert papers_read_by(guardianship, file) == (True, ["absent"])
    join(guardianship, file, district.inspector.unit.pk)
    assert papers_read_by(district.inspector, file) == (False, [])
    own = case_of(district.coordinator, described("Дана"), absent="not_registered")
    assert papers_read_by(district.coordinator, own) == (False, [])
    with as_owner():
        assert models.Paper.objects.filter(dossier=own).count() == 1


def test_to_the_police_a_child_with_papers_and_one_without_are_alike_in_every_row(district: District) -> None:
    seen = []
    for given in ({"iin": IIN}, {"absent": "foreign"}, {}):
        file = case_of(district.coordinator, described("Дана", "Ким", year=2014), **given)
        join(district.coordinator, file, district.inspector.unit.pk)
        child = child_of(district.inspector, file)
        card = queries.card(child)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM people_paper WHERE dossier_id = %s", [file])
            rows = cursor.fetchone()
        verbs = sorted(Act.objects.filter(stream_key=str(file)).values_list("verb", flat=True))
        seen.append((card.papers, card.papers_shown, rows, verbs))
    assert seen[0] == seen[1] == seen[2]


def test_a_paper_is_kept_by_who_may_read_it_only(district: District) -> None:
    file = case_of(district.coordinator, described("Дана"))
    join(district.coordinator, file, district.inspector.unit.pk)
    child = child_of(district.inspector, file)
    with pytest.raises(actions.PersonNotThere):
        actions.keep_paper(actor=district.inspector.enter(), person=child.pk, kind="iin", number=IIN, now=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Paper.objects.create(dossier_id=child.dossier_id, person=child, kind="absent", recorded_at=NOW)


def test_an_interpreter_is_not_of_the_family(district: District) -> None:
    file = case_of(district.coordinator, described("Нұрғалиева", "Аяру"))
    child, actor = child_of(district.coordinator, file), district.coordinator.enter()
    mother = described("Нургалиева", "Сауле")
    actions.register(actor=actor, dossier=file, role="carer", described=mother, now=LATER)
    said = {"languages": ["sign"], "ways": ["signs"], "interpreter": "sign"}
    for kin in ("Сәуле Нұрғалиева", "Нургалиева Сауле"):
        with pytest.raises(actions.InterpreterIsKin):
            actions.note_communication(actor=actor, person=child.pk, **said, interpreter_called=kin, now=LATER)  # type: ignore[arg-type]
    actions.note_communication(actor=actor, person=child.pk, **said, interpreter_called="Болат Ким", now=LATER)  # type: ignore[arg-type]
    found = queries.talking_with(file)
    assert found is not None
    assert (found.interpreter, found.languages) == ("sign", ["sign"])


def test_a_protected_address_is_not_read_by_the_lead_without_a_grant(district: District, guardianship: Person) -> None:
    file = case_of(guardianship, described("Аяру"))
    child = child_of(guardianship, file)
    with pytest.raises(actions.PersonNotThere):
        actions.keep_address(
            actor=guardianship.enter(), person=child.pk, kind="refuge", territory=DISTRICT, line="…", now=LATER
        )
    actions.keep_address(
        actor=guardianship.enter(), person=child.pk, kind="lives", territory=DISTRICT, line="Абай 1", now=LATER
    )
    [one] = queries.card(child).addresses
    assert one.said == {"line": "Абай 1"}


def test_what_was_written_in_error_is_taken_back_and_stays_in_the_record(district: District) -> None:
    file = case_of(district.coordinator, described("Ким", "Анна"))
    child, actor = child_of(district.coordinator, file), district.coordinator.enter()
    wrong = actions.name_person(actor=actor, person=child.pk, kind="used", name=Name(given="Аня"), now=LATER)
    actions.end_fact(actor=actor, what="name", fact=wrong.pk, now=LATER)
    assert [row.kind for row in queries.card(child).names] == ["document"]
    with pytest.raises(actions.PersonNotThere):
        actions.end_fact(actor=actor, what="name", fact=wrong.pk, now=LATER)
    with pytest.raises(UnknownCode):
        actions.end_fact(actor=actor, what="person", fact=wrong.pk, now=LATER)
    with pytest.raises(actions.PersonNotThere):
        actions.remove_person(actor=actor, person=child.pk, now=LATER)


def test_kin_are_of_one_file_and_nobody_is_their_own(district: District) -> None:
    file = case_of(district.coordinator, described("Ким", "Анна"))
    other = child_of(district.coordinator, case_of(district.coordinator, described("Пак", "Ольга")))
    child, actor = child_of(district.coordinator, file), district.coordinator.enter()
    mother = actions.register(actor=actor, dossier=file, role="carer", described=described("Ким", "Вера"), now=LATER)
    actions.relate(actor=actor, person=mother.pk, other=child.pk, kind="mother", now=LATER)
    with pytest.raises(actions.KinOfThemselves):
        actions.relate(actor=actor, person=child.pk, other=child.pk, kind="sibling", now=LATER)
    with pytest.raises(actions.PersonNotThere):
        actions.relate(actor=actor, person=mother.pk, other=other.pk, kind="mother", now=LATER)
    family = queries.family_of(actor, file)
    assert [(tie.person_id, tie.kind, tie.other_id) for tie in family.ties] == [(mother.pk, "mother", child.pk)]


def test_what_an_adult_may_needs_a_reason_that_fits(district: District) -> None:
    file = case_of(district.coordinator, described("Ким", "Анна"))
    actor = district.coordinator.enter()
    father = actions.register(actor=actor, dossier=file, role="carer", described=described("Ким", "Олег"), now=LATER)
    with pytest.raises(ValueError, match="alleged"):
        actions.set_standing(actor=actor, person=father.pk, matter="see", allowed=True, reason="alleged", now=LATER)
    for matter in ("consent", "see", "told", "invited"):
        actions.set_standing(actor=actor, person=father.pk, matter=matter, allowed=False, reason="alleged", now=LATER)
    assert {row.allowed for row in queries.card(father).standings.values()} == {False}


def test_the_documents_facet_is_open_to_no_function_of_the_police(district: District) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM access_function WHERE (reads | writes) & (1::bigint << %s) <> 0 ORDER BY code",
            [int(Facet.DOCUMENTS)],
        )
        open_to = {code for (code,) in cursor.fetchall()}
    assert open_to == {"guardianship", "ombudsperson", "social_protection"}
