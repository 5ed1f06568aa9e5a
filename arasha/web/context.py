"""The frame of every staff page: who acts where, the rail, the counts. A room of web alone: it knows every door."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from arasha.care.policy import goes_to_homes
from arasha.coordination.queries import budgets, late_count, openings_waiting
from arasha.helpline.policy import may_see_figures
from arasha.kernel.access import policy
from arasha.kernel.access.models import Post
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.queries import unread
from arasha.kernel.worktime.queries import instance_kind
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.prevention.queries import waiting_count as to_confirm
from arasha.questionnaires.queries import may_publish_forms
from arasha.signals.queries import may_report, noticed, readings, waiting_count
from arasha.ui.rules.page import Link, RailItem, Shell


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
        rail=_rail(request.path, actor) if post else (),
        change_url=reverse("post"),
        search_url=reverse("coordination:find") if post else "",
        messages_url=reverse("coordination:inbox") if post else "",
        messages=unread(actor, now=now) if post else 0,
        account_url=reverse("account"),
        sign_out_url=reverse("account_logout"),
        foot=foot,
        printed=format_moment(now, language),
    )


# Registers that stand beside the directory, behind its entry of the rail.
BESIDE_SERVICES = ("/infrastructure/", "/pilots/")


# Places of the rail that a right opens, in their order.
BY_RIGHT = (
    ("see_team", "workforce:caseload", gettext_lazy("Team")),
    ("answer_file_requests", "releases:list", gettext_lazy("Requests for files")),
    ("take_file_requests", "releases:new", gettext_lazy("Take down a request")),
    ("hold_conferences", "conferences:list", gettext_lazy("Conferences")),
    ("watch_removals", "care:removals", gettext_lazy("Removed children")),
    ("social_protection", "medical_social:list", gettext_lazy("Social services owed")),
    ("watch_adulthood", "adulthood:list", gettext_lazy("Towards adulthood")),
    ("review_matches", "people:matches", gettext_lazy("Two files, one child?")),
    ("import_registers", "people:registers", gettext_lazy("Registers")),
    ("issue_certificates", "certificates:list", gettext_lazy("Certificates")),
    ("see_surveys", "surveys:list", gettext_lazy("Class surveys")),
    ("read_feedback", "participation:supervise", gettext_lazy("What children say")),
)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _rail(path: str, actor: Actor) -> list[RailItem]:
    """Return the places that the post may go to, the present one marked."""
    late = late_count(actor)
    items: list[tuple[str, str, int | None, int]] = [("/", _("My work"), None, late)]
    if policy.allows(actor, "report_signal") and may_report(actor):
        items.append((reverse("signals:report"), _("Report"), None, 0))
    if policy.allows(actor, "answer_contacts"):
        items.append((reverse("helpline:console"), _("Helpline"), None, 0))
    if policy.allows(actor, "receive_signals"):
        items.append((reverse("signals:queue"), _("Signals"), waiting_count(actor), 0))
        items.append((reverse("tellers:waiting"), _("Tellers"), None, 0))
    if policy.allows(actor, "meet_obligations"):
        items.append((reverse("obligations:mine"), _("What your unit owes"), None, 0))
    items.append((reverse("coordination:cases"), _("Cases"), None, 0))
    for right, address, label in BY_RIGHT:
        if policy.allows(actor, right):
            items.append((reverse(address), str(label), None, 0))
    if may_see_figures(actor):
        items.append((reverse("helpline:figures"), _("Figures of the helpline"), None, 0))
    items.append((reverse("services:find"), _("Services"), None, 0))
    items.append((reverse("duty"), _("On duty"), None, 0))
    if goes_to_homes(actor):
        items.append((reverse("care:outings"), _("Lone visits"), None, 0))
    if policy.allows(actor, "see_board"):
        items.append((reverse("coordination:board"), _("Coordination"), None, late))
    items.append((reverse("protocols:list"), _("Procedures"), None, 0))
    if may_publish_forms(actor):
        items.append((reverse("questionnaires:list"), _("Forms"), None, 0))
    items += [*_watching(actor), *_administering(actor)]
    here = _here(reverse("services:find") if path.startswith(BESIDE_SERVICES) else path, [url for url, *_ in items])
    return [RailItem(label, url, current=url == here, count=count, late=behind) for url, label, count, behind in items]


def _here(path: str, urls: list[str]) -> str:
    """Return the address of the rail under which a page lies; empty where it lies under none."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")


def _administering(actor: Actor) -> list[tuple[str, str, int | None, int]]:
    """Return the tables of access for who confirms them, and the pages of the installation for who administers it."""
    items: list[tuple[str, str, int | None, int]] = []
    if policy.allows(actor, "confirm_access_tables"):
        items.append((reverse("access_tables"), _("Who sees what"), None, 0))
    if policy.allows(actor, "administer"):
        items.append((reverse("administration"), _("Administration"), None, 0))
        items.append((reverse("systems"), _("Other systems"), None, 0))
    return items


def _watching(actor: Actor) -> list[tuple[str, str, int | None, int]]:
    """Return emergency access for who has it, and what waits for who watches over others, when something does."""
    items: list[tuple[str, str, int | None, int]] = []
    if policy.allows(actor, "break_glass"):
        items.append((reverse("coordination:emergency"), _("Emergency access"), None, 0))
    if policy.allows(actor, "review_glass") and (waiting := openings_waiting(actor)):
        items.append((reverse("coordination:openings"), _("Openings to review"), waiting, 0))
    if policy.allows(actor, "read_noticed") and (to_read := noticed(actor).count()):
        items.append((reverse("signals:noticed"), _("Noticed by rules"), to_read, 0))
    if policy.allows(actor, "supervise_obligations") and (drawn := readings(actor).count()):
        items.append((reverse("signals:second_readings"), _("Second readings"), drawn, 0))
    if policy.allows(actor, "confirm_withdrawals") and (to_withdraw := to_confirm(actor)):
        items.append((reverse("certificates:waiting"), _("Certificates to withdraw"), to_withdraw, 0))
    if budgets_over := len(budgets()):
        items.append((reverse("coordination:budgets"), _("Many files opened"), budgets_over, 0))
    if policy.allows(actor, "see_linked_allegations"):
        items.append((reverse("people:linked"), _("Named in several files"), None, 0))
    return items
