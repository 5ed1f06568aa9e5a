"""What every fact about a person bears: the file, the person, from when to when, and who wrote it down."""

import uuid
from typing import Final

from django.db import models


class Fact(models.Model):
    """Something that a file knows of a person. It is ended or taken back, never overwritten or deleted.

    `since` and `until` are days of life; `ended_at` is the moment at which the row was taken back as written in error.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        abstract = True


FACT: Final = {
    "id": "code",
    "dossier_id": "code",
    "person_id": "code",
    "since": "code",
    "until": "code",
    "recorded_at": "code",
    "ended_at": "code",
    "unit_id": "code",
}
