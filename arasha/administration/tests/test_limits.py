"""The limits of tries are shared between processes and outlast a request that fails."""

import pytest
from django.conf import settings
from django.core.cache.backends.db import DatabaseCache
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.database import ClonedDatabase, use


def test_a_count_outlasts_the_rollback_of_its_request(
    cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.DATABASES, "cache", dict(settings.DATABASES["cache"]))
    use(settings.DATABASES["cache"], cloned_database.app)
    first, second = (DatabaseCache("administration_cache", {}) for _ in range(2))
    with django_db_blocker.unblock(), cloned_database.as_default():
        with transaction.atomic():
            first.set("tries", [1.0, 2.0], 60)
            transaction.set_rollback(True)
        assert second.get("tries") == [1.0, 2.0]
        assert second.add("tries", [], 60) is False
        second.delete("tries")
        assert first.get("tries") is None
