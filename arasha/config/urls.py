"""The URL table's root; the table itself is composed in arasha.web."""

from arasha.web.urls import urlpatterns

__all__ = ["urlpatterns"]
