"""Kin who were asked, and brothers and sisters, one by one from the family's list of the file."""

import uuid

from django.db import models

from arasha.care.models.removing import Removal
from arasha.care.models.visiting import codes


class RemovalPerson(models.Model):
    """What became of one person of the file at a removal; the newest of a person counts, the earlier ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    removal = models.ForeignKey(Removal, models.PROTECT, related_name="people")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    answer = models.TextField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["removal", "number"], name="removal_person_numbered")]

    class Journal:
        classes = codes("removal_id", "dossier_id", "person_id", "number", "answer", "unit_id", "user_id", "at") | {
            "sealed": "sealed"
        }
