"""Letters that wait to be opened, and mailboxes. Definer functions alone read and write both; neither is journalled:
what becomes of them is, and the public's process has no act to write under."""

import uuid

from django.db import models


class Letter(models.Model):
    """A sealed letter until the worker has opened it; its id is the ticket of the form, so that twice is once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    mailbox = models.ForeignKey("doors.Mailbox", models.CASCADE, related_name="+")
    received_at = models.DateTimeField()
    # So often it was tried and left, and when it is tried next: it is never given up, and stops nothing behind it.
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["tell", "add", "chat"]), name="letter_kind_known")
        ]
        indexes = [models.Index(fields=["due_at"], name="letter_due")]


class Mailbox(models.Model):
    """Where a teller is answered: found by a keyed fingerprint of their code, answered to a key that the code makes.

    `dossier` is known once the letter was opened. A forgotten mailbox has neither fingerprint nor key nor answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fingerprint = models.BinaryField(null=True, unique=True)
    public_half = models.BinaryField(null=True)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", null=True)
    answer = models.BinaryField(null=True)
    answered_at = models.DateTimeField(null=True)
    # Of a chat: what those who answer said in the last sitting, sealed together to the code, and when it was put here.
    chat = models.BooleanField(default=False, db_default=False)
    sitting = models.BinaryField(null=True)
    sat_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="mailbox_of_file")]


class Watch(models.Model):
    """One row: until when somebody answers chats, whether all are busy, and when somebody does next."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    until = models.DateTimeField()
    busy = models.BooleanField()
    opens_at = models.DateTimeField(null=True)
