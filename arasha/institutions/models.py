"""Which police unit answers for an institution and who sits in its safety team, as it was said and when."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Contact(models.Model):
    """What stands from `at` on; the newest of an institution holds. Rows are only added: confirming adds one, too.

    `team`: seats by their codes. No names: who sits there is the school's to know, and a member may be alleged
    somewhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    police = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    team = ArrayField(models.TextField(), default=list, blank=True)
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Journal:
        classes = dict.fromkeys(["id", "institution_id", "police_id", "team", "at", "unit_id", "user_id"], "code")

    class Meta:
        indexes = [models.Index(fields=["institution", "-at"], name="contact_newest")]

    def __str__(self) -> str:
        return str(self.id)
