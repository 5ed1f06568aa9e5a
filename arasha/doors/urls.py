"""Addresses of the doors: `urlpatterns` in the public's own process, `staff_patterns` where workers are signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from arasha.doors.views import tellers
from arasha.kernel.access import policy

app_name = "doors"


@policy.public(reason="whoever needs help finds whom to call")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show whom to call."""
    return render(request, "doors/start.html")


urlpatterns = [path("", start, name="start")]

staff_patterns = [
    path("", tellers.waiting, name="waiting"),
    path("<uuid:dossier>/", tellers.talk, name="talk"),
]
