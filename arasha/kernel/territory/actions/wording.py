"""What an import says to whoever runs it: faults with their place, refusals, and the list of changes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arasha.kernel.territory.actions.official import Report
from arasha.kernel.territory.rules.comparison import Changes
from arasha.kernel.territory.rules.official import COLUMNS, Fault

SHOWN = 20


def unreadable(code: str) -> str:
    """Say why a file is not a table."""
    return {
        "no_such_file": _("There is no such file."),
        "too_large": _("The file is too large for a classifier."),
        "old_excel": _("This is an old Excel file. Save it as a new workbook (%(type)s) or as CSV.")
        % {"type": ".xlsx"},
        "not_a_table": _("The file is neither an Excel workbook nor CSV."),
        "encoding": _("The file's letters cannot be read. Save it as CSV in UTF-8."),
        "no_header": _("No line names the columns. The header has %(columns)s.") % {"columns": ", ".join(COLUMNS)},
    }[code]


def fault(found: Fault) -> str:
    """Say where a fault is and what it is."""
    what = {
        "column_missing": _("the file has no such column"),
        "no_rows": _("there is no row below the header"),
        "not_a_code": _("“%(value)s” is not a code of nine digits"),
        "part_disagrees": _("“%(value)s” is not this part of the code %(kato)s"),
        "code_twice": _("the code %(kato)s stands already in line %(line)s"),
        "name_missing": _("the unit %(kato)s has no name"),
        "letters_lost": _("the name of %(kato)s has lost letters; choose another encoding"),
        "region_missing": _("the region %(region)s of the unit %(kato)s is not in the file"),
    }[found.code]
    place = {"line": found.line, "column": found.column, "fault": what % found.values if found.values else what}
    return _("line %(line)s, column %(column)s: %(fault)s") % place


def faults(found: list[Fault]) -> Iterator[str]:
    """Say the first faults, and how many more there are."""
    yield from (fault(one) for one in found[:SHOWN])
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        yield ngettext("and %(n)s more fault", "and %(n)s more faults", more) % {"n": more}


def report(found: Report, *, details: bool) -> Iterator[str]:
    """Say what was read, what changes, and whether it was written."""
    yield _("Read: %(rows)s units (%(encoding)s)") % {"rows": found.rows, "encoding": found.encoding}
    changes = found.changes
    yield _("Added: %(n)s") % {"n": len(changes.added) + len(changes.reopened)}
    yield _("Renamed: %(n)s") % {"n": len(changes.renamed)}
    yield _("Names confirmed or completed: %(n)s") % {"n": len(changes.named)}
    yield _("Moved to another code: %(n)s") % {"n": len(changes.moved)}
    yield _("Closed: %(n)s") % {"n": len(changes.closed)}
    if details:
        yield from _details(changes)
    if not changes.anything:
        yield _("Nothing changes.")
    elif found.written:
        yield _("Written.")
    else:
        yield _("Dry run: nothing was written.")


def _details(changes: Changes) -> Iterator[str]:
    for unit in (*changes.added, *changes.reopened):
        yield f"+ {unit.kato} {unit.name_ru}"
    for old, new in changes.renamed:
        yield f"~ {old.kato} {old.name_ru} → {new.name_ru}"
    for old, new in changes.moved:
        yield f"> {old.kato} → {new.kato} {new.name_ru}"
    for unit in changes.closed:
        yield f"- {unit.kato} {unit.name_ru}"
