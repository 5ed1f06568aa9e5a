"""A finding in words, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES: Final = {
    "act_altered": gettext_lazy("A journal entry was altered"),
    "act_open": gettext_lazy("A journal entry was never closed"),
    "act_deleted": gettext_lazy("A journal entry was deleted"),
    "act_inserted": gettext_lazy("A journal entry was inserted after sealing"),
    "chain_broken": gettext_lazy(
        "The entry does not follow the one before it: something was deleted, inserted or moved"
    ),
    "chain_end": gettext_lazy("The stream does not end where its journal entries end"),
    "change_altered": gettext_lazy("A recorded change was altered"),
    "change_deleted": gettext_lazy("A recorded change was deleted"),
    "change_inserted": gettext_lazy("A change was inserted that belongs to no journal entry"),
    "change_order": gettext_lazy("The recorded changes of a journal entry were reordered"),
    "link_altered": gettext_lazy("An entry's place in another stream was altered"),
    "log_altered": gettext_lazy("A row of the access log was altered"),
    "log_deleted": gettext_lazy("A row of the access log was deleted"),
    "log_inserted": gettext_lazy("A row of the access log was inserted after sealing"),
    "log_unregistered": gettext_lazy("A log is no longer sealed"),
    "seal_altered": gettext_lazy("A seal was altered"),
    "seal_missing": gettext_lazy("A seal is missing from the database"),
    "seal_root": gettext_lazy("A seal does not fit the rows under it; without a copy outside they cannot be named"),
    "seal_signature": gettext_lazy("A seal's signature is not valid"),
    "seal_unreadable": gettext_lazy("A seal's file cannot be read"),
    "guard_missing": gettext_lazy("A trigger that writes or guards the journal is missing or switched off"),
    "row_altered": gettext_lazy("A row was altered without a journal entry"),
    "row_deleted": gettext_lazy("A row was deleted without a journal entry"),
    "row_inserted": gettext_lazy("A row was inserted without a journal entry"),
    "history_altered": gettext_lazy("An earlier value in the vault was altered"),
    "history_missing": gettext_lazy("An earlier value is missing from the vault, and no entry erased it"),
    "erased_unlawfully": gettext_lazy("A value was erased, but no journal entry allows it"),
    "clock_gap": gettext_lazy("The entry's time differs from the database's clock"),
    "erased": gettext_lazy("Erased lawfully"),
    "lost_in_restore": gettext_lazy("A seal and what it covered were lost by a restore, as the entry says"),
}


def sentence(finding: Mapping[str, Any]) -> str:
    """Return one finding as a line: what happened, then where. It never holds a value."""
    labels = {
        "act": _("entry %(name)s"),
        "stream": _("stream %(name)s"),
        "table": _("table %(name)s"),
        "row": _("row %(name)s"),
        "column": _("column %(name)s"),
        "seal": _("seal %(name)s"),
        "seconds": _("%(name)s seconds"),
    }
    places = [label % {"name": finding[part]} for part, label in labels.items() if finding.get(part) not in {None, ""}]
    return f"{SENTENCES[finding['kind']]}: {', '.join(places)}"


def summary(report: Mapping[str, Any]) -> list[str]:
    """Return what was proved and what could not be, a line each; never only that all is well."""
    counts = report["counts"]
    lines = [
        _("Hashed again: %(acts)s entries, %(changes)s changes, %(logs)s rows of the access log, %(seals)s seals.")
        % {
            "acts": counts.get("acts", 0),
            "changes": counts.get("changes", 0),
            "logs": counts.get("log_rows", 0),
            "seals": counts.get("seals", 0),
        },
        _("Replayed against %(rows)s standing rows.") % {"rows": counts.get("rows", 0)}
        if report["with_state"]
        else _("Not compared with the standing rows; %(option)s does that.") % {"option": "--state"},
        _("Compared with the seals kept outside the database in: %(places)s.")
        % {"places": ", ".join(report["outside"])}
        if report["outside"]
        else _("No seal outside the database was found: all this rests on the database alone."),
    ]
    if report["unprovable"]:
        lines.append(_("The seals' signatures could not be checked: no public key was found."))
    if report["seals_not_outside"]:
        lines.append(
            _("%(seals)s seals over %(rows)s rows have no copy outside yet.")
            % {"seals": report["seals_not_outside"], "rows": report["rows_not_outside"]}
        )
    lines.append(
        _("%(rows)s rows are under no seal yet; until then whoever rules the database could rewrite them unseen.")
        % {"rows": report["unsealed"]}
    )
    for kind, count in sorted(report["notices"].items()):
        lines.append(_("%(what)s: %(count)s in all.") % {"what": SENTENCES[kind], "count": count})
    lines += _lost(counts.get("lost_rows", 0))
    wrong = sum(1 for finding in report["findings"] if finding["kind"] not in report["notices"])
    lines.append(
        _("Found to be wrong: %(count)s.") % {"count": wrong}
        if wrong
        else _("In what could be proved nothing wrong was found. What was never written down cannot be proved.")
    )
    return lines


def _lost(rows: int) -> list[str]:
    """Return the line about what a restore lost."""
    if not rows:
        return []
    said = _("%(rows)s rows that seals outside name were lost by a restore and are not in this database.")
    return [said % {"rows": rows}]
