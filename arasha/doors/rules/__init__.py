"""The doors' pure rules: what a telling is, codes and what is found by them, what letters are bound to."""

from arasha.doors.rules.chats import MOST_CHAT, Chat, Course, Line, Sitting
from arasha.doors.rules.letters import about_letter, report_of
from arasha.doors.rules.telling import MOST_ANSWER, MOST_LINE, MOST_WORDS, TELLERS, NotATelling, Telling

__all__ = [
    "MOST_ANSWER",
    "MOST_CHAT",
    "MOST_LINE",
    "MOST_WORDS",
    "TELLERS",
    "Chat",
    "Course",
    "Line",
    "NotATelling",
    "Sitting",
    "Telling",
    "about_letter",
    "report_of",
]
