"""Who issues certificates in these tests, and the process of the public."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import override_settings

from arasha.doors import door
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

PUBLIC = (
    "arasha.doors.door.PublicDoor",
    "arasha.ui.middleware.PrivacyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "arasha.ui.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
)


@dataclass
class Issuers:
    """Two people of a centre that issues, one of another centre, and one of a school that does not."""

    first: Person
    second: Person
    neighbour: Person
    school: Person


@pytest.fixture
def issuers(db: None) -> Issuers:
    """Make them, as the owner."""
    with cast.building():
        centre = cast.make_unit("centre", "family_support")
        return Issuers(
            first=cast.make_person(centre),
            second=cast.make_person(centre),
            neighbour=cast.make_person(cast.make_unit("other_centre", "family_support", "guardianship")),
            school=cast.make_person(cast.make_unit("school", "education_school")),
        )


@pytest.fixture
def public_process() -> Iterator[None]:
    """Serve what the public's process serves."""
    door.forget_tries()
    with override_settings(ROOT_URLCONF="arasha.config.public_urls", MIDDLEWARE=PUBLIC):
        yield
    door.forget_tries()
