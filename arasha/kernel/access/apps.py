from typing import Any

from django.apps import AppConfig
from django.core import checks


class AccessConfig(AppConfig):
    name = "arasha.kernel.access"
    label = "access"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        """Let the house refuse to start while a URL declares no policy."""
        checks.register(every_url_declares_its_policy, checks.Tags.urls)

    def load_reference(self) -> int:
        """Bring functions, facets and the table part × facet to what `data/` says; returns how many rows changed."""
        from arasha.kernel.access.actions import load_reference  # noqa: PLC0415 - models are not ready before

        return load_reference()


def every_url_declares_its_policy(**_: Any) -> list[checks.CheckMessage]:
    """Return an error for each URL without a policy; at run time such a URL answers 404."""
    from arasha.kernel.access.policy import undeclared  # noqa: PLC0415 - models are not ready before

    return [
        checks.Error(f"The URL {route!r} declares no policy", hint="See arasha.kernel.access.policy", id="access.E001")
        for route in undeclared()
    ]
