"""A receipt as words, for its page and its document."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.signals import queries, rules


def page(shown: rules.Shown, now: datetime) -> dict[str, Any]:
    """Return what the page of a receipt shows."""
    language = get_language() or "kk"
    day = format_date(shown.on, language, "words")
    return {
        "page_title": _("A report about a child was received on %(day)s") % {"day": day},
        "facts": [
            (_("Received by"), _("Arasha")),
            (_("Day"), day),
            (_("From"), rules.DOORS.label(shown.door)),
            (_("It lies with"), shown.holder or _("nobody yet")),
            (_("State"), state(shown.state)),
        ],
        "deliveries": [_delivery(row, now) for row in shown.deliveries],
        "how_else": how_else(),
        "undelivered": any(row.delivered_at is None for row in shown.deliveries),
        "bound": [_bound(row) for row in queries.bound(rules.DOORS[shown.door].more["reporter"], now)],
    }


def state(state: rules.SenderState) -> str:
    """Return what the sender hears."""
    return {
        rules.SenderState.RECEIVED: _("received"),
        rules.SenderState.WORKED_ON: _("being worked on"),
        rules.SenderState.FINISHED: _("finished"),
    }[state]


def document(page: dict[str, Any]) -> dict[str, Any]:
    """Return what the document shows: the same."""
    return {
        "facts": page["facts"],
        "delivered": _("Delivered to"),
        "heads": [_("Unit"), _("Number"), _("When")],
        "rows": [[row["unit"], row["number"], row["when"]] for row in page["deliveries"]],
        "else": how_else() if page["undelivered"] else "",
        "law": _("Who must report, and by which act"),
        "bound": page["bound"],
        "meaning": _(
            "This shows that a report was made and where it went. It does not show who the child is or what was said."
        ),
    }


def how_else() -> str:
    """Return how the duty can be done where a notice did not arrive."""
    return _(
        "A notice has not arrived. Do the duty another way: call 102, or hand in a letter on paper at the local police"
        " and ask for its registration number."
    )


def _delivery(row: rules.Delivery, now: datetime) -> dict[str, Any]:
    when = format_moment(row.delivered_at, get_language() or "kk", now) if row.delivered_at else _("not delivered yet")
    return {
        "unit": row.unit or _("nobody was found"),
        "number": row.number,
        "when": when,
        "arrived": row.delivered_at is not None,
    }


def _bound(row: queries.BoundBy) -> list[str]:
    language = get_language() or "kk"
    words = _("%(who)s must tell %(to)s: %(what)s") % {
        "who": row.who[language],
        "to": row.to[language],
        "what": row.what[language],
    }
    checked = "" if row.checked else _("text not yet checked by a lawyer")
    return [words[:1].upper() + words[1:], row.act.get(language, ""), checked]
