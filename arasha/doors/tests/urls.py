"""The URL table of the process that serves the public, as far as these tests need it."""

from django.urls import include, path

urlpatterns = [path("", include("arasha.doors.urls"))]
