"""The URL table of the process that serves the public: doors, class surveys, certificates, whether it lives."""

from django.urls import URLPattern, URLResolver, include, path

from arasha.doors import door

urlpatterns: list[URLPattern | URLResolver] = [
    path("-/live", door.live, name="live"),
    path("class/", include("arasha.surveys.public_urls")),
    path("certificate/", include("arasha.prevention.public_urls")),
    path("said/", include("arasha.participation.public_urls")),
    path("help/data/", include("arasha.services.data_urls")),
    path("", include("arasha.doors.urls")),
]

handler400 = "arasha.doors.door.bad_request"
handler403 = "arasha.doors.door.permission_denied"
handler404 = "arasha.doors.door.page_not_found"
handler500 = "arasha.doors.door.server_error"
