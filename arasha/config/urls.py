"""The URL table's root; the table itself is composed in arasha.web."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
