"""How long people type for a child: seconds and counts by month, and nothing of who typed or what."""

from django.db import models


class Typing(models.Model):
    """How long a unit typed in a file in a month on one kind of page, and how many forms it sent.

    `month` is its first day, `page` the name of an address. The file is kept beside each page, so
    that who is barred from it finds nothing of it in any sum.
    """

    pk = models.CompositePrimaryKey("dossier", "unit", "month", "page")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    unit = models.IntegerField()
    month = models.DateField()
    page = models.TextField()
    seconds = models.IntegerField()
    sent = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["unit", "month"], name="typing_of_unit")]
