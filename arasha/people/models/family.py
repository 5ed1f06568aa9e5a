"""Kin, households, and what each adult may."""

from django.db import models

from arasha.people.models.facts import FACT, Fact


class Kinship(Fact):
    """What one person of a file is to another: "the mother of", with from when to when."""

    other = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="kinship_of_two"),
        ]
        indexes = [models.Index(fields=["dossier"], name="kinship_of_file")]

    class Journal:
        classes = FACT | {"other_id": "code", "kind": "code"}


class Residence(Fact):
    """In which household of the file somebody lives: households are numbered within a file."""

    household = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="residence_of_file")]

    class Journal:
        classes = FACT | {"household": "code"}


class Standing(Fact):
    """Whether an adult may consent, see the file, be told or be invited, and why (C21). The newest row counts."""

    matter = models.CharField(max_length=16)
    allowed = models.BooleanField()
    reason = models.CharField(max_length=24)

    class Meta:
        indexes = [models.Index(fields=["person"], name="standing_of_person")]

    class Journal:
        classes = FACT | {"matter": "code", "allowed": "code", "reason": "code"}


class Surrounding(Fact):
    """What surrounds a family, for its eco-map: a system, how strong the tie is, and where energy flows.

    `shared`: the tie is the whole household's, not this person's alone.
    """

    system = models.CharField(max_length=24)
    called = models.CharField(max_length=200, blank=True)
    strength = models.CharField(max_length=16)
    flow = models.CharField(max_length=16)
    shared = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="surrounding_of_file")]

    class Journal:
        classes = FACT | {"system": "code", "called": "personal", "strength": "code", "flow": "code", "shared": "code"}
