"""The public's pages as their own process serves them, with a table of URLs that has something to refuse."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from arasha.config.soundness.figures import database_now
from arasha.doors import door
from arasha.kernel.worktime.models import Instance
from tests.database import as_owner
from tests.public import served


@pytest.fixture(autouse=True)
def _nobody_tried_yet() -> Iterator[None]:
    door.forget_tries()
    yield
    door.forget_tries()


@pytest.fixture
def public(db: None, settings: Settings) -> Client:
    """A browser in front of the door; the applications stay those of the tests' own process."""
    with as_owner():
        Instance.objects.create(kind="training", declared_at=database_now())
    served.serve_tests_pages(settings, "arasha.example.kz")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    return Client(raise_request_exception=False, HTTP_HOST="arasha.example.kz", HTTP_X_FORWARDED_FOR="203.0.113.7")
