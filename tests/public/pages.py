"""Views behind the public's door that no installation has: each of them tries something."""

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import path

from arasha.config import public_urls
from arasha.doors.door import limited
from arasha.kernel.access import policy

handler400 = public_urls.handler400
handler403 = public_urls.handler403
handler404 = public_urls.handler404
handler500 = public_urls.handler500
FORM = """{% extends "ui/public_base.html" %}{% block title %}Form{% endblock %}{% block content %}<h1>Form</h1>
<form method="post"><label>Words <input name="words"></label><button>Send</button></form>{% endblock %}"""


@policy.public(reason="a test")
@limited("tell")
def tell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"told {request.POST.get('words', '')} by {request.COOKIES}")


@limited("code")
@policy.public(reason="a test")
def code(request: HttpRequest) -> HttpResponse:
    return HttpResponse("tried")


@policy.public(reason="a test")
def cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("set")
    response.set_cookie("seen", "1")
    response.headers["Cache-Control"] = "public, max-age=600"
    return response


@policy.public(reason="a test")
def transaction(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(connection.in_atomic_block))


@policy.public(reason="a test")
def late(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "doors/start.html", {"synthetic": lambda: connection.in_atomic_block})


@policy.public(reason="a test")
def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError(request.GET["words"])


@policy.public(reason="a test")
def unreachable(request: HttpRequest) -> HttpResponse:
    raise OperationalError("no database")


@policy.public(reason="a test")
@limited("tell")
def form(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        headers = {name: request.headers.get(name, "-") for name in ("Origin", "Cookie")}
        return HttpResponse(f"told {request.POST['words']} from {headers['Origin']} with {headers['Cookie']}")
    return HttpResponse(engines["django"].from_string(FORM).render({}, request))


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


@policy.signed_in
def of_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [
    path("tell/", tell),
    path("code/", code),
    path("cookie/", cookie),
    path("transaction/", transaction),
    path("late/", late),
    path("broken/", broken),
    path("unreachable/", unreachable),
    path("form/", form),
    path("undeclared/", undeclared),
    path("of-staff/", of_staff),
    *public_urls.urlpatterns,
]
