"""Papers, contacts, addresses, schools and clinics, and times away from school."""

from django.db import models

from arasha.people.models.facts import FACT, Fact


class Paper(Fact):
    """A number, a document, a citizenship, or why there is none: sealed, and closed to every function of the police.

    `sealed` holds number, country and remark; `fingerprint` is a keyed hash of the number, for finding alone.
    """

    kind = models.CharField(max_length=24)
    reason = models.CharField(max_length=24, blank=True, default="")
    sealed = models.BinaryField(null=True)
    fingerprint = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="paper_of_person"),
            models.Index(fields=["fingerprint"], name="paper_found", condition=models.Q(fingerprint__isnull=False)),
        ]

    class Journal:
        classes = FACT | {"kind": "code", "reason": "code", "sealed": "sealed", "fingerprint": "sealed"}


class Contact(Fact):
    """A telephone number or another way to reach somebody, and whether it is safe to use it."""

    kind = models.CharField(max_length=16)
    whose = models.CharField(max_length=16)
    safe = models.CharField(max_length=16)
    sealed = models.BinaryField()
    fingerprint = models.BinaryField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person"], name="contact_of_person"),
            models.Index(fields=["fingerprint"], name="contact_found", condition=models.Q(fingerprint__isnull=False)),
        ]

    class Journal:
        classes = FACT | {
            "kind": "code",
            "whose": "code",
            "safe": "code",
            "sealed": "sealed",
            "fingerprint": "sealed",
        }


class Address(Fact):
    """Where somebody is registered, lives or stays. Of a protected one the place, too, lies under the sealed facet."""

    facet = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    territory = models.CharField(max_length=9, blank=True, default="")
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="address_of_person")]

    class Journal:
        classes = FACT | {"facet": "code", "kind": "code", "territory": "personal", "sealed": "sealed"}


class Attendance(Fact):
    """A school, kindergarten or clinic, with the class or the precinct, as far as anybody knows."""

    facet = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    place = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    called = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person"], name="attendance_of_person")]

    class Journal:
        classes = FACT | {
            "facet": "code",
            "kind": "code",
            "place_id": "personal",
            "called": "personal",
            "group": "personal",
        }


class Absence(Fact):
    """A time away from school, from the first day to the last one, or still away. `kind`: whether anybody knows why."""

    kind = models.CharField(max_length=16)

    class Meta:
        indexes = [models.Index(fields=["person"], name="absence_of_person")]

    class Journal:
        classes = FACT | {"kind": "code"}
