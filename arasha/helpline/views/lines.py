"""Whose line of the exchange is whose, as the supervisor arranges it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arasha.helpline import actions, policy, queries
from arasha.helpline.forms import LineForm
from arasha.helpline.policy import FIGURES
from arasha.helpline.views.figures import tabs
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import NotThere


@may(FIGURES)
@require_http_methods(["GET", "HEAD", "POST"])
def lines(request: StaffRequest) -> HttpResponse:
    """List the lines and who sits at each; give one to a post."""
    if not policy.supervised_units(request.actor):
        raise NotThere
    seats = [(str(post.pk), _seat(post.title, holder)) for post, holder in queries.seats(request.actor)]
    form = LineForm(request.POST if request.method == "POST" else None, seats=seats)
    if form.is_valid():
        try:
            actions.give_line(
                actor=request.actor,
                number=form.cleaned_data["number"],
                post=int(form.cleaned_data["post"]),
                now=request.now,
            )
            messages.success(request, _("Line %(line)s was given.") % {"line": form.cleaned_data["number"]})
            return redirect("helpline:lines")
        except actions.LineWrong:
            form.add_error("number", _("Digits and Latin letters without spaces, as the exchange calls it."))
        except actions.NoSuchPost:
            form.add_error("post", _("This post is no longer there."))
    context = {
        "page_title": _("Lines of the exchange"),
        "tabs": tabs(request, "lines"),
        "form": form,
        "lines": [
            {"row": line.row, "who": _seat(line.row.post.title, line.holder)} for line in queries.lines(request.actor)
        ],
        "strange": queries.strange_lines(request.actor, request.now),
    }
    return render(request, "helpline/exchange_lines.html", context, status=422 if form.errors else 200)


@may(FIGURES)
@require_POST
def end_line(request: StaffRequest, line: UUID) -> HttpResponse:
    """Let a line be nobody's."""
    try:
        ended = actions.end_line(actor=request.actor, line=line, now=request.now)
    except (actions.LineNotThere, policy.NotAllowed):
        raise NotThere from None
    messages.success(request, _("Line %(line)s is nobody’s now.") % {"line": ended.number})
    return redirect("helpline:lines")


def _seat(title: str, holder: str) -> str:
    return f"{title} · {holder}" if holder else title
