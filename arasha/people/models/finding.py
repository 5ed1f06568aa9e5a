"""By what people are found: derived from their names and births, kept by triggers, read by definer functions alone."""

import uuid

from django.db import models


class Entry(models.Model):
    """One name of one person as keys, with the birth beside it so that a name and a year are one index scan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    surname_key = models.CharField(max_length=100)
    given_key = models.CharField(max_length=100)
    father_key = models.CharField(max_length=100)
    birth_first = models.DateField(null=True)
    birth_last = models.DateField(null=True)
    # Found by their own files' teams alone: after an adoption, or under protection.
    hidden = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="entry_of_person"),
            models.Index(fields=["dossier"], name="entry_of_file"),
            models.Index(fields=["surname_key", "given_key"], name="entry_surname_given"),
            models.Index(fields=["given_key", "birth_first"], name="entry_given_birth"),
            models.Index(fields=["surname_key", "birth_first"], name="entry_surname_birth"),
            models.Index(
                fields=["given_key", "father_key"], name="entry_given_father", condition=~models.Q(father_key="")
            ),
            models.Index(
                fields=["surname_key", "father_key"], name="entry_surname_father", condition=~models.Q(father_key="")
            ),
        ]


class Word(models.Model):
    """A word that names consist of, and as what it is used: 1 a surname, 2 a given name, 4 a father's name."""

    word = models.CharField(max_length=100, primary_key=True)
    roles = models.SmallIntegerField()
