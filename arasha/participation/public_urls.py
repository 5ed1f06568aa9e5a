"""Addresses for children, mounted at /said/ in the process that serves the public."""

from django.urls import path

from arasha.participation.views import children

app_name = "say"
urlpatterns = [
    path("", children.say, name="say"),
    path("end/", children.end, name="end"),
    path("of/<uuid:offered>/", children.told, name="told"),
]
