"""What people do across files, and what needs more than one folder below."""

from arasha.coordination.actions.across import (
    MOST_CHILDREN,
    REVIEW_WITHIN,
    break_glass,
    confirm_budget,
    export_file,
    fold_counters,
    load_reference,
    mend_counters,
    print_work,
    review_glass,
    write_weeks,
)
from arasha.coordination.actions.closing import (
    ClosingBlocked,
    ClosingNotThere,
    ClosingStands,
    OwnDuty,
    decide_closing,
    propose_closing,
    reopen,
    withdraw_closing,
)
from arasha.coordination.actions.filing import FormNotOffered, begin_form, hand_in_form, print_form
from arasha.coordination.actions.typing import note_typing

__all__ = [
    "MOST_CHILDREN",
    "REVIEW_WITHIN",
    "ClosingBlocked",
    "ClosingNotThere",
    "ClosingStands",
    "FormNotOffered",
    "OwnDuty",
    "begin_form",
    "break_glass",
    "confirm_budget",
    "decide_closing",
    "export_file",
    "fold_counters",
    "hand_in_form",
    "load_reference",
    "mend_counters",
    "note_typing",
    "print_form",
    "print_work",
    "propose_closing",
    "reopen",
    "review_glass",
    "withdraw_closing",
    "write_weeks",
]
