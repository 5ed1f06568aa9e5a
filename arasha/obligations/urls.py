from django.urls import path

from arasha.obligations import views

app_name = "obligations"
urlpatterns = [path("<uuid:obligation>/", views.page, name="page")]
