"""The addresses of the public's pages, few and saying nothing of who reads or writes there; and the workers' own."""

from django.urls import path

from arasha.doors.views import finder, mailbox, proposing, referring, rights, tellers, telling, uploading

app_name = "doors"

urlpatterns = [
    path("", telling.tell, name="start"),
    path("a/", mailbox.mailbox, name="mailbox"),
    path("f/", uploading.telling_files, name="files"),
    path("a/f/", uploading.mailbox_files, name="mailbox-files"),
    path("p/<slug:token>/", proposing.answer, name="answer"),
    path("r/<slug:token>/", referring.answer, name="referral"),
    path("help/", finder.find, name="find"),
    path("help/list/", finder.wall, name="wall"),
    path("help/points/", finder.points, name="points"),
    path("rights/", rights.index, name="rights"),
    path("rights/<slug:name>/", rights.reader, name="rights-page"),
]

# Where workers are signed in.
staff_patterns = [
    path("", tellers.waiting, name="waiting"),
    path("<uuid:dossier>/", tellers.talk, name="talk"),
]
