"""What a worker answered a teller, and what the teller added: words of the file, for its team."""

import uuid

from django.db import models


class Answer(models.Model):
    """One answer, as the worker wrote it. The teller's copy is sealed to their code and stands in the mailbox."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "written_at"], name="answer_of_file")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "written_at": "code",
            "unit_id": "code",
            "user_id": "code",
            "sealed": "sealed",
        }


class Addition(models.Model):
    """What the teller wrote again over their code; who they are it does not say."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "received_at"], name="addition_of_file")]

    class Journal:
        classes = {"id": "code", "dossier_id": "code", "received_at": "code", "sealed": "sealed"}
