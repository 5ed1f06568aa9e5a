"""The public's pages as their process serves them: no session, the public's role, the real tables."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from arasha.doors import door
from arasha.doors.tests.boxes import Storage
from arasha.doors.views import page
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.services.tests.directory import Directory
from tests.database import as_owner

MIDDLEWARE = [
    "arasha.ui.middleware.LanguageMiddleware",
    "arasha.ui.middleware.PrivacyHeadersMiddleware",
    "arasha.doors.tests.boxes.PublicRole",
]
CONTEXT = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "arasha.ui.context.page",
]


def serve_as_the_public(settings: Settings) -> None:
    """Answer with the public's middleware and templates, with no place in mind."""
    settings.MIDDLEWARE = MIDDLEWARE
    engine = "django.template.backends.django.DjangoTemplates"
    settings.TEMPLATES = [{"BACKEND": engine, "APP_DIRS": True, "OPTIONS": {"context_processors": CONTEXT}}]
    page.forget_places()


@pytest.fixture
def storage(district: cast.District, settings: Settings) -> Storage:
    """What the pages send, and what they find."""
    serve_as_the_public(settings)
    door.forget_tries()
    return Storage(district)


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance, under the shipped procedures."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()


@pytest.fixture
def directory(db: None, settings: Settings) -> Directory:
    """Return who keeps the directory that these pages are answered from."""
    serve_as_the_public(settings)
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return Directory.made()
