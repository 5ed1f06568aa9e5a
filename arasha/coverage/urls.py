"""Addresses of infrastructure."""

from django.urls import path

from arasha.coverage.views import entering, needs, reading

app_name = "infrastructure"
urlpatterns = [
    path("", reading.overview, name="overview"),
    path("commitments/", reading.commitments, name="list"),
    path("commitments/export.csv", reading.export_csv, name="csv"),
    path("commitments/export.xlsx", reading.export_xlsx, name="xlsx"),
    path("commitments/add/", entering.add_commitment, name="add"),
    path("commitments/<uuid:commitment>/", reading.commitment, name="commitment"),
    path("commitments/<uuid:commitment>/step/", entering.add_step, name="step"),
    path("needs/", needs.needs, name="needs"),
    path("needs/add/", entering.add_need, name="add_need"),
]
