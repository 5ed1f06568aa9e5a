"""Addresses of the people of a file."""

from django.urls import path

from arasha.people.views import family, matching, pages

app_name = "people"
urlpatterns = [
    path("matches/", matching.matches, name="matches"),
    path("matches/<uuid:match>/", matching.match, name="match"),
    path("matches/<uuid:match>/decide/", matching.decide, name="decide"),
    path("<uuid:dossier>/", family.family, name="family"),
    path("<uuid:dossier>/add/", family.add, name="add"),
    path("<uuid:dossier>/<uuid:person>/", pages.person, name="person"),
    path("<uuid:dossier>/<uuid:person>/take-back/", pages.take_back, name="take_back"),
    path("<uuid:dossier>/<uuid:person>/<slug:code>/", pages.block, name="block"),
]
