"""Who is said to have harmed the child of a file, where that stands, and what oversight compares."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Allegation(models.Model):
    """That somebody harmed: a person of the file, or somebody of whom only a nickname, a role or a place is known.

    It lies under the facet of justice. `since` is the day of the harm, where it is known. `sealed` holds what is known
    of looks and age. The keys (`rules.keys_of_name`, `keys_of_place`) are for comparing alone, never for showing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True)
    called = models.CharField(max_length=200, blank=True)
    nickname = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=24)
    age = models.CharField(max_length=8, default="unknown")
    place = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    place_called = models.CharField(max_length=200, blank=True)
    territory = models.CharField(max_length=9, blank=True)
    called_keys = models.CharField(max_length=2000, blank=True)
    nickname_keys = models.CharField(max_length=2000, blank=True)
    place_keys = models.CharField(max_length=2000, blank=True)
    sealed = models.BinaryField(null=True)
    since = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "person_id": "code",
            "called": "personal",
            "nickname": "personal",
            "role": "code",
            "age": "code",
            "place_id": "personal",
            "place_called": "personal",
            "territory": "personal",
            "called_keys": "personal",
            "nickname_keys": "personal",
            "place_keys": "personal",
            "sealed": "sealed",
            "since": "code",
            "recorded_at": "code",
            "ended_at": "code",
            "unit_id": "code",
        }


class AllegationState(models.Model):
    """Where an allegation stands since when, by what source; a change is a new row, the highest number counts.

    `sealed` holds why it is unfounded, or what else is to be said of the change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    allegation = models.ForeignKey(Allegation, models.PROTECT, related_name="states")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=16)
    source = models.CharField(max_length=24)
    source_day = models.DateField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="established") | models.Q(source__in=["court", "prosecutor"]),
                name="established_by_decision",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="unfounded") | (~models.Q(decided_by="") & models.Q(sealed__isnull=False)),
                name="unfounded_by_somebody",
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "allegation_id": "code",
            "number": "code",
            "status": "code",
            "source": "code",
            "source_day": "code",
            "decided_by": "personal",
            "sealed": "sealed",
            "recorded_at": "code",
            "unit_id": "code",
        }


class Suspect(models.Model):
    """What of a standing allegation is compared with those of other files: derived, read by definer functions alone.

    An unfounded allegation, and one that was taken back, has no row.
    """

    allegation = models.OneToOneField(Allegation, models.CASCADE, primary_key=True, related_name="+")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True, db_index=False)
    role = models.CharField(max_length=24)
    place = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True, db_index=False)
    territory = models.CharField(max_length=9)
    called = ArrayField(models.CharField(max_length=2000))
    nicknames = ArrayField(models.CharField(max_length=2000))
    places = ArrayField(models.CharField(max_length=2000))


class ToldLink(models.Model):
    """That a post was told of two allegations which may be about one person: each once. Definer functions alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey("access.Post", models.CASCADE, related_name="+")
    one = models.ForeignKey(Allegation, models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Allegation, models.CASCADE, related_name="+", db_index=False)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "one", "other"], name="link_told_once")]
