"""Addresses of signals."""

from django.urls import path

from arasha.signals import views
from arasha.signals.views import closing, noticed, opening, receipt, reporting

app_name = "signals"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("report/", reporting.report, name="report"),
    path("noticed/", noticed.noticed, name="noticed"),
    path("noticed/<uuid:noticed>/", noticed.one, name="noticed_one"),
    path("noticed/<uuid:noticed>/dismiss/", noticed.dismiss, name="noticed_dismiss"),
    path("noticed/<uuid:noticed>/signal/", noticed.make_signal, name="noticed_signal"),
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
