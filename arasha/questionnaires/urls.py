"""Addresses of forms and their versions."""

from django.urls import path

from arasha.questionnaires.views import comparing, deciding, files, importing, pages

app_name = "questionnaires"
urlpatterns = [
    path("", pages.listed, name="list"),
    path("import/", importing.page, name="import"),
    path("import/faults/", importing.faults, name="faults"),
    path("template/", files.template, name="template"),
    path("<int:number>/", pages.page, name="page"),
    path("<int:number>/decide/", deciding.decide, name="decide"),
    path("<int:number>/difference/<int:other>/", comparing.page, name="difference"),
    path("<int:number>/file/<str:kind>/", files.file, name="file"),
]
