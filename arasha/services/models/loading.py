"""Files of the directory on their way in, and the open data on their way out."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Load(models.Model):
    """One table that somebody handed in: how far it is, and what came of it.

    `place`: the territory outside which no row of it is taken; `source`: the system whose numbers its keys are;
    `fields`: what each column holds, "" for one that is passed over. `last_row` is the row up to which everything is
    done, so that work goes on there. `unit` is empty for what the installation itself loads.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+", db_index=False)
    source = models.TextField()
    kind = models.TextField()
    title = models.TextField(blank=True, default="")
    delimiter = models.TextField(blank=True, default="")
    headings = ArrayField(models.TextField())
    fields = ArrayField(models.TextField())
    state = models.TextField()
    total = models.IntegerField(default=0)
    last_row = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    rows_new = models.IntegerField(default=0)
    rows_changed = models.IntegerField(default=0)
    rows_same = models.IntegerField(default=0)
    rows_rejected = models.IntegerField(default=0)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "-recorded_at"], name="directory_load_of_unit")]

    def __str__(self) -> str:
        return str(self.id)


class LoadRow(models.Model):
    """A row of a load, by field: of a protected kind, or of none that is known, it never holds where or who.

    `faults` are [column from 1 (0: the row), code]; `outcome`: "", new, changed, same or rejected.
    """

    id = models.BigAutoField(primary_key=True)
    load = models.ForeignKey(Load, models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField()
    hidden = models.BooleanField()
    cells = models.JSONField()
    faults = models.JSONField(default=list)
    outcome = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "number"], name="load_row_once")]

    def __str__(self) -> str:
        return str(self.id)


class Publication(models.Model):
    """The open data of one day, as everybody is given them: a compressed file. The newest counts."""

    day = models.DateField(primary_key=True)
    content = models.BinaryField()
    services = models.IntegerField()

    def __str__(self) -> str:
        return str(self.day)
