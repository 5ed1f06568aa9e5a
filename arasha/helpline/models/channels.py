"""What channels keep of a contact: a chat's mailbox, the number of short messages, how far a sending is."""

import uuid

from django.db import models


class Chat(models.Model):
    """A chat's mailbox, and what its code was shown last: `shown` of its course, `told` that it became a signal.

    `over`: nothing more is put there. Random ids and codes alone, for the clock's work alone.
    """

    contact = models.OneToOneField("helpline.Contact", models.PROTECT, related_name="+", primary_key=True)
    mailbox = models.UUIDField()
    shown = models.CharField(max_length=8, default="waiting")
    told = models.BooleanField(default=False)
    over = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["mailbox"], name="chat_mailbox"),
            models.Index(fields=["contact"], name="chat_not_over", condition=models.Q(over=False)),
        ]


class SmsLine(models.Model):
    """The number that a contact writes from, sealed. Who wrote "stop" is sent nothing more; who wrote "forget" has no
    number here any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    contact = models.OneToOneField("helpline.Contact", models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "contact_id": "code",
            "stopped_at": "code",
            "sealed": "sealed",
        }


class SmsSending(models.Model):
    """How far the sending of one message is: tries, when it is tried next, and what the gateway said became of it."""

    message = models.OneToOneField("helpline.Message", models.PROTECT, related_name="+", primary_key=True)
    state = models.CharField(max_length=10, default="waiting")
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "handed", "delivered", "failed"]), name="sms_state_known"
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="sms_due", condition=models.Q(state="waiting"))]
