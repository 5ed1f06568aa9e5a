"""Addresses of case conferences."""

from django.urls import path

from arasha.conferences.views import deciding, holding, items, listing, papers

app_name = "conferences"
urlpatterns = [
    path("", listing.sittings, name="list"),
    path("new/", holding.new, name="new"),
    path("secretary/", holding.secretary, name="secretary"),
    path("of/<uuid:dossier>/", listing.of_file, name="of_file"),
    path("of/<uuid:dossier>/ask/", holding.wish, name="wish"),
    path("<uuid:sitting>/", listing.sitting, name="sitting"),
    path("<uuid:sitting>/put-on/", holding.put_on, name="put_on"),
    path("<uuid:sitting>/leave-out/", holding.leave_out, name="leave_out"),
    path("<uuid:sitting>/end/", holding.end, name="end"),
    path("<uuid:sitting>/agenda.pdf", papers.agenda, name="agenda"),
    path("items/<uuid:item>/", items.item, name="item"),
    path("items/<uuid:item>/attendance/", deciding.attendance, name="attendance"),
    path("items/<uuid:item>/voice/", deciding.voice, name="voice"),
    path("items/<uuid:item>/decide/", deciding.decide, name="decide"),
    path("items/<uuid:item>/put-off/", deciding.put_off, name="put_off"),
    path("items/<uuid:item>/urgent/", deciding.urgent, name="urgent"),
    path("items/<uuid:item>/confirm/", deciding.confirm, name="confirm"),
    path("items/<uuid:item>/differ/", deciding.differ, name="differ"),
    path("items/<uuid:item>/minutes/", deciding.minutes, name="sign"),
    path("minutes/<uuid:minutes>/", papers.minutes, name="minutes"),
    path("minutes/<uuid:minutes>/print/", papers.print_minutes, name="print"),
]
