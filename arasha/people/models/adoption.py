"""Before and after an adoption: two people to everybody, joined in this table alone."""

import uuid

from django.db import models


class Adoption(models.Model):
    """Who a child was before an adoption and who after it. Definer functions alone read and write it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    before = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    after = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    sealed_at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [
            models.Index(fields=["before"], name="adoption_before"),
            models.Index(fields=["after"], name="adoption_after"),
        ]

    class Journal:
        classes = {"id": "code", "before_id": "code", "after_id": "code", "sealed_at": "code", "user_id": "code"}
