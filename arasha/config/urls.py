"""The URL table's root; the table itself is composed in arasha.web."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [path("", include("arasha.ui.urls"))]

handler400 = "arasha.ui.views.bad_request"
handler403 = "arasha.ui.views.permission_denied"
handler404 = "arasha.ui.views.page_not_found"
handler500 = "arasha.ui.views.server_error"
