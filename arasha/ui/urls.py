"""Addresses of the design system: the choices of language and theme, and the kit."""

from django.urls import path

from arasha.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.set_language, name="language"),
    path("theme/", views.set_theme, name="theme"),
    path("kit/", views.kit, name="kit"),
]
