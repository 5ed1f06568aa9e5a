"""What is wrong in a table that was handed in, in words, with its place."""

from django.utils.translation import gettext as _

from arasha.helpline.rules.past_table import Fault
from arasha.ui.rules.sheets import SheetUnreadable


def place(row: int, column: int) -> str:
    """Say where in a table: row and column as a person counts them; "" where it is nowhere."""
    if row and column:
        return _("Row %(row)s, column %(column)s:") % {"row": row, "column": column}
    return _("Row %(row)s:") % {"row": row} if row else ""


def unreadable(problem: SheetUnreadable) -> str:
    """Say why a table can't be read, and where."""
    words = {
        "too_large": _("The file is too large. Hand in the table alone, up to 2 MB."),
        "old_excel": _("This is a workbook of an old kind (XLS). Save it as XLSX or CSV."),
        "empty": _("The table is empty."),
        "not_a_table": _("The file is no table that can be read. Save it as CSV in UTF-8 or as XLSX."),
        "letters": _("The letters cannot be read. Save the table as CSV in UTF-8."),
        "formula": _("A formula stands here. Paste the values alone."),
        "cell_too_long": _("This cell is too long."),
        "too_many_rows": _("The table has too many rows."),
        "too_many_columns": _("The table has too many columns."),
    }[problem.code]
    return f"{place(problem.row, problem.column)} {words}".strip()


def fault(one: Fault) -> str:
    """Say what is wrong in a table of reasons or of past figures, and where."""
    words = {
        "column_missing": _("the column “%(found)s” is missing"),
        "column_unknown": _("no column is called “%(found)s”"),
        "no_rows": _("there is no row below the heading"),
        "month": _("“%(found)s” is no month: write 2025-10"),
        "month_ahead": _("the month %(found)s has not come yet"),
        "count": _("“%(found)s” is no whole number"),
        "region_unknown": _("no region is called “%(found)s”; its code may stand there too"),
        "channel_unknown": _("no channel is called “%(found)s”"),
        "kind_unknown": _("no kind of contact is called “%(found)s”"),
        "reason_unknown": _("no reason is called “%(found)s”, or two are; write its code"),
        "row_twice": _("the same is counted in row %(found)s already"),
        "mixed": _("the column “%(found)s” is empty here and filled in elsewhere: is this a total? Leave it out"),
        "code": _("“%(found)s” is no code: small Latin letters, digits and _"),
        "code_twice": _("the code stands in row %(found)s already"),
        "name_missing": _("“%(found)s” is missing"),
        "name_wrong": _("“%(found)s” is too long, or its letters were lost"),
        "group_differs": _("the group is called otherwise in row %(found)s"),
    }[one.code] % {"found": one.found}
    return f"{place(one.row, one.column)} {words}".strip()
