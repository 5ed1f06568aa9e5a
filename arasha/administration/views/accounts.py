"""The accounts that one administers: invite, end a post, replace a lost second factor."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.administration import actions, forms, queries, rules
from arasha.kernel.access import policy
from arasha.kernel.access.models import Post
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.worktime import queries as worktime


@policy.may("administration")
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts of one's territory and those that have no post yet."""
    now = worktime.domain_now()
    page = {"page_title": _("Accounts"), "accounts": queries.accounts(_actor(request), at=now), "own": request.user.pk}
    return render(request, "administration/accounts.html", page)


@policy.may("administration")
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and send its invitation."""
    form = forms.InviteForm(request.POST or None, initial={"language": "kk"})
    if request.method == "POST" and form.is_valid():
        actor, now = _actor(request), worktime.domain_now()
        try:
            account = actions.create_account(actor=actor, now=now, **form.cleaned_data)
        except rules.LoginTaken:
            form.add_error("login", _("Another account has this login."))
        else:
            return _told(request, actor, actions.invite(actor=actor, now=now, user_id=account.user_id))
    return render(request, "administration/form.html", {"page_title": _("Invite somebody"), "form": form})


@policy.may("administration")
@require_POST
def invite_again(request: HttpRequest, user: int) -> HttpResponse:
    """Send an invitation again; the earlier link is void."""
    actor = _actor(request)
    try:
        link = actions.invite(actor=actor, now=worktime.domain_now(), user_id=user)
    except rules.NotAllowed:
        raise Http404 from None
    return _told(request, actor, link)


@policy.may("administration")
@require_http_methods(["GET", "POST"])
def reset_second_factor(request: HttpRequest, user: int) -> HttpResponse:
    """Ask once more, then let somebody set up a new second factor."""
    actor = _actor(request)
    line = next((line for line in queries.accounts(actor, at=worktime.domain_now()) if line.user_id == user), None)
    if line is None or user == actor.user_id:
        raise Http404
    if request.method == "GET":
        page = {"page_title": _("Let this person set up a new second step?"), "account": line}
        return render(request, "administration/reset_second_factor.html", page)
    try:
        link = actions.reset_second_factor(actor=actor, now=worktime.domain_now(), user_id=user)
    except rules.NotAllowed:
        raise Http404 from None
    return _told(request, actor, link)


@policy.may("administration")
@require_http_methods(["GET", "POST"])
def end_post(request: HttpRequest, post: int) -> HttpResponse:
    """Ask once more, then empty a post; who has no other is signed out at once."""
    actor = _actor(request)
    lines = queries.accounts(actor, at=worktime.domain_now())
    line = next((line for line in lines if post in {held.pk for held in line.posts}), None)
    if line is None or line.user_id == actor.user_id:
        raise Http404
    if request.method == "POST":
        try:
            actions.end_post(actor=actor, now=worktime.domain_now(), post_id=post)
        except (rules.NotAllowed, NotThere, Post.DoesNotExist):
            raise Http404 from None
        return HttpResponseRedirect(reverse("accounts"))
    held = next(one for one in line.posts if one.pk == post)
    page = {"page_title": _("End this post?"), "account": line, "post": held}
    return render(request, "administration/end_post.html", page)


def _told(request: HttpRequest, actor: Actor, link: object) -> HttpResponse:
    """Say that the letter leaves; without a mail server show the link, this once."""
    page = {"page_title": _("The link is on its way"), "address": ""}
    if not settings.EMAIL_HOST:
        code = actions.reveal(actor=actor, now=worktime.domain_now(), link=link)  # type: ignore[arg-type]  # a UUID
        page = {"page_title": _("Hand this link over"), "address": request.build_absolute_uri(f"/link/{code}/")}
    return render(request, "administration/told.html", page)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the door
    return actor
