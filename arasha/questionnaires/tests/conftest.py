"""Who signs in in the tests of forms' pages, and a file in which forms are filled in."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from arasha.kernel.access.models import User
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.questionnaires.tests.answering_cast import File, make_file
from arasha.questionnaires.tests.ministry import Ministry, make_ministry
from tests.database import as_owner

Browser = Callable[..., Client]


@pytest.fixture
def ministry(db: None) -> Ministry:
    """The people who publish forms, and others."""
    return make_ministry()


@pytest.fixture
def browser(ministry: Ministry) -> Browser:
    """Return a browser in which somebody is signed in and reads a language."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")

    def signed_in(who: str, language: str = "en") -> Client:
        person: Person = getattr(ministry, who)
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        with as_owner():
            user = User.objects.get(pk=person.user_id)
        store[SESSION_KEY] = str(person.user_id)
        store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store["post"] = person.post_id
        store.save()
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    return signed_in


@pytest.fixture
def file(db: None) -> File:
    """One file with a clinic, a school and the unit that leads."""
    with cast.building():
        return make_file()
