"""Every write of entry and removal."""

from arasha.care.actions.asking import say_of_people
from arasha.care.actions.errors import AlreadyOut, LongerOnce, NotJudgedSafe, NotThere, PlanChanged, RemovalStands
from arasha.care.actions.outing import be_longer, check_in, come_out, find_safe, watch_outings
from arasha.care.actions.planning import cancel_visit, plan_own_visit, plan_visit
from arasha.care.actions.removing import add_parts, end_removal, record_removal
from arasha.care.actions.safe_word import agree_safe_word
from arasha.care.actions.visiting import ask_visit, record_visit

__all__ = [
    "AlreadyOut",
    "LongerOnce",
    "NotJudgedSafe",
    "NotThere",
    "PlanChanged",
    "RemovalStands",
    "add_parts",
    "agree_safe_word",
    "ask_visit",
    "be_longer",
    "cancel_visit",
    "check_in",
    "come_out",
    "end_removal",
    "find_safe",
    "plan_own_visit",
    "plan_visit",
    "record_removal",
    "record_visit",
    "say_of_people",
    "watch_outings",
]
