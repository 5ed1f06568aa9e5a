"""Addresses of the helpline."""

from django.urls import path

from arasha.helpline.views import figures, lines

app_name = "helpline"
urlpatterns = [
    path("figures/", figures.figures, name="figures"),
    path("figures/file/", figures.file, name="figures_file"),
    path("figures/past/", figures.past, name="past_figures"),
    path("lines/", lines.lines, name="lines"),
    path("lines/<uuid:line>/end/", lines.end_line, name="end_line"),
]
