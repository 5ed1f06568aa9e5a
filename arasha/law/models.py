"""The table of acts. Reference: everybody may read it, only the loader writes it."""

from django.db import models


class LegalAct(models.Model):
    """An act of law, or a procedure named like one, with what is known of it and who checked that."""

    key = models.SlugField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=60)
    date_text = models.CharField(max_length=40)
    status = models.CharField(max_length=20)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    name_kk = models.TextField(blank=True)
    name_ru = models.TextField(blank=True)
    name_en = models.TextField()
    names_mark = models.CharField(max_length=20)
    status_as_found = models.TextField()
    subject = models.TextField()
    source = models.TextField()
    verified = models.TextField()
    verified_by = models.TextField(blank=True)

    class Meta:
        db_table = "law_act"

    def __str__(self) -> str:
        return self.key
