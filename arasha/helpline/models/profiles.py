"""Callers who wished to be known again. All of it can be deleted for good, so no history keeps it."""

import uuid

from django.db import models


class Profile(models.Model):
    """That a caller wished to be known again, a dossier of its own: keyed marks by which it is found, a sealed note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    wished_at = models.DateTimeField()
    wished_by = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    mark = models.BinaryField(null=True)
    box = models.BinaryField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mark__isnull=False) | models.Q(box__isnull=False), name="profile_can_be_found"
            ),
            models.UniqueConstraint(fields=["unit", "mark"], name="profile_mark_once"),
            models.UniqueConstraint(fields=["unit", "box"], name="profile_box_once"),
        ]


class ProfileFlag(models.Model):
    """A hint for whoever answers next. It ends on its day and is deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="flags")
    code = models.CharField(max_length=24)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "code"], name="profile_flag_once")]
        indexes = [models.Index(fields=["until"], name="profile_flag_ends")]


class ProfileContact(models.Model):
    """That a contact was of this caller; or, where nothing was found, how many words were tried in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="contacts", null=True)
    contact = models.OneToOneField("helpline.Contact", models.PROTECT, related_name="+")
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()


class ProfileGuidance(models.Model):
    """What a supervisor wrote for supervisors about answering this caller, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    profile = models.OneToOneField(Profile, models.CASCADE, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed = models.BinaryField()
