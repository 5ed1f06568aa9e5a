"""A person as one file knows them, and the names they bear."""

import uuid

from django.db import models

from arasha.people.models.facts import FACT, Fact


class Person(models.Model):
    """A person in one file. `called` is how lists name them; birth is the days between which they were born."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    role = models.CharField(max_length=16)
    called = models.CharField(max_length=200, blank=True)
    sex = models.CharField(max_length=8, default="unknown")
    birth_first = models.DateField(null=True)
    birth_last = models.DateField(null=True)
    birth_how = models.CharField(max_length=8, default="unknown")
    died = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_first=None, birth_last=None)
                | models.Q(birth_last__gte=models.F("birth_first")),
                name="person_birth_in_order",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "role"], name="person_of_file")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "role": "code",
            "called": "personal",
            "sex": "code",
            "birth_first": "personal",
            "birth_last": "personal",
            "birth_how": "code",
            "died": "code",
            "recorded_at": "code",
            "ended_at": "code",
            "unit_id": "code",
        }


class PersonName(Fact):
    """A name, as a document, a language or people have it. The keys (`rules.key`) are for finding alone."""

    kind = models.CharField(max_length=16)
    surname = models.CharField(max_length=100, blank=True)
    given = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    surname_key = models.CharField(max_length=100, blank=True)
    given_key = models.CharField(max_length=100, blank=True)
    father_key = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="name_of_person")]

    class Journal:
        classes = FACT | {
            "kind": "code",
            "surname": "personal",
            "given": "personal",
            "patronymic": "personal",
            "surname_key": "personal",
            "given_key": "personal",
            "father_key": "personal",
        }


class PersonIdentity(models.Model):
    """Which human being a person of a file is: rows of one identity are one. No role of the application reads it.

    `sealed` keeps matching and imports from joining it with another: before and after an adoption are two.
    """

    person = models.OneToOneField("people.Person", models.PROTECT, primary_key=True, related_name="+")
    identity = models.UUIDField()
    sealed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["identity"], name="persons_of_identity")]

    class Journal:
        key = "person_id"
        classes = {"person_id": "code", "identity": "code", "sealed": "code"}
