"""Which connection carries what: the cache has its own, outside the request's transaction."""

from typing import Any


class CacheRouter:
    """Send the framework's cache table to the connection `cache`, leave all else where it is."""

    def db_for_read(self, model: type[Any], **hints: Any) -> str | None:
        """Return where to read."""
        return "cache" if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read
