"""Addresses of the open data, mounted at /help/data/ in the process that serves the public."""

from django.urls import path

from arasha.services.views import publishing

app_name = "open_data"
urlpatterns = [
    path("", publishing.about, name="about"),
    path("services.json", publishing.services, name="services"),
]
