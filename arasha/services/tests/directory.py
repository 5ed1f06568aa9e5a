"""A directory for tests: who keeps it in Saryagash, in its region and next door, and what stands in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.test import Client

from arasha.kernel.access.models import User
from arasha.kernel.access.rules import Actor
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.services import actions
from arasha.services.rules import OfferingSaid, ProviderSaid, SiteSaid
from tests.database import as_owner, as_role

NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Asia/Almaty"))
DISTRICT = cast.PLACE
VILLAGE = "615430100"
REGION = "610000000"
NEXT_DISTRICT = "613800000"
ELSEWHERE = "750000000"

FAMILY_SUPPORT = ProviderSaid(
    name_kk="Сарыағаш отбасын қолдау орталығы",
    name_ru="Сарыагашский центр поддержки семьи",
    name_en="Saryagash family support centre",
    kind="family_support",
    ownership="state",
    territory=DISTRICT,
)
OFFICE = SiteSaid(
    territory=DISTRICT,
    address_kk="Исмаилов көшесі, 1",
    address_ru="ул. Исмаилова, 1",
    phone="+7 725 372 11 22",
    hours=[[0, "09:00", "18:00"]],
)
HELP = OfferingSaid(
    service="family_support",
    level="secondary",
    age_from=0,
    age_to=17,
    languages=["kk", "ru"],
    needs=["parenting", "family_conflict"],
    served=[DISTRICT],
    cost="free",
)
REFUGE = ProviderSaid(
    name_kk="«Үміт» дағдарыс орталығы", kind="crisis_centre", ownership="ngo", territory=REGION, source="akimat's list"
)
HIDDEN = SiteSaid(protected=True, territory=REGION, phone="+7 725 250 00 01", around_the_clock=True)
SHELTER = OfferingSaid(
    service="emergency_shelter",
    level="tertiary",
    sexes="all",
    with_parent="yes",
    son_to=12,
    needs=["safe_place", "violence"],
    served=[REGION],
    conditions=["police_statement"],
    cost="free",
)


@dataclass
class Directory:
    """Who reads and keeps the directory."""

    district: Person
    region: Person
    neighbour: Person
    nurse: Person
    school: Person

    @classmethod
    def made(cls) -> "Directory":
        """Build it, as the owner."""
        with cast.building():
            return cls(
                district=cast.make_person(cast.make_unit("coordination", "coordination_district")),
                region=cast.make_person(cast.make_unit("region", "coordination_region", place=REGION)),
                neighbour=cast.make_person(cast.make_unit("neighbour", "coordination_district", place=NEXT_DISTRICT)),
                nurse=cast.make_person(cast.make_unit("clinic", "health_care")),
                school=cast.make_person(cast.make_unit("school", "education_school")),
            )


@contextmanager
def acting(person: Person) -> Iterator[Actor]:
    """Act as this person; each action opens its own act."""
    with transaction.atomic():
        yield person.enter()
    cast.leave()


def entered(
    person: Person, provider: ProviderSaid = FAMILY_SUPPORT, site: SiteSaid = OFFICE, offering: OfferingSaid = HELP
) -> tuple[UUID, UUID, UUID]:
    """Enter a provider with one site and one offering; returns their ids."""
    with acting(person) as actor:
        provider_id = actions.add_provider(actor=actor, said=provider, now=NOW)
        site_id = actions.add_site(actor=actor, provider_id=provider_id, said=site, now=NOW)
        offering_id = actions.add_offering(actor=actor, site_id=site_id, said=offering, now=NOW)
    return provider_id, site_id, offering_id


def browser_of(person: Person, *, language: str = "en") -> Client:
    """Return a browser in which the person is signed in and reads that language."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    with as_owner():
        user = User.objects.get(pk=person.user_id)
    store[SESSION_KEY] = str(person.user_id)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["post"] = person.post_id
    store.save()
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return browser


def answered(person: Person, site: UUID, said: Mapping[str, object]) -> UUID:
    """Answer over a link that this keeper made, as whoever holds it; returns the proposal."""
    with acting(person) as actor:
        token = actions.make_link(actor=actor, site_id=site, now=datetime.now(UTC))
    proposal = uuid4()
    with as_role("arasha_public"):
        actions.put_proposal(actor=None, token=token, proposal=proposal, said=said, now=datetime.now(UTC))
    return proposal
