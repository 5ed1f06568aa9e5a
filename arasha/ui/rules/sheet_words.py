"""Why a table that was handed in can't be read, in words, with its place."""

from django.utils.translation import gettext as _

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
