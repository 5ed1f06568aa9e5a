"""Addresses of entry and removal."""

from django.urls import path

from arasha.care.views import entering, listing, removing

app_name = "care"
urlpatterns = [
    path("files/<uuid:dossier>/entry/", entering.entry, name="entry"),
    path("files/<uuid:dossier>/removal/", removing.removal, name="removal"),
    path("files/<uuid:dossier>/removal/end/", removing.end, name="end"),
    path("visits/<uuid:visit>/", entering.visit, name="visit"),
    path("removals/", listing.removals, name="removals"),
    path("removals/export.csv", listing.export, name="export"),
]
