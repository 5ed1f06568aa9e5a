"""A district with two administrators, one above, and one of the neighbours: for tests of administering."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from arasha.kernel.access.actions import create_user
from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Asia/Almaty"))
REGION = "610000000"


@dataclass
class District:
    """Who arranges things in Saryagash, above it and beside it; a clinic and a police unit to arrange."""

    first: Person
    second: Person
    above: Person
    neighbour: Person
    nurse: Person
    clinic: Unit
    police: Unit
    police_post: Post
    clinic_post: Post
    users: list[int] = field(default_factory=list)

    @classmethod
    def made(cls) -> "District":
        """Build it, as the owner."""
        with cast.building():
            office = cast.make_unit("accounts", "administration")
            above = cast.make_person(cast.make_unit("accounts of the region", "administration", place=REGION))
            far = cast.make_unit("accounts of the neighbours", "administration", place=cast.ELSEWHERE)
            clinic, police = cast.make_unit("clinic", "health_care"), cast.make_unit("police", "juvenile_inspection")
            return cls(
                first=cast.make_person(office),
                second=cast.make_person(office),
                above=above,
                neighbour=cast.make_person(far),
                nurse=cast.make_person(clinic),
                clinic=clinic,
                police=police,
                police_post=cast.make_post(police, None),
                clinic_post=cast.make_post(clinic, None),
                users=[create_user(login=uuid.uuid4().hex, name=f"New person {number}") for number in range(3)],
            )
