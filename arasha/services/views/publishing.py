"""The directory's open data, for everybody."""

import gzip

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.kernel.access import policy
from arasha.services.queries import published
from arasha.services.rules import hsds

REASON = "the directory of help is for everybody; what is protected stands in no open data"


@policy.public(reason=REASON)
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the open data are, of which day, and under which licence."""
    found = published(whole=False)
    context = {"page_title": _("Open data: the directory of help"), "found": found, "hsds": hsds}
    return render(request, "services/open_data.html", context)


@policy.public(reason=REASON)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Give the services as one list, as it was made for the day."""
    found = published()
    if found is None:
        raise Http404
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    content = found.content if packed else gzip.decompress(found.content)
    headers = {"Content-Disposition": f'attachment; filename="services-{found.day}.json"', "Vary": "Accept-Encoding"}
    if packed:
        headers["Content-Encoding"] = "gzip"
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)
