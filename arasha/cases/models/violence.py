"""Lists of forms of violence in their versions, and what a working form is called elsewhere. Reference data."""

from django.db import models


class ViolenceForm(models.Model):
    """One version of one form: `key` is `working.2-c.1` (list, code, number of the version). Never removed.

    `valid_to` is the first day on which the version is no longer valid. Who recorded under it keeps it.
    """

    key = models.CharField(primary_key=True, max_length=40)
    scheme = models.CharField(max_length=16)
    code = models.CharField(max_length=16)
    parent = models.CharField(max_length=16, blank=True)
    name_kk = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    mark = models.CharField(max_length=8, blank=True)
    verified_by = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "code"], condition=models.Q(valid_to=None), name="violence_form_stands_once"
            ),
            models.CheckConstraint(
                condition=models.Q(scheme__in=["working", "official"]), name="violence_scheme_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def label(self, language: str) -> str:
        """Return the form's name in `kk`, `ru` or `en`; another language reads the Kazakh one."""
        return str(getattr(self, f"name_{language}", self.name_kk))


class ViolenceMapping(models.Model):
    """What a working form is called in another list: the official one, our concerns, ICD-10; one to many."""

    working = models.CharField(max_length=16)
    scheme = models.CharField(max_length=16)
    target = models.CharField(max_length=32)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["working", "scheme", "target"],
                condition=models.Q(valid_to=None),
                name="violence_mapping_stands_once",
            ),
            models.CheckConstraint(
                condition=models.Q(scheme__in=["official", "concern", "icd10"]), name="violence_target_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.working} → {self.scheme} {self.target}"


class ViolenceEdition(models.Model):
    """One table that was taken in: which, valid since when, by its digest, and how much it changed."""

    table = models.CharField(max_length=16)
    valid_on = models.DateField()
    taken_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    closed = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.table} {self.valid_on}"
