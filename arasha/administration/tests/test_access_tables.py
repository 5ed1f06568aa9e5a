"""Who sees what: a lawyer signs the tables, another person confirms, and what changes afterwards is not signed off."""

import uuid

import pytest
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client

from arasha.administration import actions, queries
from arasha.administration.actions.calling import call
from arasha.administration.models import SignOff
from arasha.administration.rules.access_tables import differences, grounds
from arasha.administration.tests.people import Member, declare, make_member, sign_in
from arasha.kernel.access.models import PartFacet
from arasha.kernel.access.rules import Conflict, NotThere, Refused
from arasha.kernel.access.rules.facets import Facet
from arasha.kernel.access.rules.matrix import of_functions, of_parts
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.journal.models import Act, Change
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ADDRESS = "/access-tables/"


class Law:
    """Two lawyers, the ombudsperson, an administrator, a nurse."""

    def __init__(self) -> None:
        with cast.building():
            office = cast.make_unit("lawyers", "legal_review")
            self.lawyer, self.colleague = cast.make_person(office), cast.make_person(office)
            self.ombudsperson = cast.make_person(cast.make_unit("ombudsperson", "ombudsperson"))
            self.administrator = cast.make_person(cast.make_unit("accounts", "administration"))
            self.nurse = cast.make_person(cast.make_unit("clinic", "health_care"))


@pytest.fixture
def law() -> Law:
    return Law()


def sign(person: Person, digest: str | None = None) -> uuid.UUID:
    """Sign the tables as somebody."""
    actor = person.enter()
    assert actor.moment is not None
    return actions.sign_tables(
        actor=actor, now=actor.moment, digest=queries.access_tables().digest if digest is None else digest
    )


def confirm(person: Person, signoff: uuid.UUID) -> None:
    """Confirm as somebody."""
    actor = person.enter()
    assert actor.moment is not None
    actions.confirm_signoff(actor=actor, now=actor.moment, signoff=signoff)


def change_a_cell() -> None:
    """Let a part see one facet more, as a new version of the reference data would."""
    with as_owner():
        PartFacet.objects.filter(part="informed", facet=Facet.HEALTH.value).update(reads=True)


def test_the_tables_are_those_that_hold(law: Law) -> None:
    law.nurse.enter()
    tables = queries.access_tables().tables
    for kind, masks in (("parts", of_parts()), ("functions", of_functions())):
        assert tables[kind].keys() == masks.keys()
        for row, (reads, writes) in masks.items():
            for facet in Facet:
                wanted = "rw" if writes >> facet & 1 else "r" if reads >> facet & 1 else ""
                assert tables[kind][row][facet.name.lower()] == wanted


@pytest.mark.parametrize("second", ["colleague", "ombudsperson"])
def test_a_lawyer_signs_and_another_person_confirms(law: Law, second: str) -> None:
    number = sign(law.lawyer)
    assert queries.last_signed() is None
    confirm(getattr(law, second), number)
    found = queries.last_signed()
    assert found is not None
    assert (found.pk, found.signed_by_id, found.confirmed_by_id) == (
        number,
        law.lawyer.user_id,
        getattr(law, second).user_id,
    )
    with cast.building():
        assert list(Act.objects.filter(stream_key="facets").order_by("seq").values_list("verb", flat=True)) == [
            "sign_tables",
            "confirm_signoff",
        ]
        assert Change.objects.filter(table_name="administration_signoff", row_key=str(number)).count() == 2


@pytest.mark.parametrize("who", ["ombudsperson", "administrator", "nurse"])
def test_nobody_else_signs(law: Law, who: str) -> None:
    with pytest.raises(Refused):
        sign(getattr(law, who))
    with cast.acting(getattr(law, who)), pytest.raises(Refused):
        call("sign_tables", uuid.uuid4(), "x", casts="%s::uuid, %s")  # the database asks, too


@pytest.mark.parametrize("who", ["lawyer", "administrator", "nurse"])
def test_neither_the_signer_nor_who_has_no_say_confirms(law: Law, who: str) -> None:
    number = sign(law.lawyer)
    with pytest.raises(Refused):
        confirm(getattr(law, who), number)
    with pytest.raises(NotThere):
        confirm(law.ombudsperson, uuid.uuid4())


