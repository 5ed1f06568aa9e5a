"""Addresses of the medical-social register."""

from django.urls import path

from arasha.medical_social.views import listing, papers, register

app_name = "medical_social"
urlpatterns = [
    path("", listing.kept, name="list"),
    path("<uuid:dossier>/", register.register, name="register"),
    path("<uuid:dossier>/print/", papers.card, name="card"),
]
