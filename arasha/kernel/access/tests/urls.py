"""Addresses for the tests of the door."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from arasha.kernel.access import door, policy
from arasha.kernel.access.models import Dossier
from arasha.kernel.access.policy import ActingRequest
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Refused


@policy.public(reason="a test")
def everybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never")


@policy.signed_in
def self_(request: ActingRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.user_id} {request.actor.post_id} {request.user.pk}")


@policy.may("see_board")
def board(request: HttpRequest) -> HttpResponse:
    return HttpResponse("board")


@policy.may("report_signal")
def file(request: ActingRequest, dossier: UUID) -> HttpResponse:
    found = visible_dossiers(request.actor).filter(pk=dossier).first()
    if found is None:
        raise Http404
    return HttpResponse(str(found.pk))


@policy.may("report_signal")
def refused(request: HttpRequest, dossier: UUID) -> HttpResponse:
    raise Refused


@policy.may("report_signal")
def lazily(request: HttpRequest) -> TemplateResponse:
    template = engines["django"].from_string("{{ dossiers.count }}")
    return TemplateResponse(request, template, {"dossiers": Dossier.objects.all()})


def pieces(request: HttpRequest) -> Iterator[str]:
    with door.acting(request):
        yield str(Dossier.objects.count())


@policy.may("report_signal", streams=True)
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(pieces(request))


@policy.may("report_signal")
def undeclared_stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter(["x"]))


urlpatterns = [
    path("everybody/", everybody),
    path("forgotten/", forgotten),
    path("self/", self_),
    path("board/", board),
    path("files/<uuid:dossier>/", file),
    path("refused/<uuid:dossier>/", refused),
    path("lazily/", lazily),
    path("streamed/", streamed),
    path("undeclared-stream/", undeclared_stream),
]
handler404 = "arasha.ui.views.page_not_found"
handler403 = "arasha.ui.views.permission_denied"
