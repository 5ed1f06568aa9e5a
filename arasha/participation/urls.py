"""Addresses of feedback for those who invite, supervise and answer."""

from django.urls import path

from arasha.participation.views import staff

app_name = "participation"
urlpatterns = [
    path("", staff.supervise, name="supervise"),
    path("files/<uuid:dossier>/", staff.invite, name="invite"),
    path("words/<uuid:text>/", staff.decide, name="decide"),
    path("offerings/<uuid:offered>/", staff.offering, name="offering"),
]
