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
from arasha.coordination.actions.home import ask_contacts
from arasha.coordination.actions.silence import (
    SilenceNotThere,
    ask_answers,
    cut_mutes,
    date_silences,
    end_silences,
    mute_silence,
    notice_silences,
)
from arasha.coordination.actions.typing import note_typing
from arasha.coordination.actions.watching import load_silences, mend_watch, watch_files

__all__ = [
    "MOST_CHILDREN",
    "REVIEW_WITHIN",
    "ClosingBlocked",
    "ClosingNotThere",
    "ClosingStands",
    "FormNotOffered",
    "OwnDuty",
    "SilenceNotThere",
    "ask_answers",
    "ask_contacts",
    "begin_form",
    "break_glass",
    "confirm_budget",
    "cut_mutes",
    "date_silences",
    "decide_closing",
    "end_silences",
    "export_file",
    "fold_counters",
    "hand_in_form",
    "load_reference",
    "load_silences",
    "mend_counters",
    "mend_watch",
    "mute_silence",
    "note_typing",
    "notice_silences",
    "print_form",
    "print_work",
    "propose_closing",
    "reopen",
    "review_glass",
    "watch_files",
    "withdraw_closing",
    "write_weeks",
]
