"""The settings of the process that serves the public, taken over into the tests' own."""

from pytest_django import Settings

from arasha.config import public

TAKEN_OVER = (
    "MIDDLEWARE",
    "TEMPLATES",
    "AUTHENTICATION_BACKENDS",
    "SECURE_REFERRER_POLICY",
    "DATA_UPLOAD_MAX_MEMORY_SIZE",
    "DATA_UPLOAD_MAX_NUMBER_FIELDS",
    "DATA_UPLOAD_MAX_NUMBER_FILES",
    "FILE_UPLOAD_HANDLERS",
    "SECRET_KEY",
)


def serve_tests_pages(settings: Settings, host: str) -> None:
    """Serve `pages` behind the public's door; the applications stay those of the tests' own process."""
    for name in TAKEN_OVER:
        setattr(settings, name, getattr(public, name))
    settings.ALLOWED_HOSTS, settings.ROOT_URLCONF = [host], "tests.public.pages"
