"""The URL table of the process that serves the public, as far as these tests need it."""

from django.urls import include, path

urlpatterns = [
    # A place that was found leads to what children said of it.
    path("said/", include("arasha.participation.public_urls")),
    path("", include("arasha.doors.urls")),
]
