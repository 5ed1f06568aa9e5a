"""What scopes and events of other systems are called."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPE_WORDS: Final[dict[str, tuple[Promise, Promise]]] = {
    "signals:write": (_("Report children"), _("Who told stays sealed, as when a person reports here.")),
    "signals:state": (_("Ask what became of a report"), _("Received, being worked on or finished; nothing more.")),
    "obligations:read": (_("Read what the unit owes"), _("By when, why and who hears of silence. No child is named.")),
    "obligations:meet": (_("Answer what the unit owes"), _("The answer goes sealed into the child’s file.")),
    "registers:write": (_("Send rows of the unit’s registers"), _("It reads nothing of the people in them.")),
    "helpline:calls": (_("Tell of the helpline’s calls"), _("Lengths and lines. No number of a caller stays.")),
    "directory:read": (
        _("Read the directory of help"),
        _("What everybody may know. A refuge is a telephone and a region."),
    ),
    "webhooks": (_("Be told of events"), _("A code and a number leave, nothing of a child.")),
}
EVENT_WORDS: Final[dict[str, Promise]] = {
    "obligation.raised": _("The unit owes something new"),
    "obligation.overdue": _("A duty was not met in time"),
    "obligation.escalated": _("A duty was told further up"),
    "obligation.met": _("A duty was met"),
    "signal.state_changed": _("A signal that the unit leads changed its state"),
}
