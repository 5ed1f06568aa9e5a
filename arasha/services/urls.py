"""Addresses of the directory."""

from django.urls import path

from arasha.services.views import editing, finding, listing, own, package, pages, proposals, room

app_name = "services"
urlpatterns = [
    path("", finding.find, name="find"),
    path("offerings/<uuid:offered>/", finding.offering, name="offering"),
    path("keep/", listing.entries, name="keep"),
    path("keep/again/", listing.again, name="again"),
    path("keep/add/", editing.add_provider, name="add_provider"),
    path("keep/<uuid:provider>/", pages.provider, name="provider"),
    path("keep/<uuid:provider>/change/", editing.change_provider, name="change_provider"),
    path("keep/<uuid:provider>/sites/add/", editing.add_site, name="add_site"),
    path("keep/sites/<uuid:site>/change/", editing.change_site, name="change_site"),
    path("keep/sites/<uuid:site>/link/", pages.link, name="link"),
    path("keep/sites/<uuid:site>/offerings/add/", editing.add_offering, name="add_offering"),
    path("keep/offerings/<uuid:offering>/change/", editing.change_offering, name="change_offering"),
    path("keep/offerings/<uuid:offering>/confirm/", pages.confirm, name="confirm"),
    path("keep/proposals/<uuid:answer>/", proposals.proposal, name="proposal"),
    path("keep/proposals/<uuid:answer>/vouch/", proposals.vouch, name="vouch"),
    path("own/", own.sites, name="own"),
    path("own/sites/<uuid:site>/", own.site, name="own_site"),
    path("own/offerings/<uuid:offering>/", own.offering, name="own_offering"),
    path("room/<uuid:offering>/", room.room, name="room"),
    path("package/", package.package, name="package"),
]
