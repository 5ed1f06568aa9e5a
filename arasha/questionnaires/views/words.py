"""What forms' pages call things: where a version stands, what was decided, kinds and columns."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules import formats
from arasha.questionnaires.queries import Record, Volume
from arasha.questionnaires.rules.standing import Kind
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Entry

STANDINGS = (
    ("current", gettext_lazy("filled in now")),
    ("draft", gettext_lazy("draft")),
    ("overtaken", gettext_lazy("draft, its number is taken")),
    ("replaced", pgettext_lazy("version of a form", "replaced")),
    ("withdrawn", pgettext_lazy("version of a form", "withdrawn")),
    ("discarded", gettext_lazy("put aside")),
)
MEANINGS = {"current": "open", "draft": "unsure", "overtaken": "unsure"}
DECIDE = {
    Kind.PUBLISH: (
        gettext_lazy("Publish it"),
        gettext_lazy("From now on this version is filled in. Answers that were begun on an older one keep theirs."),
    ),
    Kind.DISCARD: (gettext_lazy("Put it aside"), gettext_lazy("You can take it up again.")),
    Kind.RESTORE: (gettext_lazy("Take it up again"), gettext_lazy("It waits as a draft, as before.")),
    Kind.ASK: (
        gettext_lazy("Ask for its withdrawal"),
        gettext_lazy("No other version would be left to fill in, so somebody else must confirm. Give the reason."),
    ),
    Kind.KEEP: (gettext_lazy("Keep it"), gettext_lazy("The wish to withdraw it is turned down.")),
    Kind.WITHDRAW: (
        gettext_lazy("Withdraw it"),
        gettext_lazy("Nobody begins it any more. What was answered stays readable for ever. Give the reason."),
    ),
}
DECIDED = {
    "publish": gettext_lazy("Published"),
    "discard": gettext_lazy("Put aside"),
    "restore": gettext_lazy("Taken up again"),
    "ask": gettext_lazy("Withdrawal asked for"),
    "keep": gettext_lazy("Kept"),
    "withdraw": pgettext_lazy("version of a form", "Withdrawn"),
}
KINDS = {
    "registration": gettext_lazy("registration"),
    "safety": gettext_lazy("safety"),
    "assessment": gettext_lazy("assessment"),
    "scale": gettext_lazy("scale"),
    "application": gettext_lazy("application"),
    "visit": gettext_lazy("visit"),
    "wishes": gettext_lazy("wishes and feelings"),
    "satisfaction": gettext_lazy("satisfaction"),
    "plan": gettext_lazy("plan"),
}
COLUMNS = {
    "label": gettext_lazy("Question"),
    "hint": gettext_lazy("Hint"),
    "required_message": gettext_lazy("When it is left empty"),
    "constraint_message": gettext_lazy("When the answer does not fit"),
    "type": pgettext_lazy("question", "Kind"),
    "required": gettext_lazy("Must be answered"),
    "relevant": gettext_lazy("Asked only when"),
    "constraint": gettext_lazy("The answer fits when"),
    "calculation": gettext_lazy("Computed as"),
    "choice_filter": gettext_lazy("Choices shown when"),
    "default": gettext_lazy("Filled in beforehand"),
    "repeat_count": gettext_lazy("How often"),
    "appearance": gettext_lazy("Appearance"),
    "read_only": gettext_lazy("Only shown"),
}
TYPES = {
    "text": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "decimal": gettext_lazy("number"),
    "date": gettext_lazy("date"),
    "time": gettext_lazy("time"),
    "dateTime": gettext_lazy("date and time"),
    "select_one": gettext_lazy("one answer of several"),
    "select_multiple": gettext_lazy("several answers"),
    "acknowledge": gettext_lazy("a tick"),
    "image": gettext_lazy("picture"),
    "file": gettext_lazy("file"),
    "note": gettext_lazy("only a text"),
    "calculate": gettext_lazy("computed, not shown"),
    "hidden": gettext_lazy("hidden"),
    "begin_group": gettext_lazy("group"),
    "begin_repeat": gettext_lazy("group, as often as needed"),
}


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def tag_of(volume: Volume) -> tuple[str, str]:
    """Return the meaning and the words of where a version stands."""
    return MEANINGS.get(volume.standing, "neutral"), str(dict(STANDINGS)[volume.standing])


def address(name: str, volume: Volume, *more: object) -> str:
    """Return the address of one of a version's pages."""
    return reverse(f"questionnaires:{name}", args=[volume.row.pk, *more])


def trail(*links: Link) -> list[Link]:
    """Return the way from the list to a page."""
    return [Link(_("Forms"), reverse("questionnaires:list")), *links]


def history(volume: Volume, records: list[Record]) -> list[Entry]:
    """Return what became of a version, oldest first, by whom."""
    row = volume.row
    if row.author_id is None:
        entries = [Entry(_("Shipped with Arasha"), stamp(row.made_at))]
    else:
        post = row.author_post.title if row.author_post else ""
        entries = [
            Entry(_("Handed in"), stamp(row.made_at), body=", ".join(part for part in (volume.author, post) if part))
        ]
    for record in records:
        decided = record.decision
        who = ", ".join(part for part in (record.name, record.post) if part)
        details = [decided.reason] if decided.reason else []
        entries.append(Entry(str(DECIDED[decided.kind]), stamp(decided.at), body=who, details=details, kind="met"))
    return entries


def stamp(moment: datetime) -> str:
    """Return a moment as screens show it."""
    return formats.format_stamp(moment, language())
