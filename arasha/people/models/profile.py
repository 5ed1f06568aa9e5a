"""How to talk with a person, what is difficult for them, and what of their health is under seal."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from arasha.people.models.facts import FACT, Fact


class Communication(Fact):
    """How to talk with somebody; it stands first on every page about them. The newest row counts."""

    languages = ArrayField(models.CharField(max_length=16), default=list)
    ways = ArrayField(models.CharField(max_length=24), default=list)
    interpreter = models.CharField(max_length=24, default="none")
    interpreter_called = models.CharField(max_length=200, blank=True, default="")
    companion = models.CharField(max_length=200, blank=True, default="")
    worker = models.CharField(max_length=8, default="either")

    class Meta:
        indexes = [models.Index(fields=["person"], name="communication_of_person")]

    class Journal:
        classes = FACT | {
            "languages": "code",
            "ways": "code",
            "interpreter": "code",
            "interpreter_called": "personal",
            "companion": "personal",
            "worker": "code",
        }


class Difficulty(Fact):
    """How difficult something is: a domain and a level of the Washington Group's child functioning module."""

    domain = models.CharField(max_length=24)
    level = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["person"], name="difficulty_of_person")]

    class Journal:
        classes = FACT | {"domain": "code", "level": "code"}


class Pregnancy(Fact):
    """A pregnancy or a birth: which of the two, and on which day, lie sealed; no column in clear says either.

    It is written and read only by whom the facet was granted by name, and health care alone can be granted it.
    """

    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="pregnancy_of_person")]

    class Journal:
        classes = FACT | {"sealed": "sealed"}
