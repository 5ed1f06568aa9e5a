"""Addresses of growing up."""

from django.urls import path

from arasha.adulthood.views import deeds, growing, pages

app_name = "adulthood"
urlpatterns = [
    path("", pages.ageing, name="list"),
    path("<uuid:dossier>/", growing.of_file, name="aftercare"),
    path("<uuid:dossier>/record/<str:point>/", growing.record, name="record"),
    path("of/<uuid:dossier>/", pages.of_file, name="of_file"),
    path("of/<uuid:dossier>/new/", deeds.new, name="new"),
    path("<uuid:application>/move/", deeds.move, name="move"),
    path("<uuid:application>/grant/", deeds.grant, name="grant"),
    path("<uuid:application>/dismiss/", deeds.dismiss, name="dismiss"),
    path("<uuid:application>/withdraw/", deeds.withdraw, name="withdraw"),
]
