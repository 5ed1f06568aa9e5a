"""The lead of a file on its way from one unit to another: until it is accepted, the one that has it keeps it."""

import uuid

from django.db import models


class LeadOffer(models.Model):
    """One unit offers another the lead of a file. `territory` is set when the file goes to another place with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    from_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    territory = models.ForeignKey(
        "territory.Territory", models.PROTECT, related_name="+", null=True, db_constraint=False
    )
    reason = models.CharField(max_length=32)
    stays = models.BooleanField(default=False)
    state = models.CharField(max_length=16, default="offered")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=32, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["offered", "accepted", "refused", "withdrawn", "returned"]),
                name="lead_offer_state",
            ),
            models.UniqueConstraint(fields=["dossier"], condition=models.Q(state="offered"), name="lead_offered_once"),
        ]
        indexes = [
            models.Index(fields=["to_unit", "offered_at"], condition=models.Q(state="offered"), name="lead_offer_to"),
            models.Index(fields=["offered_at"], condition=models.Q(state="offered"), name="lead_offer_open"),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "from_unit_id": "code",
            "to_unit_id": "code",
            "territory_id": "code",
            "reason": "code",
            "stays": "code",
            "state": "code",
            "offered_at": "code",
            "answered_at": "code",
            "refusal": "code",
        }
