"""The URL table's root: what is composed in arasha.web, and the figures."""

from django.urls import path

from arasha.config.soundness import door
from arasha.web.urls import urlpatterns as composed

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("-/metrics", door.metrics, name="metrics"), *composed]

handler400 = "arasha.ui.views.bad_request"
handler403 = "arasha.ui.views.permission_denied"
handler404 = "arasha.ui.views.page_not_found"
handler500 = "arasha.ui.views.server_error"
