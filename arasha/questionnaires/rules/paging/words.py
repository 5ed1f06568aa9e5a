"""What is said of an answer that does not fit, where the form has no words of its own."""

from django.utils.translation import gettext

from arasha.questionnaires.rules.engine import Finding
from arasha.questionnaires.rules.form import Group, Question
from arasha.questionnaires.rules.places import say


def words(finding: Finding, node: Question | Group, language: str) -> str:
    """Return what a finding says to the person who answered."""
    if own := say(finding.messages, language):
        return own
    if finding.code == "type" and isinstance(node, Question) and (of_kind := _of_kind(node.kind)):
        return of_kind
    said = {
        "required": gettext("Answer this question"),
        "constraint": gettext("This answer does not fit; check it"),
        "choice": gettext("Choose among the answers that are offered"),
        "filtered_choice": gettext("This does not go with your other answers; choose again"),
        "too_large": gettext("This is too long to be kept; shorten it"),
        "repeat_count": gettext("There are more entries here than the number given; remove some or change the number"),
    }
    return said.get(finding.code, gettext("This can't be kept as it is; write it anew"))


def _of_kind(kind: str) -> str:
    return {
        "integer": gettext("Write a whole number, for example 12"),
        "decimal": gettext("Write a number, for example 12.5"),
        "date": gettext("Write a day that exists, for example 31.03.2026"),
        "datetime": gettext("Write a day and a time, for example 31.03.2026 14:30"),
        "time": gettext("Write a time, for example 14:30"),
    }.get(kind, "")
