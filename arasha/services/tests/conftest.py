"""Fixtures of the directory's tests."""

import pytest

from arasha.services.tests.directory import Directory


@pytest.fixture
def directory(db: None) -> Directory:
    """Return who reads and keeps the directory."""
    return Directory.made()
