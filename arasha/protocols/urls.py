"""Addresses of procedures."""

from django.urls import path

from arasha.protocols.views import acts, changing, comparing, pages, trying

app_name = "protocols"
VERSION = "<slug:code>/<int:number>/"
urlpatterns = [
    path("", pages.listed, name="list"),
    path("draft/", changing.drafting, name="draft"),
    path("acts/", acts.listed, name="acts"),
    path("acts/<slug:key>/", acts.page, name="act"),
    path(VERSION, pages.page, name="page"),
    path(VERSION + "picture/", pages.picture, name="picture"),
    path(VERSION + "try/", trying.page, name="trying"),
    path(VERSION + "file/", changing.file, name="file"),
    path(VERSION + "decide/", changing.decide, name="decide"),
    path(VERSION + "difference/<int:other>/", comparing.page, name="difference"),
]
