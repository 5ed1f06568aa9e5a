"""Addresses of the directory of services, where workers are signed in."""

from django.urls import path

from arasha.services.views import finding

app_name = "services"
urlpatterns = [
    path("", finding.find, name="find"),
    path("offerings/<uuid:offered>/", finding.offering, name="offering"),
]
