"""The pages that hang on a file beside its tabs, in the three groups in which people look for them."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from arasha.kernel.access import policy
from arasha.kernel.access.rules import Actor
from arasha.ui.rules.page import Link


@dataclass(frozen=True, slots=True)
class Room:
    """A page of a file: the name of its address, which takes `dossier`, and the rights of which it asks one, if any."""

    address: str
    label: str | Promise
    right: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together, under words of their own."""

    label: str | Promise
    rooms: tuple[Room, ...]


# Names of addresses only: pages of folders above this one stand here too, and nothing of them is imported.
GROUPS: Final = (
    Group(
        pgettext_lazy("file", "The child"),
        (
            Room("cases:safety", pgettext_lazy("file", "Is the child safe")),
            Room("cases:words", pgettext_lazy("file", "What the child said")),
            Room("cases:happened", pgettext_lazy("file", "What happened")),
            Room("cases:concerns", pgettext_lazy("file", "What is feared")),
            Room("people:family", pgettext_lazy("file", "Child and family")),
            Room("cases:household", pgettext_lazy("file", "Other children of the household")),
            Room("cases:considered", pgettext_lazy("file", "Who else must be thought of")),
        ),
    ),
    Group(
        pgettext_lazy("file", "The work"),
        (
            Room("coordination:silences_of", pgettext_lazy("file", "Silences")),
            Room("coordination:forms", pgettext_lazy("file", "Forms")),
            Room("conferences:of_file", pgettext_lazy("file", "Conferences")),
            Room("adulthood:aftercare", pgettext_lazy("file", "Towards adulthood")),
            Room("adulthood:of_file", pgettext_lazy("file", "The child’s own applications")),
            Room("signals:company", pgettext_lazy("file", "Who stays with the child")),
            Room("signals:hindrance", pgettext_lazy("file", "A statement refused, or pressure to withdraw")),
            Room(
                "medical_social:register",
                pgettext_lazy("file", "Social services owed"),
                right="notify_enrolment keep_enrolments",
            ),
            Room("care:entry", pgettext_lazy("file", "Who may enter, joint visits")),
            Room("care:removal", pgettext_lazy("file", "Removal from danger")),
            Room("institutions:of_file", pgettext_lazy("file", "Schools near the child")),
            Room("cases:documents", pgettext_lazy("file", "Documents")),
        ),
    ),
    Group(
        pgettext_lazy("file", "Who answers, who reads"),
        (
            Room("cases:lead", pgettext_lazy("file", "Who leads")),
            Room("sharing:of_file", pgettext_lazy("file", "Consent and sharing")),
            Room("releases:of_file", pgettext_lazy("file", "Requests for the file")),
        ),
    ),
)


def rooms(actor: Actor, dossier: UUID) -> list[tuple[str, list[Link]]]:
    """Return the pages of a file by group, those left out that are not for the actor's post."""
    return [
        (
            str(group.label),
            [Link(str(room.label), reverse(room.address, kwargs={"dossier": dossier})) for room in there],
        )
        for group in GROUPS
        if (
            there := [
                room
                for room in group.rooms
                if not room.right or any(policy.allows(actor, one) for one in room.right.split())
            ]
        )
    ]
