"""One contact of a helpline, the words of it, and to whom it was passed on in danger."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Contact(models.Model):
    """Somebody who called, wrote or came, a dossier of its own: only codes stand here, the words in Message.

    `external` is what the channel knows it by (an exchange's number of the call, a box of the chat), `source` a keyed
    fingerprint that the channel makes of where it came from: the same for the same line, and nobody's number.
    `repeats` says how many joking contacts of the same source there were in the last day. `waiting_since` and
    `unanswered` are about the present moment: since when somebody waits for a word of ours, and for how many of theirs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    channel = models.CharField(max_length=16)
    external = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=64, blank=True)
    repeats = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=8)
    began_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    unanswered = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    first_reply_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    logged_at = models.DateTimeField(null=True)
    operator = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    joined = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    joined_at = models.DateTimeField(null=True)
    danger = models.CharField(max_length=12, default="not_asked")
    danger_at = models.DateTimeField(null=True)
    caller = models.CharField(max_length=16, default="unknown")
    kind = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=32, blank=True)
    reasons = ArrayField(models.CharField(max_length=32), default=list)
    sex = models.CharField(max_length=8, default="unknown")
    age = models.CharField(max_length=8, default="unknown")
    region = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+", null=True, db_constraint=False)
    steps = ArrayField(models.CharField(max_length=16), default=list)
    referred = ArrayField(models.CharField(max_length=24), default=list)
    signal = models.ForeignKey("signals.Signal", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "channel", "external"], condition=~models.Q(external=""), name="contact_external_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "open", "wrap_up", "ended"]), name="contact_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(state="ended") | models.Q(operator__isnull=False),
                name="contact_held",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="contact_live", condition=~models.Q(state="ended")),
            models.Index(fields=["unit", "-began_at", "id"], name="contact_of_unit"),
            models.Index(fields=["unit", "source", "began_at"], name="contact_source", condition=~models.Q(source="")),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "unit_id": "code",
            "channel": "code",
            "external": "personal",
            "source": "personal",
            "repeats": "code",
            "language": "code",
            "state": "code",
            "began_at": "code",
            "waiting_since": "code",
            "unanswered": "code",
            "taken_at": "code",
            "first_reply_at": "code",
            "ended_at": "code",
            "logged_at": "code",
            "operator_id": "code",
            "joined_id": "code",
            "joined_at": "code",
            "danger": "code",
            "danger_at": "code",
            "caller": "code",
            "kind": "code",
            "reason": "code",
            "reasons": "code",
            "sex": "code",
            "age": "code",
            "region_id": "code",
            "steps": "code",
            "referred": "code",
            "signal_id": "code",
        }


class Message(models.Model):
    """Words of a contact: theirs (`in`), ours (`out`), or for us alone (`note`).

    `ticket` names the sending: sent twice, it is one. `delivery` of ours is waiting until the channel has sent it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=4)
    at = models.DateTimeField()
    ticket = models.UUIDField(unique=True)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    delivery = models.CharField(max_length=8, blank=True)
    delivered_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "number"], name="message_number_once"),
            models.CheckConstraint(
                condition=models.Q(direction="out", delivery__in=["waiting", "sent", "failed"])
                | models.Q(direction__in=["in", "note"], delivery=""),
                name="message_delivery_known",
            ),
        ]
        indexes = [
            models.Index(fields=["at"], name="message_to_send", condition=models.Q(delivery="waiting")),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "contact_id": "code",
            "number": "code",
            "direction": "code",
            "at": "code",
            "ticket": "code",
            "post_id": "code",
            "delivery": "code",
            "delivered_at": "code",
            "sealed": "sealed",
        }


class PassOn(models.Model):
    """Police, ambulance or another service took a contact over: when, and, sealed, who and with which number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="passed")
    service = models.CharField(max_length=16)
    at = models.DateTimeField()
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["contact", "at"], name="pass_on_of_contact")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "contact_id": "code",
            "service": "code",
            "at": "code",
            "post_id": "code",
            "sealed": "sealed",
        }
