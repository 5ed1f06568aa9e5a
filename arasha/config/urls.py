"""The URL table's root; the table itself is composed in arasha.web."""

from arasha.web.urls import urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

handler400 = "arasha.ui.views.bad_request"
handler403 = "arasha.ui.views.permission_denied"
handler404 = "arasha.ui.views.page_not_found"
handler500 = "arasha.ui.views.server_error"
