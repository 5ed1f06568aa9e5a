"""Addresses of received files, for who is signed in."""

from django.urls import path

from arasha.evidence import views

app_name = "evidence"
urlpatterns = [
    path("<uuid:dossier>/", views.exhibits, name="list"),
    path("<uuid:dossier>/<int:number>/", views.exhibit, name="exhibit"),
    path("<uuid:dossier>/<int:number>/look/", views.look, name="look"),
    path("<uuid:dossier>/<int:number>/picture/", views.picture, name="picture"),
    path("<uuid:dossier>/<int:number>/copy/", views.copy, name="copy"),
    path("<uuid:dossier>/<int:number>/original/", views.original, name="original"),
    path("<uuid:dossier>/<int:number>/custody/", views.custody, name="custody"),
    path("<uuid:dossier>/<int:number>/mark/", views.mark, name="mark"),
    path("<uuid:dossier>/<int:number>/investigator/", views.investigator, name="investigator"),
]
