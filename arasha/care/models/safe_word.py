"""The word that a child and a worker agreed on beforehand, by which a contact at a distance is known to be free."""

import uuid

from django.db import models

from arasha.care.models.visiting import codes


class SafeWord(models.Model):
    """A safe word; the newest counts, none ever changes. The word lies sealed, under the facet of the plan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    agreed_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "-agreed_at"], name="safe_word_latest")]

    class Journal:
        classes = codes("dossier_id", "unit_id", "user_id", "agreed_at") | {"sealed": "sealed"}
