"""Counters beside what is counted, so that a board of a million duties is read and not counted.

None of it is a fact of its own: triggers keep it, the clock folds it, and `coordination.mend` makes it again from the
duties and cases. Nobody but functions of the database writes here, and nothing here is in the journal.
"""

import uuid

from django.db import models


class Tally(models.Model):
    """How many of a kind lie in one cell: district, unit, code and day.

    `kind` "duty": what is owed and runs, `code` the function, `day` when it is due; "pause": the same while its time
    stands still; "child": open files, `code` seen or never, `day` when somebody saw the child last, or the opening's.
    `unit` 0: nobody was found who owes it.
    """

    pk = models.CompositePrimaryKey("kind", "place", "unit", "code", "day")
    kind = models.TextField()
    place = models.TextField()
    unit = models.IntegerField()
    code = models.TextField()
    day = models.DateField()
    n = models.IntegerField()


class Delta(models.Model):
    """One change of a cell, not yet folded into its tally: two who write at once never wait for each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField()
    place = models.TextField()
    unit = models.IntegerField()
    code = models.TextField()
    day = models.DateField()
    n = models.IntegerField()


class Sighting(models.Model):
    """When somebody last saw the child of a file; empty when nobody has. `open`: whether somebody still should."""

    dossier = models.OneToOneField("access.Dossier", models.PROTECT, primary_key=True, related_name="+")
    place = models.TextField()
    unit = models.IntegerField()
    since = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    open = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["unit", "since"], condition=models.Q(open=True), name="sighting_of_unit")]


class Sight(models.Model):
    """A step of a procedure that nobody can do without seeing the child; reference data, `data/sights.csv`."""

    pk = models.CompositePrimaryKey("protocol", "step")
    protocol = models.TextField()
    step = models.TextField()
    source = models.TextField()


class Week(models.Model):
    """How much was open and late on a Friday's evening, by district and function; made once, when the Friday is over.

    A Friday without any row was a Friday on which nobody owed anything, unless it has not been made: the row with an
    empty place says that it has.
    """

    pk = models.CompositePrimaryKey("friday", "place", "code")
    friday = models.DateField()
    place = models.TextField()
    code = models.TextField()
    open = models.IntegerField()
    late = models.IntegerField()
