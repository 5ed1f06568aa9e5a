"""Addresses of certificates for who issues them."""

from django.urls import path

from arasha.prevention.views import staff

app_name = "certificates"
urlpatterns = [
    path("", staff.certificates, name="list"),
    path("issue/", staff.issue, name="issue"),
    path("export.csv", staff.export, name="export"),
    path("<uuid:certificate>/", staff.certificate, name="certificate"),
    path("<uuid:certificate>/print/", staff.print_certificate, name="print"),
    path("<uuid:certificate>/withdraw/", staff.withdraw, name="withdraw"),
    path("<uuid:certificate>/decide/", staff.decide, name="decide"),
]
