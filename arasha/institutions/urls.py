"""Addresses of institutions."""

from django.urls import path

from arasha.institutions.views import pages

app_name = "institutions"
urlpatterns = [
    path("institutions/", pages.institutions, name="list"),
    path("institutions/list.csv", pages.export, name="table"),
    path("institutions/<int:institution>/", pages.one, name="one"),
    path("files/<uuid:dossier>/institutions/", pages.of_file, name="of_file"),
]
