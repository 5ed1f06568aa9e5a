"""Addresses of emergencies."""

from django.urls import path

from arasha.emergency.views import entering, lifting, reading

app_name = "emergency"
urlpatterns = [
    path("", reading.listed, name="list"),
    path("declare/", entering.declare, name="declare"),
    path("<uuid:emergency>/", reading.one, name="emergency"),
    path("<uuid:emergency>/end/", entering.end, name="end"),
    path("<uuid:emergency>/conditions/", lifting.conditions, name="conditions"),
    path("<uuid:emergency>/body/", entering.standing, name="standing"),
]
