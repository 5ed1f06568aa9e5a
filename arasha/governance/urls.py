"""Addresses of pilots."""

from django.urls import path

from arasha.governance.views import describing, reading, stepping

app_name = "pilots"
urlpatterns = [
    path("", reading.pilots, name="list"),
    path("export.csv", reading.export_csv, name="csv"),
    path("export.xlsx", reading.export_xlsx, name="xlsx"),
    path("add/", describing.add, name="add"),
    path("<uuid:pilot>/", reading.pilot, name="pilot"),
    path("<uuid:pilot>/change/", describing.change, name="change"),
    path("<uuid:pilot>/services/", describing.services, name="services"),
    path("<uuid:pilot>/evaluate/", stepping.evaluate, name="evaluate"),
    path("<uuid:pilot>/extend/", stepping.extend, name="extend"),
    path("<uuid:pilot>/decide/", stepping.decide, name="decide"),
    path("<uuid:pilot>/correct/", stepping.correct, name="correct"),
]
