"""Addresses of the people of a file."""

from django.urls import path

from arasha.people.views import adoption, alleged, family, linked, matching, pages, registers

app_name = "people"
PERSON = "<uuid:dossier>/<uuid:person>/"
LOAD = "registers/<uuid:source>/<uuid:load>/"
urlpatterns = [
    path("matches/", matching.matches, name="matches"),
    path("matches/<uuid:match>/", matching.match, name="match"),
    path("matches/<uuid:match>/decide/", matching.decide, name="decide"),
    path("linked/", linked.linked, name="linked"),
    path("registers/", registers.registers, name="registers"),
    path("registers/add/", registers.add, name="register_add"),
    path("registers/<uuid:source>/", registers.register, name="register"),
    path(LOAD, registers.load, name="register_load"),
    path(f"{LOAD}reading/", registers.reading, name="register_reading"),
    path(f"{LOAD}progress/", registers.progress, name="register_progress"),
    path(f"{LOAD}rejected/", registers.rejected, name="register_rejected"),
    path(f"{LOAD}take-back/", registers.take_back, name="register_take_back"),
    path(f"{LOAD}<slug:what>/", registers.step, name="register_step"),
    path("<uuid:dossier>/", family.family, name="family"),
    path("<uuid:dossier>/add/", family.add, name="add"),
    path("<uuid:dossier>/allegations/", alleged.allegations, name="allegations"),
    path("<uuid:dossier>/allegations/add/", alleged.add, name="allege"),
    path("<uuid:dossier>/allegations/add/<uuid:person>/", alleged.add, name="allege_person"),
    path("<uuid:dossier>/allegations/<uuid:allegation>/", alleged.status, name="allegation_status"),
    path("<uuid:dossier>/allegations/<uuid:allegation>/take-back/", alleged.take_back, name="take_back_allegation"),
    path(PERSON, pages.person, name="person"),
    path(f"{PERSON}take-back/", pages.take_back, name="take_back"),
    path(f"{PERSON}adoption/", adoption.adoption, name="adoption"),
    path(f"{PERSON}adoption/seal/", adoption.seal, name="seal_adoption"),
    path(f"{PERSON}adoption/tell/", adoption.tell, name="tell_adoption"),
    path(f"{PERSON}adoption/lift/", adoption.lift, name="lift_adoption"),
    path(f"{PERSON}<slug:code>/", pages.block, name="block"),
]