def test_what_changed_meanwhile_is_neither_signed_nor_confirmed_and_is_shown(law: Law) -> None:
    law.lawyer.enter()
    digest = queries.access_tables().digest
    number = sign(law.lawyer)
    with pytest.raises(Conflict):
        sign(law.colleague)  # signed already
    confirm(law.ombudsperson, number)
    with pytest.raises(Conflict):
        confirm(law.colleague, number)
    change_a_cell()
    with pytest.raises(Conflict):
        sign(law.lawyer, digest)
    found = queries.access_tables()
    last = queries.last_signed()
    assert last is not None
    assert queries.signed(found.digest) is None
    (one,) = differences(last.tables, found.tables)
    assert (one.table, one.row, one.facet, one.before, one.after) == ("parts", "informed", "health", "", "r")


def test_nobody_writes_a_sign_off_by_hand(law: Law) -> None:
    with cast.acting(law.lawyer), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        SignOff.objects.create(digest="x", tables={}, signed_by_id=law.lawyer.user_id, signed_at=cast.NOW)


def test_rows_that_came_and_went_differ_in_each_cell() -> None:
    before = {"parts": {"old": {"health": "r", "plan": ""}}, "functions": {}}
    after = {"parts": {"new": {"health": "rw"}}, "functions": {}}
    found = [(one.row, one.facet, one.before, one.after) for one in differences(before, after)]
    assert found == [("new", "health", "", "rw"), ("old", "health", "r", "")]


def test_grounds_are_of_functions_that_there_are() -> None:
    assert grounds().keys() <= of_functions().keys()


def members() -> dict[str, Member]:
    """People with accounts."""
    cache.clear()  # the limits of signing in count across tests
    declare("training")
    functions = {"lawyer": "legal_review", "ombud": "ombudsperson", "nurse": "health_care", "admin": "administration"}
    return {login: make_member(login, function) for login, function in functions.items()}


def fresh(member: Member) -> Client:
    """Somebody who has just shown their second factor again."""
    browser = sign_in(member)
    assert browser.post("/account/confirm/", {"code": member.code(1), "next": ADDRESS}).status_code == 302
    return browser


def test_the_page_says_not_signed_off_until_two_people_have() -> None:
    people = members()
    stale = sign_in(people["lawyer"]).post(f"{ADDRESS}sign/", {"digest": "x"})
    assert stale.headers["Location"].startswith("/account/confirm/")
    cache.clear()
    lawyer, ombudsperson = fresh(make_member("lawyer2", "legal_review")), fresh(people["ombud"])
    page = lawyer.get(f"{ADDRESS}?language=en")
    assert (page.status_code, page.context["never"], page.context["may_sign"]) == (200, True, True)
    assert lawyer.post(f"{ADDRESS}sign/", {"digest": "wrong"}).status_code == 302
    assert lawyer.get(ADDRESS).context["signoff"] is None
    lawyer.post(f"{ADDRESS}sign/", {"digest": page.context["digest"]})
    found = lawyer.get(ADDRESS)
    assert (found.context["state"].kind, found.context["may_confirm"]) == ("wait", False)
    number = str(ombudsperson.get(ADDRESS).context["signoff"].pk)
    for wrong in ("", "x", number[:-1]):
        assert ombudsperson.post(f"{ADDRESS}confirm/", {"signoff": wrong}).status_code == 404
    ombudsperson.post(f"{ADDRESS}confirm/", {"signoff": number})
    assert ombudsperson.get(ADDRESS).context["state"].kind == "met"
    change_a_cell()
    changed = lawyer.get(ADDRESS)
    assert (changed.context["state"].kind, len(changed.context["differences"])) == ("late", 1)


def test_who_has_nothing_to_do_with_the_tables_finds_no_page() -> None:
    people = members()
    nurse, administrator = sign_in(people["nurse"]), sign_in(people["admin"])
    for address in (ADDRESS, f"{ADDRESS}sign/", f"{ADDRESS}confirm/"):
        assert nurse.get(address).status_code == 404
        assert nurse.post(address).status_code == 404
    page = administrator.get(ADDRESS)
    assert (page.status_code, page.context["may_sign"], page.context["may_confirm"]) == (200, False, False)
    assert administrator.post(f"{ADDRESS}sign/", {"digest": page.context["digest"]}).status_code == 404
