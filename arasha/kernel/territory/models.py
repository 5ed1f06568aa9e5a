"""The tree of administrative units by KATO code, with validity, and who came out of whom."""

from django.db import models

from arasha.kernel.territory.rules import latin


class Territory(models.Model):
    """One unit. A code is never removed: a unit that ended has `valid_to`, the first day on which it is no more.

    `level`: 0 nation, 1 region, 2 district or city, 3 okrug, 4 settlement, 5 part of a settlement. `path` holds the
    codes from the nation down to the unit, joined by dots. `source`: `kato_2022_10_17`, `public_2026` (unofficial),
    `official` (imported) or `arasha` (the nation). `valid_from` empty: longer than is known.
    """

    kato = models.CharField(max_length=9, primary_key=True)
    level = models.SmallIntegerField()
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.TextField()
    name_kk = models.TextField()
    name_ru = models.TextField()
    name_en = models.TextField()
    folded_kk = models.TextField()
    folded_ru = models.TextField()
    folded_en = models.TextField()
    path = models.TextField()
    urban = models.BooleanField(default=False)
    source = models.TextField()
    names_verified = models.BooleanField(default=False)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kato__regex="^[0-9]{9}$"), name="territory_nine_digits"),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(kato="000000000"), name="territory_one_root"
            ),
        ]
        indexes = [
            models.Index(fields=["path"], opclasses=["text_pattern_ops"], name="territory_path"),
            models.Index(fields=["folded_kk"], opclasses=["text_pattern_ops"], name="territory_folded_kk"),
            models.Index(fields=["folded_ru"], opclasses=["text_pattern_ops"], name="territory_folded_ru"),
            models.Index(fields=["folded_en"], opclasses=["text_pattern_ops"], name="territory_folded_en"),
        ]

    def name(self, language: str) -> str:
        """Return the name in kk, ru or en; a missing one is the Russian name, for English in Latin letters."""
        if language == "en":
            return self.name_en or latin(self.name_kk or self.name_ru)
        return (self.name_kk if language == "kk" else "") or self.name_ru


class SuccessionKind(models.TextChoices):
    """How a unit followed another."""

    SPLIT = "split"  # a part of the predecessor became the successor; the predecessor went on
    RECODED = "recoded"  # the whole unit has a new code
    MERGED = "merged"  # the predecessor ended and is a part of the successor


class Succession(models.Model):
    """From this day on, what was the predecessor (or a part of it) is the successor."""

    predecessor = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    successor = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    at = models.DateField()
    kind = models.TextField(choices=SuccessionKind.choices)
    date_estimated = models.BooleanField(default=False)
    source = models.TextField()
    verified_by = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="territory_succession_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SuccessionKind.values), name="territory_succession_kind"
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="territory_succession_of_another"
            ),
        ]


class FormerName(models.Model):
    """An official name that a unit no longer bears, with the first day on which it had another."""

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    name_kk = models.TextField()
    name_ru = models.TextField()
    until = models.DateField()


class Edition(models.Model):
    """One import of the official file that changed something. `digest` is the file's SHA-256 in hex."""

    valid_on = models.DateField()
    imported_at = models.DateTimeField()
    digest = models.TextField()
    added = models.IntegerField()
    renamed = models.IntegerField()
    moved = models.IntegerField()
    closed = models.IntegerField()
