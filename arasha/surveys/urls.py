"""Addresses of surveys for who runs them and for who oversees them."""

from django.urls import path

from arasha.surveys.views import staff

app_name = "surveys"
urlpatterns = [
    path("", staff.surveys, name="list"),
    path("begin/", staff.begin, name="begin"),
    path("<uuid:survey>/", staff.survey, name="survey"),
    path("<uuid:survey>/slips/", staff.slips, name="slips"),
    path("<uuid:survey>/open/", staff.open_answers, name="open"),
    path("<uuid:survey>/close/", staff.close, name="close"),
    path("<uuid:survey>/document/", staff.document, name="document"),
]
