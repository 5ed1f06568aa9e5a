"""Addresses of signals."""

from django.urls import path

from arasha.signals import views
from arasha.signals.views import closing, noticed, opening, receipt, reporting, ways

app_name = "signals"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("report/", reporting.report, name="report"),
    path("noticed/", noticed.noticed, name="noticed"),
    path("noticed/<uuid:noticed>/", noticed.one, name="noticed_one"),
    path("noticed/<uuid:noticed>/dismiss/", noticed.dismiss, name="noticed_dismiss"),
    path("noticed/<uuid:noticed>/signal/", noticed.make_signal, name="noticed_signal"),
    path("second-readings/", ways.second_readings, name="second_readings"),
    path("second-readings/<uuid:dossier>/", ways.second_reading, name="second_reading"),
    path("file/<uuid:dossier>/hindrance/", ways.hindrance, name="hindrance"),
    path("file/<uuid:dossier>/company/", ways.company, name="company"),
    path("file/<uuid:dossier>/company/left/", ways.company_left, name="company_left"),
    path("<uuid:signal>/", views.page, name="page"),
    path("<uuid:signal>/bar/", closing.bar, name="bar"),
    path("<uuid:signal>/take/", views.take, name="take"),
    path("<uuid:signal>/close/", views.close, name="close"),
    path("<uuid:signal>/join/", views.join, name="join"),
    path("<uuid:signal>/leave/", views.leave, name="leave"),
    path("<uuid:signal>/case/", opening.open_case, name="open_case"),
]

# Beside the house's other doors: whoever reads a receipt is not signed in.
receipt_patterns = [
    path("", receipt.receipt, name="receipt"),
    path("proof/", receipt.proof, name="proof"),
]
