"""What happened to the child: an event or a pattern in its versions, its acts, who was there. Nothing is removed."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


def _codes(length: int) -> ArrayField:  # type: ignore[type-arg]  # the stubs ask for types that nobody has
    return ArrayField(models.CharField(max_length=length), default=list)


class Incident(models.Model):
    """One event or pattern. What is known of it stands in its versions, of which `number` is the last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    strike_reason = models.CharField(max_length=16, blank=True, default="")
    struck_by = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(struck_at=None, strike_reason="", struck_by=None)
                | (~models.Q(strike_reason="") & models.Q(struck_at__isnull=False, struck_by__isnull=False)),
                name="incident_struck_with_reason",
            ),
            models.UniqueConstraint(fields=["id", "dossier"], name="incident_of_file"),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "number": "code",
            "recorded_at": "code",
            "unit_id": "code",
            "struck_at": "code",
            "strike_reason": "code",
            "struck_by_id": "code",
        }


class IncidentVersion(models.Model):
    """What was known of an incident from a moment on, in codes. A change is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    frequency = models.CharField(max_length=16)
    since = models.DateField(null=True)
    since_precision = models.CharField(max_length=16, default="unknown")
    until = models.DateField(null=True)
    until_precision = models.CharField(max_length=16, default="unknown")
    goes_on = models.BooleanField(default=False)
    setting = models.CharField(max_length=16)
    territory = models.ForeignKey(
        "territory.Territory", models.PROTECT, related_name="+", null=True, db_constraint=False
    )
    relations = _codes(24)
    present = _codes(16)
    platform = models.CharField(max_length=16, blank=True, default="")
    material = models.CharField(max_length=16, blank=True, default="")
    still_online = models.CharField(max_length=16, blank=True, default="")
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="incident_version_once"),
            models.UniqueConstraint(fields=["id", "dossier"], name="incident_version_of_file"),
            models.CheckConstraint(
                condition=models.Q(since=None, since_precision="unknown")
                | (models.Q(since__isnull=False) & ~models.Q(since_precision="unknown")),
                name="incident_since_exact",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None, until_precision="unknown")
                | (models.Q(until__isnull=False, goes_on=False) & ~models.Q(until_precision="unknown")),
                name="incident_until_exact",
            ),
        ]
        indexes = [models.Index(fields=["dossier"], name="incident_version_by_file")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "incident_id": "code",
            "number": "code",
            "frequency": "code",
            "since": "code",
            "since_precision": "code",
            "until": "code",
            "until_precision": "code",
            "goes_on": "code",
            "setting": "code",
            "territory_id": "code",
            "relations": "code",
            "present": "code",
            "platform": "code",
            "material": "code",
            "still_online": "code",
            "recorded_at": "code",
            "unit_id": "code",
        }


class IncidentAct(models.Model):
    """One act of an incident's version: a form of violence, in the version of the list in which it was chosen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    version = models.ForeignKey(IncidentVersion, models.PROTECT, related_name="acts")
    form = models.ForeignKey("cases.ViolenceForm", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "form"], name="incident_act_once")]

    class Journal:
        classes = {"id": "code", "dossier_id": "code", "version_id": "code", "form_id": "code"}


class IncidentText(models.Model):
    """The words of an incident's version: where it was, and what else is to be said; one sealed whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    version = models.ForeignKey(IncidentVersion, models.PROTECT, related_name="texts")
    sealed = models.BinaryField()

    class Journal:
        classes = {"id": "code", "dossier_id": "code", "facet": "code", "version_id": "code", "sealed": "sealed"}


class IncidentPerson(models.Model):
    """Somebody of the file who has to do with an incident, by name: said to have done it, who saw it, harmed too.

    Who is said to have done it is an allegation, and lies under justice; anybody else is a person, under identity.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="people")
    part = models.CharField(max_length=16)
    allegation = models.ForeignKey("people.Allegation", models.PROTECT, related_name="+", null=True)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True)
    linked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(part="suspect", allegation__isnull=False, person=None)
                | models.Q(part__in=["witness", "harmed"], allegation=None, person__isnull=False),
                name="incident_person_part",
            ),
            models.UniqueConstraint(
                fields=["incident", "part", "allegation", "person"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="incident_person_once",
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "incident_id": "code",
            "part": "code",
            "allegation_id": "code",
            "person_id": "code",
            "linked_at": "code",
            "ended_at": "code",
            "unit_id": "code",
        }
