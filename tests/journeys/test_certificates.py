"""A certificate from the course to the court: issued, checked on a telephone, withdrawn by two, checked again."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import override_settings

from arasha.doors import door
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.prevention.models import Certificate
from arasha.prevention.tests.conftest import PUBLIC
from arasha.prevention.tests.issuing import checked
from arasha.services.tests.directory import browser_of
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(db: None) -> tuple[Person, Person]:
    """Two people of a family support centre."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    with cast.building():
        unit = cast.make_unit("centre", "family_support")
        return cast.make_person(unit), cast.make_person(unit)


def on_a_telephone(number: str) -> str:
    """Return the page that whoever was shown the paper gets."""
    door.forget_tries()
    with override_settings(ROOT_URLCONF="arasha.config.public_urls", MIDDLEWARE=PUBLIC):
        return str(checked(number).content.decode())


def test_from_the_course_to_the_court_and_back(centre: tuple[Person, Person]) -> None:
    trainer, head = (browser_of(one) for one in centre)
    finished = datetime.now(UTC).date() - timedelta(days=2)
    typed = {
        "once": uuid4(),
        "programme": "adoptive_parents",
        "entry": "4/2026",
        "completed_on": f"{finished:%d.%m.%Y}",
    }
    page = trainer.post("/certificates/issue/", typed)
    number = page.content.decode().split('a-code">')[1].split("<")[0]
    with as_owner():
        row = Certificate.objects.get(entry="4/2026").pk
    paper = trainer.post(f"/certificates/{row}/print/", {"number": number, "holder": "Әлия Н.", "language": "kk"})
    assert paper.content.startswith(b"%PDF")
    assert ">Valid<" in on_a_telephone(number)
    assert "4/2026" not in on_a_telephone(number)

    trainer.post(f"/certificates/{row}/withdraw/", {"reason": "mistake"})
    trainer.post(f"/certificates/{row}/decide/", {"verdict": "withdraw"})
    assert ">Valid<" in on_a_telephone(number)
    head.post(f"/certificates/{row}/decide/", {"verdict": "withdraw"})
    withdrawn = on_a_telephone(number)
    assert ">Invalid<" in withdrawn
    assert on_a_telephone("AAAA-AAAA-AAAA-AAAA") == withdrawn
