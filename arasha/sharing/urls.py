"""Addresses of consent and sharing, below those of the file."""

from django.urls import path

from arasha.sharing.views import giving, page, paper

app_name = "sharing"
urlpatterns = [
    path("", page.of_file, name="of_file"),
    path("consent/", giving.consent, name="consent"),
    path("without/", giving.without, name="without"),
    path("paper/", paper.paper, name="paper"),
    path("consent/<uuid:consent>/withdraw/", page.withdraw, name="withdraw"),
    path("consent/<uuid:consent>/share/", page.share, name="share"),
    path("share/<uuid:share>/end/", page.end, name="end"),
]
