"""Addresses of the people of a file."""

from django.urls import path

from arasha.people.views import alleged, family, linked, matching, pages

app_name = "people"
urlpatterns = [
    path("matches/", matching.matches, name="matches"),
    path("matches/<uuid:match>/", matching.match, name="match"),
    path("matches/<uuid:match>/decide/", matching.decide, name="decide"),
    path("linked/", linked.linked, name="linked"),
    path("<uuid:dossier>/", family.family, name="family"),
    path("<uuid:dossier>/add/", family.add, name="add"),
    path("<uuid:dossier>/allegations/", alleged.allegations, name="allegations"),
    path("<uuid:dossier>/allegations/add/", alleged.add, name="allege"),
    path("<uuid:dossier>/allegations/add/<uuid:person>/", alleged.add, name="allege_person"),
    path("<uuid:dossier>/allegations/<uuid:allegation>/", alleged.status, name="allegation_status"),
    path("<uuid:dossier>/allegations/<uuid:allegation>/take-back/", alleged.take_back, name="take_back_allegation"),
    path("<uuid:dossier>/<uuid:person>/", pages.person, name="person"),
    path("<uuid:dossier>/<uuid:person>/take-back/", pages.take_back, name="take_back"),
    path("<uuid:dossier>/<uuid:person>/<slug:code>/", pages.block, name="block"),
]
