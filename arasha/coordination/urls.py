"""Addresses of my work, the board and the file."""

from django.urls import path

from arasha.coordination import views

app_name = "coordination"
urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("board/", views.board, name="board"),
    path("cases/", views.cases, name="cases"),
    path("files/<uuid:dossier>/", views.file, name="file"),
]
