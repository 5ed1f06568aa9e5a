from django.urls import path

from arasha.obligations import views

app_name = "obligations"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("seen/", views.seen, name="seen"),
    path("<uuid:obligation>/", views.page, name="page"),
    path("<uuid:obligation>/evidence/<slug:proof>/", views.evidence, name="evidence"),
    path("<uuid:obligation>/letter/", views.letter, name="letter"),
    path("<uuid:obligation>/<slug:name>/", views.deed, name="deed"),
]
