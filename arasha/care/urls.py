"""Addresses of entry and removal."""

from django.urls import path

from arasha.care.views import asking, entering, listing, outing, planning, removing, safe_word

app_name = "care"
urlpatterns = [
    path("files/<uuid:dossier>/entry/", entering.entry, name="entry"),
    path("files/<uuid:dossier>/safe-word/", safe_word.safe_word, name="safe_word"),
    path("files/<uuid:dossier>/removal/", removing.removal, name="removal"),
    path("files/<uuid:dossier>/entry/plan/", planning.own, name="plan_own"),
    path("files/<uuid:dossier>/removal/people/", asking.people, name="people"),
    path("files/<uuid:dossier>/removal/end/", removing.end, name="end"),
    path("visits/", outing.mine, name="outings"),
    path("visits/safe/", outing.safe, name="safe"),
    path("visits/longer/", outing.longer, name="longer"),
    path("visits/out/", outing.out_now, name="out_now"),
    path("visits/out/<uuid:outing>/found/", outing.found, name="found"),
    path("visits/<uuid:visit>/", entering.visit, name="visit"),
    path("visits/<uuid:visit>/plan/", planning.plan, name="plan"),
    path("visits/<uuid:visit>/cancel/", planning.cancel, name="cancel"),
    path("removals/", listing.removals, name="removals"),
    path("removals/export.csv", listing.export, name="export"),
]
