"""Addresses of certificates for who issues them."""

from django.urls import path

from arasha.prevention.views import confirming, staff

app_name = "certificates"
urlpatterns = [
    path("", staff.certificates, name="list"),
    path("issue/", staff.issue, name="issue"),
    path("export.csv", staff.export, name="export"),
    path("waiting/", confirming.waiting, name="waiting"),
    path("waiting/<uuid:certificate>/", confirming.confirm, name="confirm"),
    path("<uuid:certificate>/", staff.certificate, name="certificate"),
    path("<uuid:certificate>/print/", staff.print_certificate, name="print"),
    path("<uuid:certificate>/withdraw/", staff.withdraw, name="withdraw"),
    path("<uuid:certificate>/decide/", staff.decide, name="decide"),
]
