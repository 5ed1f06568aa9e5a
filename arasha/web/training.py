"""The training clock's page: everybody who learns may move the hours on. Production has neither clock nor page.

A room of web alone: what it moves is the domain's clock and the sweep, which no folder below knows together.
"""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.actions import ClockRefused, advance_clock
from arasha.kernel.worktime.queries import instance_kind
from arasha.kernel.worktime.rules.formats import format_moment

STEPS = {"1": timedelta(hours=1), "6": timedelta(hours=6), "24": timedelta(hours=24), "168": timedelta(days=7)}
SOON = {"sweep": "timers", "notice_silences": "ordinary"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def clock(request: StaffRequest) -> HttpResponse:
    """Show the training clock and move it on; silence climbs at once, as it would by the minute."""
    if instance_kind() == "production":
        raise Http404
    if request.method == "POST":
        step = STEPS.get(request.POST.get("hours", ""))
        if step is None:
            raise Http404
        try:
            advance_clock(by=step, actor=request.actor, now=request.now)
        except ClockRefused:
            return _page(request, _("The clock goes at most ten years ahead."), 409)
        transaction.on_commit(_sweep_soon)
        return redirect("training_clock")
    return _page(request)


def _sweep_soon() -> None:
    """Let silence climb and be noticed now; a task that waits already is as good."""
    for name, queue in SOON.items():
        with suppress(AlreadyEnqueued):
            jobs.configure_task(name, queue=queue, queueing_lock=name).defer(timestamp=0)


def _page(request: StaffRequest, refused: str = "", status: int = 200) -> HttpResponse:
    context = {
        "page_title": _("The training clock shows %(moment)s")
        % {"moment": format_moment(request.now, get_language() or "kk")},
        "refused": refused,
    }
    return render(request, "web/clock.html", context, status=status)
