"""Addresses of a child's file: one for each subject."""

from django.urls import path

from arasha.cases.views import considering, frame, happened, hearing, injuring, lead, stating, taking

app_name = "cases"
urlpatterns = [
    path("offers/", lead.offers, name="offers"),
    path("<uuid:dossier>/safety/", frame.safety, name="safety"),
    path("<uuid:dossier>/concerns/", frame.concerns, name="concerns"),
    path("<uuid:dossier>/words/", frame.words, name="words"),
    path("<uuid:dossier>/household/", frame.household, name="household"),
    path("<uuid:dossier>/considered/", considering.considered, name="considered"),
    path("<uuid:dossier>/documents/", frame.documents, name="documents"),
    path("<uuid:dossier>/happened/", happened.happened, name="happened"),
    path("<uuid:dossier>/happened/new/", happened.new_incident, name="new_incident"),
    path("<uuid:dossier>/happened/pdf/", taking.take_happened, name="take_happened"),
    path("<uuid:dossier>/happened/<uuid:incident>/", happened.incident, name="incident"),
    path("<uuid:dossier>/happened/<uuid:incident>/change/", happened.change_incident, name="change_incident"),
    path("<uuid:dossier>/happened/<uuid:incident>/strike/", happened.strike_incident, name="strike_incident"),
    path("<uuid:dossier>/happened/<uuid:incident>/people/", happened.link_incident, name="link_incident"),
    path("<uuid:dossier>/statements/", stating.statements, name="statements"),
    path("<uuid:dossier>/injuries/", injuring.injuries, name="injuries"),
    path("<uuid:dossier>/injuries/pdf/", taking.take_injuries, name="take_injuries"),
    path("<uuid:dossier>/hearing/", hearing.hearing, name="hearing"),
    path("<uuid:dossier>/hearing/facts/", hearing.facts, name="facts"),
    path("<uuid:dossier>/lead/", lead.lead, name="lead"),
]
