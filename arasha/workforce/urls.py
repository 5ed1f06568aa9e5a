"""Addresses of the team's load, leave and supervision."""

from django.urls import path

from arasha.workforce.views import leaving, loads, supervising

app_name = "workforce"
urlpatterns = [
    path("caseload/", loads.caseload, name="caseload"),
    path("leave/", leaving.listed, name="leaves"),
    path("leave/new/", leaving.new, name="new_leave"),
    path("leave/<uuid:leave>/", leaving.one, name="leave"),
    path("leave/<uuid:leave>/of/<uuid:dossier>/", leaving.note, name="note"),
    path("supervision/", supervising.listed, name="supervision"),
    path("supervision/new/", supervising.new, name="new_session"),
    path("supervision/<uuid:session>/", supervising.one, name="session"),
    path("supervision/<uuid:session>/settle/", supervising.settle, name="settle_session"),
    path("supervision/<uuid:session>/move/", supervising.move, name="move_session"),
]
