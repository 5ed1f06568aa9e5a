"""Addresses of the team's load and leave."""

from django.urls import path

from arasha.workforce.views import leaving, loads

app_name = "workforce"
urlpatterns = [
    path("caseload/", loads.caseload, name="caseload"),
    path("leave/", leaving.listed, name="leaves"),
    path("leave/new/", leaving.new, name="new_leave"),
    path("leave/<uuid:leave>/", leaving.one, name="leave"),
    path("leave/<uuid:leave>/of/<uuid:dossier>/", leaving.note, name="note"),
]
