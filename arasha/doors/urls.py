"""Addresses of the doors: `urlpatterns` in the public's own process, `staff_patterns` where workers are signed in."""

from django.urls import URLPattern, path

from arasha.doors.views import tellers

app_name = "doors"
urlpatterns: list[URLPattern] = []

staff_patterns = [
    path("", tellers.waiting, name="waiting"),
    path("<uuid:dossier>/", tellers.talk, name="talk"),
]
