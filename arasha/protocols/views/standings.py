"""Where a version stands, in words: its tag, its days, what was decided by whom."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arasha.kernel.worktime.rules import formats
from arasha.protocols.queries.catalogue import Record, Volume
from arasha.protocols.rules.standing import Force, Kind, Stage
from arasha.protocols.views.sentences import language
from arasha.ui.rules.parts import Entry

DECIDE = {
    Kind.REVIEW: (
        gettext_lazy("Reviewed: the text may come into force"),
        gettext_lazy("You have read it against its sources."),
    ),
    Kind.RETURN: (gettext_lazy("Return it"), gettext_lazy("Say what must change. A changed text gets a new number.")),
    Kind.ADOPT: (
        gettext_lazy("Put it in force from a day"),
        gettext_lazy("New files run under it from that day. Files that began before keep the version they began with."),
    ),
    Kind.WITHDRAW: (gettext_lazy("Withdraw it"), gettext_lazy("It will not come into force.")),
    Kind.PROPOSE_END: (
        gettext_lazy("Propose that it ends"),
        gettext_lazy("From a day it starts nothing new. Somebody else must confirm it."),
    ),
    Kind.END: (gettext_lazy("Confirm the end"), gettext_lazy("From that day no new file runs under this procedure.")),
    Kind.KEEP: (gettext_lazy("Keep it in force"), gettext_lazy("The proposal to end it is turned down.")),
}
DECIDED = {
    "review": gettext_lazy("Reviewed"),
    "return": gettext_lazy("Returned"),
    "withdraw": gettext_lazy("Withdrawn"),
    "adopt": gettext_lazy("Put in force from %(day)s"),
    "propose_end": gettext_lazy("End proposed for %(day)s"),
    "end": gettext_lazy("Ends on %(day)s"),
    "keep": gettext_lazy("Kept in force"),
}
STANDINGS = (
    ("in_force", gettext_lazy("in force")),
    ("upcoming", gettext_lazy("not yet in force")),
    ("draft", gettext_lazy("draft")),
    ("reviewed", gettext_lazy("reviewed, not in force")),
    ("replaced", gettext_lazy("replaced")),
    ("ended", gettext_lazy("brought to an end")),
    ("returned", gettext_lazy("returned")),
    ("withdrawn", gettext_lazy("withdrawn")),
)
MEANINGS = {"in_force": "open", "upcoming": "waiting", "draft": "unsure", "reviewed": "waiting"}


def tag_of(volume: Volume) -> tuple[str, str]:
    """Return the meaning and the words of where a version stands."""
    words = str(dict(STANDINGS)[volume.standing])
    if volume.force is Force.IN_FORCE and volume.life.stage is Stage.ENDING:
        words = _("in force, its end is proposed")
    return MEANINGS.get(volume.standing, "neutral"), words


def days(volume: Volume) -> str:
    """Say from which day until which a version is in force."""
    if volume.life.begins is None:
        return _("obliges nobody")
    begins = {"begins": day(volume.life.begins)}
    if volume.life.ends is None:
        return _("from %(begins)s") % begins
    return _("from %(begins)s, ends on %(ends)s") % (begins | {"ends": day(volume.life.ends)})


def history(volume: Volume, records: Sequence[Record], author: str) -> list[Entry]:
    """Return what was decided, oldest first, by whom."""
    if volume.row.author_id is None:
        first = _("Shipped with Arasha as a draft") if volume.row.declared == "draft" else _("Shipped with Arasha")
        entries = [Entry(first, _short(volume.row.published_at))]
    else:
        entries = [Entry(_("Drafted"), _short(volume.row.published_at), body=author)]
    for record in records:
        decided = record.decision
        values = {"day": day(decided.day) if decided.day else ""}
        details = [decided.reason] if decided.reason else []
        if decided.read_acts:
            details.append(_("The acts themselves were read."))
        who = f"{record.name}, {record.post}" if record.post else record.name
        title = str(DECIDED[decided.kind]) % values
        entries.append(Entry(title, _short(decided.at), body=who, details=details, kind="met"))
    return entries


def checked(volume: Volume, records: Sequence[Record]) -> str:
    """Say who of the lawyers checked the text against the acts, and when."""
    if volume.protocol.verified_by:
        return volume.protocol.verified_by
    for record in records:
        if record.decision.read_acts and record.decision.kind == Kind.REVIEW.value:
            return f"{record.name}, {record.post}, {day(record.decision.at.date())}"
    return ""


def day(value: date) -> str:
    """Return a day as screens show it."""
    return formats.format_date(value, language())


def _short(moment: datetime) -> str:
    return formats.format_stamp(moment, language())
