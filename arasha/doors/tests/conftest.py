"""The public's pages as their process serves them: no session, no database; storage in memory and two regions."""

import os
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import Settings

from arasha.doors.tests.boxes import Storage, installed
from arasha.doors.views import page
from arasha.kernel.vault.rules import DataKey
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from tests.database import as_owner

REGIONS = [
    ("Алматы облысы", [("191600000", "Қонаев"), ("196200000", "Талғар ауданы")]),
    ("Жамбыл облысы", [("311000000", "Тараз"), ("314000000", "Жамбыл ауданы")]),
]
MIDDLEWARE = ["arasha.ui.middleware.LanguageMiddleware", "arasha.ui.middleware.PrivacyHeadersMiddleware"]
CONTEXT = [
    "django.template.context_processors.request",
    "django.template.context_processors.i18n",
    "arasha.ui.context.page",
]


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Storage:
    """What the pages send, and what they find."""
    settings.MIDDLEWARE = MIDDLEWARE
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": CONTEXT},
        }
    ]
    key = DataKey(os.urandom(32))
    monkeypatch.setattr(page, "page_key", lambda: key)
    monkeypatch.setattr(page, "_kind", lambda: "production")
    monkeypatch.setattr(page, "places", lambda: REGIONS)
    monkeypatch.setattr(transaction, "atomic", nullcontext)
    return installed(monkeypatch)


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance, under the shipped procedures."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()
