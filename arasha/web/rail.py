"""The rail of a post: places that its rights open, in the groups in which people look for them. A room of web alone."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from arasha.care.policy import goes_to_homes
from arasha.coordination.queries import budgets, late_count, openings_waiting
from arasha.helpline.policy import may_see_figures
from arasha.kernel.access import policy
from arasha.kernel.access.rules import Actor
from arasha.prevention.queries import waiting_count as to_confirm
from arasha.questionnaires.queries import may_publish_forms
from arasha.signals.queries import may_report, noticed, readings, waiting_count
from arasha.ui.rules.page import RailItem

# The groups in their order; what everybody begins the day with stands first, under no heading.
DAY, WORK, WATCH, KNOW, KEEP = "", "work", "watch", "know", "keep"
GROUPS = {
    DAY: "",
    WORK: pgettext_lazy("rail", "Work with children"),
    WATCH: pgettext_lazy("rail", "Watching over"),
    KNOW: pgettext_lazy("rail", "To look up"),
    KEEP: pgettext_lazy("rail", "This installation"),
}
# Registers that stand beside the directory, behind its entry of the rail.
BESIDE_SERVICES = ("/infrastructure/", "/pilots/")
# Places that a right opens, in their order.
BY_RIGHT = (
    (WORK, "hold_conferences", "conferences:list", gettext_lazy("Conferences")),
    (WORK, "watch_removals", "care:removals", gettext_lazy("Removed children")),
    (WORK, "social_protection", "medical_social:list", gettext_lazy("Social services owed")),
    (WORK, "watch_adulthood", "adulthood:list", gettext_lazy("Towards adulthood")),
    (WORK, "answer_file_requests", "releases:list", gettext_lazy("Requests for files")),
    (WORK, "take_file_requests", "releases:new", gettext_lazy("Take down a request")),
    (WORK, "review_matches", "people:matches", gettext_lazy("Two files, one child?")),
    (WATCH, "see_team", "workforce:caseload", gettext_lazy("Team")),
    (WATCH, "declare_emergencies", "emergency:list", gettext_lazy("Emergencies")),
    (WATCH, "read_feedback", "participation:supervise", gettext_lazy("What children say")),
    (WATCH, "see_surveys", "surveys:list", gettext_lazy("Class surveys")),
    (KNOW, "see_institutions", "institutions:list", gettext_lazy("Schools and who answers")),
    (KNOW, "import_registers", "people:registers", gettext_lazy("Registers")),
    (KNOW, "issue_certificates", "certificates:list", gettext_lazy("Certificates")),
    (KEEP, "confirm_access_tables", "access_tables", gettext_lazy("Who sees what")),
    (KEEP, "administer", "administration", gettext_lazy("Administration")),
    (KEEP, "administer", "systems", gettext_lazy("Other systems")),
)
# Whoever has the first right finds the second one's place behind the first one's.
BEHIND = {"take_file_requests": "answer_file_requests"}


class _Place(NamedTuple):
    group: str
    url: str
    label: str
    number: int | None = None
    late: int = 0


def rail(path: str, actor: Actor, counted: Mapping[str, int]) -> list[RailItem]:
    """Return the places that the post may go to, group by group, the present one marked.

    `counted`: what the page has counted already of what is `late` and `waiting`.
    """
    late = counted["late"] if "late" in counted else late_count(actor)
    places = [*_day(actor, late, counted), *_by_right(actor), *_watching(actor), *_known(actor)]
    here = _here(reverse("services:find") if path.startswith(BESIDE_SERVICES) else path, [one.url for one in places])
    return [
        RailItem(one.label, one.url, current=one.url == here, count=one.number, late=one.late, group=str(label))
        for code, label in GROUPS.items()
        for one in places
        if one.group == code
    ]


def _day(actor: Actor, late: int, counted: Mapping[str, int]) -> Iterator[_Place]:
    yield _Place(DAY, "/", _("My work"), None, late)
    if policy.allows(actor, "report_signal") and may_report(actor):
        yield _Place(DAY, reverse("signals:report"), _("Report"))
    if policy.allows(actor, "answer_contacts"):
        yield _Place(DAY, reverse("helpline:console"), _("Helpline"))
    if policy.allows(actor, "receive_signals"):
        waiting = counted["waiting"] if "waiting" in counted else waiting_count(actor)
        yield _Place(DAY, reverse("signals:queue"), _("Signals"), waiting)
        yield _Place(DAY, reverse("tellers:waiting"), _("Tellers"))
    if policy.allows(actor, "meet_obligations"):
        yield _Place(DAY, reverse("obligations:mine"), _("What your unit owes"))
    yield _Place(DAY, reverse("coordination:cases"), _("Cases"))
    if policy.allows(actor, "see_board"):
        yield _Place(DAY, reverse("coordination:board"), _("Coordination"), None, late)


def _by_right(actor: Actor) -> Iterator[_Place]:
    if goes_to_homes(actor):
        yield _Place(WORK, reverse("care:outings"), _("Lone visits"))
    for group, right, address, label in BY_RIGHT:
        if policy.allows(actor, right) and not (right in BEHIND and policy.allows(actor, BEHIND[right])):
            yield _Place(group, reverse(address), str(label))


def _watching(actor: Actor) -> Iterator[_Place]:
    """Yield emergency access for who has it, and what waits for who watches over others, when something does."""
    if may_see_figures(actor):
        yield _Place(WATCH, reverse("helpline:figures"), _("Figures of the helpline"))
    if policy.allows(actor, "break_glass"):
        yield _Place(WATCH, reverse("coordination:emergency"), _("Emergency access"))
    if policy.allows(actor, "review_glass") and (waiting := openings_waiting(actor)):
        yield _Place(WATCH, reverse("coordination:openings"), _("Openings to review"), waiting)
    if policy.allows(actor, "read_noticed") and (to_read := noticed(actor).count()):
        yield _Place(WATCH, reverse("signals:noticed"), _("Noticed by rules"), to_read)
    if policy.allows(actor, "supervise_obligations") and (drawn := readings(actor).count()):
        yield _Place(WATCH, reverse("signals:second_readings"), _("Second readings"), drawn)
    if policy.allows(actor, "confirm_withdrawals") and (to_withdraw := to_confirm(actor)):
        yield _Place(WATCH, reverse("certificates:waiting"), _("Certificates to withdraw"), to_withdraw)
    if budgets_over := len(budgets()):
        yield _Place(WATCH, reverse("coordination:budgets"), _("Many files opened"), budgets_over)
    if policy.allows(actor, "see_linked_allegations"):
        yield _Place(WATCH, reverse("people:linked"), _("Named in several files"))


def _known(actor: Actor) -> Iterator[_Place]:
    yield _Place(KNOW, reverse("services:find"), _("Services"))
    yield _Place(KNOW, reverse("duty"), _("On duty"))
    yield _Place(KNOW, reverse("protocols:list"), _("Procedures"))
    if may_publish_forms(actor):
        yield _Place(KNOW, reverse("questionnaires:list"), _("Forms"))


def _here(path: str, urls: list[str]) -> str:
    """Return the address of the rail under which a page lies; empty where it lies under none."""
    return max((url for url in urls if path == url or (url != "/" and path.startswith(url))), key=len, default="")
