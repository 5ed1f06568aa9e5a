"""The shape of what anybody types on the public pages."""

from arasha.doors.forms.mailbox import ChatForm, CodeForm, MoreForm
from arasha.doors.forms.questions import FORMS, QuestionForm, region_of_place

__all__ = ["FORMS", "ChatForm", "CodeForm", "MoreForm", "QuestionForm", "region_of_place"]
