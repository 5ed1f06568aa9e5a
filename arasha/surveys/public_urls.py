"""Addresses for pupils, mounted at /class/ in the process that serves the public: two, whatever is answered."""

from django.urls import path

from arasha.surveys.views import pupils

app_name = "survey"
urlpatterns = [
    path("", pupils.survey, name="survey"),
    path("end/", pupils.end, name="end"),
]
