"""Addresses of the directory's tables, mounted at /services/."""

from django.urls import path

from arasha.services.views import exporting, importing

app_name = "directory_exchange"
urlpatterns = [
    path("keep/import/", importing.tables, name="tables"),
    path("keep/import/template.xlsx", importing.template, name="template"),
    path("keep/import/<uuid:table>/", importing.load, name="load"),
    path("keep/import/<uuid:table>/progress/", importing.progress, name="progress"),
    path("keep/import/<uuid:table>/rejected/", importing.rejected, name="rejected"),
    path("keep/import/<uuid:table>/<slug:what>/", importing.step, name="step"),
    path("keep/export.<slug:kind>", exporting.own, name="own"),
    path("export.<slug:kind>", exporting.found, name="found"),
]
