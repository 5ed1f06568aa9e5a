"""Requests for what a file holds. A request names no file; only its answer lies in one."""

import uuid

from django.db import models
from django.db.models import F, Q

ENDED_UNMATCHED = ("taken", "no_file", "never", "withdrawn")
ANSWERS = ("matched", "proposed", "given", "handed", "refused", "stopped", "withdrawn")


class FileRequest(models.Model):
    """A request as it was taken down at a counter, for the coordination that serves the place.

    Whoever takes it down learns nothing of files and needs none. `sealed`: who asks, about which child, for what.
    `wanted_on`: by when a state body's letter wants it; `due_on`: by when it is answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    from_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    applicant = models.TextField()
    way = models.TextField()
    checked = models.TextField()
    basis = models.TextField()
    asked_at = models.DateTimeField()
    letter_on = models.DateField(null=True)
    wanted_on = models.DateField(null=True)
    due_on = models.DateField()
    state = models.TextField(default="taken")
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=ENDED_UNMATCHED), name="request_state")]
        indexes = [models.Index(fields=["unit", "-asked_at"], name="request_of_unit")]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "unit_id", "from_unit_id", "user_id", "applicant", "way", "checked", "basis", "asked_at"),
                *("letter_on", "wanted_on", "due_on", "state", "ended_at"),
            ],
            "code",
        ) | {"sealed": "sealed"}


class Release(models.Model):
    """What becomes of a request in the file that it is about: proposed by one person, decided by another.

    `person`: who asks, or for whom they ask, as the file knows them. `doubt`: whoever matched it fears for the child.
    `withheld`: parts that are kept back while others are given, for a `ground`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.OneToOneField(FileRequest, models.PROTECT, related_name="release")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    doubt = models.BooleanField(default=False)
    state = models.TextField(default="matched")
    matched_at = models.DateTimeField()
    give = models.BooleanField(default=False)
    parts = models.TextField(blank=True, default="")
    consent = models.TextField(blank=True, default="")
    refusal = models.TextField(blank=True, default="")
    withheld = models.TextField(blank=True, default="")
    ground = models.TextField(blank=True, default="")
    proposed_at = models.DateTimeField(null=True)
    proposer = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decider = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    ended_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    handed_how = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ANSWERS), name="release_state"),
            # Whoever proposes does not decide.
            models.CheckConstraint(
                condition=Q(decider=None) | (Q(proposer__isnull=False) & ~Q(decider=F("proposer"))),
                name="release_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["given", "handed"]) | Q(decider__isnull=False), name="release_decided"
            ),
            # What is kept back has a ground, and stands beside something that is given.
            models.CheckConstraint(
                condition=Q(withheld="", ground="") | (Q(give=True) & ~Q(withheld="") & ~Q(ground="")),
                name="release_partly",
            ),
        ]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "request_id", "dossier_id", "person_id", "doubt", "state", "matched_at", "give", "parts"),
                *(
                    "consent",
                    "refusal",
                    "withheld",
                    "ground",
                    "proposed_at",
                    "proposer_id",
                    "decided_at",
                    "decider_id",
                    "ended_at",
                ),
                *("handed_by_id", "handed_how"),
            ],
            "code",
        )


class Paper(models.Model):
    """What is handed over, as it was put together once; a second print gives these bytes. `sealed` holds the PDF."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.OneToOneField(Release, models.PROTECT, related_name="paper")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    language = models.TextField()
    made_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Journal:
        classes = dict.fromkeys(["id", "release_id", "dossier_id", "user_id", "language", "made_at"], "code") | {
            "sealed": "sealed"
        }


class Receipt(models.Model):
    """Into whose hands it was given, and what shows it. `sealed` holds the name of whoever received it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.OneToOneField(Release, models.PROTECT, related_name="receipt")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    proof = models.TextField()
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Journal:
        classes = dict.fromkeys(["id", "release_id", "dossier_id", "user_id", "proof", "at"], "code") | {
            "sealed": "sealed"
        }


class OwnCopy(models.Model):
    """How a child gets their own copy, said with each proposal; the newest counts.

    `waits` are parts that are left out for now, `why` a code that only staff see. `sealed` holds the name of whoever
    goes through it with the child.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="own_copies")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    waits = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    sealed = models.BinaryField()

    class Journal:
        classes = dict.fromkeys(["id", "release_id", "dossier_id", "user_id", "at", "waits", "why"], "code") | {
            "sealed": "sealed"
        }


class Climb(models.Model):
    """That a unit was told of a request that nobody matched in time; each rung once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(FileRequest, models.PROTECT, related_name="climbs", db_index=False)
    rung = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "rung"], name="request_climb_once")]

    class Journal:
        classes = dict.fromkeys(["id", "request_id", "rung", "unit_id", "at"], "code")
