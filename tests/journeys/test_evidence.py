"""A child sends a photo that says where it was: helpers see it without that, the investigator has it as it came."""

import hashlib
import io
import re
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.test import Client

from arasha.doors import actions as doors
from arasha.doors.models import Parcel
from arasha.doors.rules import Telling
from arasha.doors.tasks import keep_all, open_all
from arasha.evidence.models import Exhibit
from arasha.evidence.tests import hostile
from arasha.kernel.access.models import Look
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.signals.models import Signal
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
CODE = ("апа", "бала", "дала", "жаңа", "қала", "сана")
CANARY = "canary-0b7e"
PHOTO = hostile.photo(CANARY)


class House:
    """A district, a school with its head, and a child who sent two pictures."""

    def __init__(self) -> None:
        with as_owner():
            declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
        self.district: District = cast.make_district()
        with cast.building():
            self.director = cast.seat(cast.make_unit("school", DISTRICT, "education_school"))
        with as_role("arasha_public"):
            telling = Telling("child", territory=DISTRICT, words="Мені мектепте ұрады.", institution_kind="school")
            doors.post_telling(telling=telling, code=CODE, ticket=uuid4())
            parcels = [sent("IMG_1.jpg", intimate=False), sent("IMG_2.jpg", intimate=True)]
            assert doors.send_parcels(code=CODE, parcels=parcels) == 2
        with as_owner():  # one transaction of a test is one moment; in life the second came after the first
            Parcel.objects.filter(pk=parcels[0]).update(received_at=NOW)
        open_all(NOW)
        keep_all(NOW)
        with as_owner():
            self.signal = Signal.objects.latest("received_at")

    @property
    def page(self) -> str:
        return f"/evidence/{self.signal.dossier_id}/"


def sent(name: str, *, intimate: bool) -> Any:
    parcel = doors.begin_parcel(name=name, intimate=intimate)
    parcel.put(PHOTO)
    parcel.end()
    return parcel.id


@pytest.fixture
def house(db: None) -> House:
    return House()


def pressed(browser: Client, page: str, button: str) -> Any:
    """Press a button of a page, which must have it."""
    content = browser.get(page).content.decode()
    assert f'action="{page}{button}/"' in content, button
    return browser.post(f"{page}{button}/")


def test_a_worker_sees_a_copy_without_the_place_and_never_an_original(house: House) -> None:
    browser = cast.browser_of(house.district.coordinator)
    assert house.page in browser.get(f"/signals/{house.signal.pk}/").content.decode()
    assert house.page in browser.get(f"/files/{house.signal.dossier_id}/").content.decode()
    listed = browser.get(house.page).content.decode()
    assert "Clean copy" in listed
    assert "Intimate picture" in listed
    assert "IMG_1" not in listed
    one = browser.get(f"{house.page}1/").content.decode()
    assert "Not scanned for viruses" in one
    assert "original/" not in one
    assert hashlib.sha256(PHOTO).hexdigest() not in one
    shown = browser.get(f"{house.page}1/look/").content.decode()
    (address,) = re.findall(r'<img class="a-exhibit" src="([^"]+)"', shown)
    picture = browser.get(address)
    assert picture.headers["Content-Disposition"].startswith("attachment")
    assert CANARY.encode() not in picture.content
    copy = pressed(browser, f"{house.page}1/", "copy")
    assert copy.content == picture.content
    for hidden in ("1/original/", "1/custody/", "2/original/", "2/custody/", "2/copy/"):
        assert browser.post(house.page + hidden).status_code == 404, hidden
    for hidden in ("2/look/", "2/picture/"):
        assert browser.get(house.page + hidden).status_code == 404, hidden


def test_the_investigator_gets_the_original_and_its_custody_record(house: House) -> None:
    browser = cast.browser_of(house.district.police_head)
    page = browser.get(f"{house.page}2/").content.decode()
    assert hashlib.sha256(PHOTO).hexdigest() in page
    assert "IMG_2.jpg" in page
    assert "Look at the clean copy" not in page
    original = pressed(browser, f"{house.page}2/", "original")
    assert original.content == PHOTO
    assert original.headers["Content-Disposition"].startswith("attachment")
    record = pressed(browser, f"{house.page}2/", "custody")
    text = " ".join(found.extract_text() for found in pypdf.PdfReader(io.BytesIO(record.content)).pages)
    for words in ("Received", "Original hashed and sealed", "Marked as an intimate picture", "the hash matches"):
        assert words in text
    assert "Original downloaded" in text
    with as_owner():
        assert Look.objects.filter(dossier=house.signal.dossier_id, kind="export", user=house.district.police_head.user)


def test_the_head_of_the_institution_and_strangers_find_nothing(house: House) -> None:
    for person in (house.director, house.district.neighbour, house.district.doctor):
        browser = cast.browser_of(person)
        for address in ("", "1/", "1/look/", "1/picture/"):
            assert browser.get(house.page + address).status_code == 404
        for address in ("1/copy/", "1/original/", "1/custody/", "1/mark/", "1/investigator/"):
            assert browser.post(house.page + address).status_code == 404


def test_a_worker_marks_a_picture_unseen(house: House) -> None:
    browser = cast.browser_of(house.district.coordinator)
    assert pressed(browser, f"{house.page}1/", "mark").status_code == 302
    page = browser.get(f"{house.page}1/").content.decode()
    assert "Look at the clean copy" not in page
    assert "1/mark/" not in page
    assert browser.get(f"{house.page}1/picture/").status_code == 404
    with as_owner():
        assert Exhibit.objects.get(number=1).copy_id is None


def test_the_lead_has_an_original_opened_to_the_investigator(house: House) -> None:
    browser = cast.browser_of(house.district.coordinator)
    assert pressed(browser, f"{house.page}1/", "investigator").status_code == 302
    keep_all(NOW)
    assert "The original was opened to" in browser.get(f"{house.page}1/").content.decode()
    opened = pressed(cast.browser_of(house.district.police_head), f"{house.page}1/", "original")
    assert opened.content == PHOTO


def test_who_was_barred_after_the_fact_is_not_handed_anything(house: House) -> None:
    """The officer is somebody whom the child must be kept from: the next in line gets it, they find nothing."""
    barred: Person = house.district.police_head
    cast.sweeper()
    with act(verb="note", stream=dossier_stream(house.signal.dossier_id), now=NOW):
        cast.put_bars(house.signal.dossier_id, [{"user_id": barred.user}])
    browser = cast.browser_of(barred)
    assert browser.get(house.page).status_code == 404
    assert browser.post(f"{house.page}2/original/").status_code == 404
    assert pressed(cast.browser_of(house.district.coordinator), f"{house.page}1/", "mark").status_code == 302
    keep_all(NOW)
    with as_owner():
        assert Exhibit.objects.get(number=1).handed_unit_id == house.district.inspector.unit.pk
