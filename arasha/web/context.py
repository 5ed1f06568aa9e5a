"""The frame of every staff page: who acts where, what is unread, the rail. A room of web alone: it knows every door."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.access.models import Post
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.queries import unread
from arasha.kernel.worktime.queries import instance_kind
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.ui.rules.page import Link, Shell
from arasha.web.alarms import emergencies
from arasha.web.rail import rail


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for whoever acts; a page that shows no frame asks the database nothing."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.user_id is None:
        return {}
    return {"shell": SimpleLazyObject(lambda: _shell(request, actor))}


def _shell(request: HttpRequest, actor: Actor) -> Shell:
    now = request.now  # type: ignore[attr-defined]  # the door puts it there
    post = Post.objects.select_related("unit__territory").get(pk=actor.post_id) if actor.post_id else None
    language = get_language() or "kk"
    foot = (Link(_("The training clock"), reverse("training_clock")),) if instance_kind() != "production" else ()
    return Shell(
        post=_capital(post.title) if post else _("No post"),
        territory=post.unit.territory.name(language) if post else "",
        user=names_of([actor.user_id]).get(actor.user_id, "") if actor.user_id else "",
        rail=rail(request.path, actor, request.counted) if post else (),  # type: ignore[attr-defined]
        change_url=reverse("post"),
        search_url=reverse("coordination:find") if post else "",
        messages_url=reverse("coordination:inbox") if post else "",
        messages=unread(actor, now=now) if post else 0,
        account_url=reverse("account"),
        sign_out_url=reverse("account_logout"),
        foot=foot,
        printed=format_moment(now, language),
        standing=emergencies(actor, post.unit.territory, now) if post else (),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
