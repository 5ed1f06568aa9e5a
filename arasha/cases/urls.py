"""Addresses of a child's file: one for each subject."""

from django.urls import path

from arasha.cases.views import considering, frame, lead

app_name = "cases"
urlpatterns = [
    path("offers/", lead.offers, name="offers"),
    path("<uuid:dossier>/safety/", frame.safety, name="safety"),
    path("<uuid:dossier>/concerns/", frame.concerns, name="concerns"),
    path("<uuid:dossier>/words/", frame.words, name="words"),
    path("<uuid:dossier>/household/", frame.household, name="household"),
    path("<uuid:dossier>/considered/", considering.considered, name="considered"),
    path("<uuid:dossier>/documents/", frame.documents, name="documents"),
    path("<uuid:dossier>/lead/", lead.lead, name="lead"),
]
