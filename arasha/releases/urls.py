"""Addresses of requests for what files hold."""

from django.urls import path

from arasha.releases.views import answering, listing, taking, yearly

app_name = "releases"
urlpatterns = [
    path("", listing.requests, name="list"),
    path("new/", taking.new, name="new"),
    path("letter.pdf", taking.letter, name="letter"),
    path("year/", yearly.year, name="year"),
    path("year/<int:of>.csv", yearly.year_csv, name="year_csv"),
    path("year/<int:of>.xlsx", yearly.year_xlsx, name="year_xlsx"),
    path("year/<int:of>-list.xlsx", yearly.year_list, name="year_list"),
    path("of/<uuid:dossier>/", listing.of_file, name="of_file"),
    path("<uuid:filerequest>/", answering.one, name="one"),
    path("<uuid:filerequest>/match/", answering.match, name="match"),
    path("<uuid:filerequest>/end/", answering.end, name="end"),
    path("<uuid:filerequest>/propose/", answering.propose, name="propose"),
    path("<uuid:filerequest>/decide/", answering.decide, name="decide"),
    path("<uuid:filerequest>/hand-over/", answering.hand_over, name="hand_over"),
]
