"""Pages: what they say and to whom, 404 for who may not, hostile words, double sends, the paper for the family."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.utils.html import escape
from pypdf import PdfReader

from arasha.kernel.access.models import Look
from arasha.obligations.tests import cast
from arasha.sharing.models import Consent, Share
from arasha.sharing.tests.cast import UNTIL, Family
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") $x$ <script>alert(1)</script>'
SUSPECT = "Ерлан"


def typed(family: Family, **more: Any) -> dict[str, Any]:
    day = {f"until_{number}": part for number, part in enumerate((UNTIL.day, UNTIL.month, UNTIL.year))}
    given = {"once": uuid4(), "giver": f"adult:{family.mother}", "answer": "given", "purposes": ["learning"]}
    given |= {"unit": family.team.outsider.unit.pk, "parts": ["education"], "way": "paper", **day}
    return given | {"until": UNTIL.isoformat(), "witness": "", "wishes": "", "why": ""} | more


def address(family: Family, path: str = "") -> str:
    return f"/files/{family.dossier}/sharing/{path}"


def test_an_answer_is_written_shared_and_taken_back_on_the_pages(family: Family) -> None:
    lead = cast.browser_of(family.team.lead)
    said = typed(family, wishes=HOSTILE)
    for _twice in range(2):
        answer = lead.post(address(family, "consent/"), said)
        assert (answer.status_code, answer.headers["Location"]) == (302, address(family))
    with as_owner():
        (consent,) = Consent.objects.all()
    page = lead.get(address(family)).content.decode()
    assert escape(HOSTILE) in page
    assert "<script>alert" not in page
    lead.post(address(family, f"consent/{consent.pk}/share/"))
    assert family.reads(family.team.outsider)
    page = lead.get(address(family)).content.decode()
    assert "The file was opened to it" in page
    lead.post(address(family, f"consent/{consent.pk}/withdraw/"))
    assert not family.reads(family.team.outsider)
    page = lead.post(address(family, f"consent/{consent.pk}/withdraw/"), follow=True).content.decode()
    assert "A colleague was faster" in page
    assert "The consent was withdrawn" in page
    page = lead.post(address(family, f"consent/{consent.pk}/share/"), follow=True).content.decode()
    assert "See whether there is another ground" in page


def test_what_is_missing_is_said_at_its_field(family: Family) -> None:
    lead = cast.browser_of(family.team.lead)
    wrong: tuple[dict[str, Any], ...] = (
        {"parts": []},
        {"way": ""},
        {"unit": "x"},
        {"giver": f"adult:{family.dossier}"},
    )
    for more in wrong:
        assert lead.post(address(family, "consent/"), typed(family, **more)).status_code == 422
    assert lead.post(address(family, "without/"), {"ground": "danger"}).status_code == 422
    with as_owner():
        assert not Consent.objects.exists()


def test_a_suspect_is_in_no_list_and_learns_of_nothing(family: Family) -> None:
    family.allege(family.father)
    lead = cast.browser_of(family.team.lead)
    for path in ("consent/", "paper/"):
        page = lead.get(address(family, path)).content.decode()
        assert str(family.mother) in page
        assert str(family.father) not in page
    said = typed(family, giver=f"adult:{family.father}")
    assert lead.post(address(family, "consent/"), said).status_code == 422
    printed = lead.post(address(family, "paper/"), {"reader": f"adult:{family.father}", "language": "kk"})
    assert printed.status_code == 422


def test_urgent_help_is_offered_the_grounds(family: Family) -> None:
    lead = cast.browser_of(family.team.lead)
    assert "Urgent help waits for no consent" in lead.get(address(family)).content.decode()
    said = typed(family, ground="danger", words=HOSTILE)
    assert lead.post(address(family, "without/"), said).status_code == 302
    with as_owner():
        (share,) = Share.objects.all()
    assert escape(HOSTILE) in lead.get(address(family)).content.decode()
    lead.post(address(family, f"share/{share.pk}/end/"))
    assert not family.reads(family.team.outsider)


def test_what_is_not_theirs_is_not_there(family: Family) -> None:
    consent = family.agreed()
    share = family.shared(consent)
    paths = ("", "consent/", "without/", "paper/")
    steps = (f"consent/{consent.pk}/withdraw/", f"consent/{consent.pk}/share/", f"share/{share.pk}/end/")
    for who in (family.team.outsider, family.team.teacher, family.team.district.neighbour):
        browser = cast.browser_of(who)
        assert {browser.get(address(family, path)).status_code for path in paths} == {404}
        assert {browser.post(address(family, path)).status_code for path in steps} == {404}
    assert family.reads(family.team.outsider)
    doctor = cast.browser_of(family.team.doctor)
    assert doctor.get(address(family)).status_code == 200
    assert doctor.get(address(family, "without/")).status_code == 404
    assert doctor.post(address(family, f"share/{share.pk}/end/")).status_code == 404


@pytest.mark.parametrize(
    ("language", "says"),
    [("kk", "Баланыз туралы кім оқиды"), ("ru", "Кто читает о вашем ребёнке"), ("en", "Who reads about your child")],
)
def test_the_familys_paper_says_who_reads_and_names_no_person(family: Family, language: str, says: str) -> None:
    family.shared()
    lead = cast.browser_of(family.team.lead)
    said = {"reader": f"adult:{family.mother}", "language": language}
    page = lead.post(address(family, "paper/"), {**said, "how": "page"}).content.decode()
    assert family.team.outsider.unit.name_kk in page
    assert "111" in page
    printed = lead.post(address(family, "paper/"), {**said, "how": "pdf"})
    text = "".join(one.extract_text() for one in PdfReader(BytesIO(printed.content)).pages)
    assert family.team.outsider.unit.name_kk.split()[0] in text
    for name in ("Аяру", "Әсел", SUSPECT):
        assert name not in text
        assert name not in page.split("<main")[1]
    with as_owner():
        assert Look.objects.filter(dossier=family.dossier, kind="export").exists()


def test_a_child_gets_the_paper_from_14_on_in_words_of_its_own(of_14: Family) -> None:
    lead = cast.browser_of(of_14.team.lead)
    page = lead.post(address(of_14, "paper/"), {"reader": "child", "language": "en", "how": "page"}).content.decode()
    assert "Who reads about you" in page


def test_a_child_below_14_is_nobody_for_whom_it_is_printed(family: Family) -> None:
    lead = cast.browser_of(family.team.lead)
    assert lead.post(address(family, "paper/"), {"reader": "child", "language": "en"}).status_code == 422
