"""The inbox: that there is work, and where; never about whom."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.messages import actions, queries
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """List the messages of the last 90 days, newest first."""
    language = get_language() or "kk"
    try:
        page = queries.inbox(request.actor, now=request.now, language=language, after=_after(request))
    except Notice.DoesNotExist:
        raise Http404 from None
    unread = queries.unread(request.actor, now=request.now)
    words = ngettext("%(n)s message is unread", "%(n)s messages are unread", unread) % {"n": unread}
    context = {
        "page_title": words if unread else _("Every message is read"),
        "rows": [(line, format_moment(line.at, language, request.now)) for line in page.lines],
        "following": f"?after={page.next}" if page.next else "",
        "unread": unread,
        "nothing": Empty(_("No message yet"), _("When your unit owes something, a message says so here.")),
    }
    return render(request, "coordination/inbox.html", context)


def _after(request: StaffRequest) -> UUID | None:
    mark = request.GET.get("after", "")
    try:
        return UUID(mark) if mark else None
    except ValueError:
        raise Http404 from None


@signed_in
@require_POST
def open_notice(request: StaffRequest, notice: UUID) -> HttpResponse:
    """Note that the message is read and go where its work is."""
    try:
        found = actions.mark_read(actor=request.actor, notice=notice, now=request.now)
    except Notice.DoesNotExist:
        raise Http404 from None
    return redirect(found.link)


@signed_in
@require_POST
def read_all(request: StaffRequest) -> HttpResponse:
    """Note that everything is read."""
    actions.mark_all_read(actor=request.actor, now=request.now)
    return redirect("coordination:inbox")
