"""What is wrong in a table that was handed in, in words, with its place."""

from django.utils.translation import gettext as _

from arasha.helpline.rules.past_table import Fault
from arasha.ui.rules.sheet_words import place


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
