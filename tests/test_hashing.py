"""Tests hash lightly, and nobody else does."""

from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher, check_password, identify_hasher, make_password

from arasha.config import settings as house
from tests.hashing import LightScrypt


def test_an_installation_hashes_at_full_price() -> None:
    assert house.PASSWORD_HASHERS == ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    assert ScryptPasswordHasher.work_factor >= 2**14


def test_tests_hash_lightly_by_the_same_algorithm() -> None:
    written = make_password("горы высоки")
    assert isinstance(identify_hasher(written), LightScrypt)
    assert settings.PASSWORD_HASHERS == ["tests.hashing.LightScrypt"]
    assert check_password("горы высоки", written)
    assert not check_password("горы низки", written)
