"""Providers, the sites where they work, and what each site offers to whom."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

# As `ui.rules.phones.normal` writes them.
PHONE = r"^(\+7[0-9]{10}(;ext=[0-9]{1,7})?|[0-9]{3,4})?$"
AGES = (0, 120)


def _codes(text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), "code")


class Provider(models.Model):
    """A body that gives help: one row a body. `funded_until`: the last day of the grant or contract it lives by.

    `protected`: its kind is one that nobody may find (`data/kinds.csv`); only who keeps the directory of its region and
    its own people read that it is there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.OneToOneField("access.Body", models.PROTECT, related_name="+")
    kind = models.TextField()
    protected = models.BooleanField(default=False)
    ownership = models.TextField()
    funded_until = models.DateField(null=True)
    source = models.TextField(default="", blank=True)
    ended_on = models.DateField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("id body_id kind protected ownership funded_until source ended_on")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ownership__in=["state", "ngo", "private"]), name="provider_ownership"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Site(models.Model):
    """A place where a provider works, or from which it works at a distance.

    A protected site (crisis centre, shelter, refuge family) is a telephone and a region: the database refuses an
    address, a point, a name, a mail address or a web page for it, so that no page, export, copy or journal can give it
    away. Whether a site is protected never changes: what was public once is ended, and a protected one begun.
    `hours` are lists of [weekday 0–6, opens, closes], "HH:MM"; empty where nobody has said.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="sites")
    protected = models.BooleanField(default=False)
    name_kk = models.TextField(default="", blank=True)
    name_ru = models.TextField(default="", blank=True)
    name_en = models.TextField(default="", blank=True)
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+", db_index=False)
    address_kk = models.TextField(default="", blank=True)
    address_ru = models.TextField(default="", blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    phone = models.TextField(default="", blank=True)
    mail = models.TextField(default="", blank=True)
    web = models.TextField(default="", blank=True)
    around_the_clock = models.BooleanField(default=False)
    hours = models.JSONField(default=list)
    step_free = models.TextField(default="unknown")
    closed_on = models.DateField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id provider_id protected name_kk name_ru name_en territory_id address_kk address_ru latitude longitude"
            " phone mail web around_the_clock hours step_free closed_on"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phone__regex=PHONE), name="site_phone"),
            models.CheckConstraint(condition=Q(step_free__in=["yes", "no", "unknown"]), name="site_step_free"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=("40.5", "55.5"), longitude__range=("46.4", "87.4")),
                name="site_in_the_country",
            ),
            models.UniqueConstraint(fields=["id", "protected"], name="site_protected_once"),
            models.CheckConstraint(
                condition=Q(protected=False)
                | Q(
                    *(Q(**{name: ""}) for name in ("name_kk", "name_ru", "name_en", "address_kk", "address_ru")),
                    mail="",
                    web="",
                    latitude=None,
                    longitude=None,
                )
                & ~Q(phone=""),
                name="site_protected_is_hidden",
            ),
        ]
        indexes = [models.Index(fields=["territory"], name="site_territory")]

    def __str__(self) -> str:
        return str(self.id)


class Offering(models.Model):
    """One service as one site gives it: to whom, in which languages, for which needs, on which conditions.

    Ages are whole years, both ends included. `served`: codes of the territories whose children it takes. `son_to`: the
    oldest son whom a mother may bring, where there is such a bound. `protected` is the site's (held by the database).
    `verified_on`: the day on which somebody last asked there whether all this is so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="offerings")
    protected = models.BooleanField(default=False)
    service = models.TextField()
    level = models.TextField()
    age_from = models.SmallIntegerField(default=AGES[0])
    age_to = models.SmallIntegerField(default=AGES[1])
    sexes = models.TextField(default="all")
    siblings = models.TextField(default="unknown")
    with_parent = models.TextField(default="unknown")
    son_to = models.SmallIntegerField(null=True)
    languages = ArrayField(models.TextField(), default=list)
    needs = ArrayField(models.TextField(), default=list)
    conditions = ArrayField(models.TextField(), default=list)
    served = ArrayField(models.TextField(), default=list)
    cost = models.TextField(default="unknown")
    price = models.IntegerField(null=True)
    remote = models.BooleanField(default=False)
    status = models.TextField(default="open")
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id site_id protected service level age_from age_to sexes siblings with_parent son_to languages needs"
            " conditions served cost price remote status begins_on ends_on verified_on verified_by_id"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from__range=AGES, age_to__range=AGES, age_to__gte=F("age_from")), name="offering_ages"
            ),
            models.CheckConstraint(condition=Q(level__in=["primary", "secondary", "tertiary"]), name="offering_level"),
            models.CheckConstraint(condition=Q(sexes__in=["all", "girls", "boys"]), name="offering_sexes"),
            models.CheckConstraint(
                condition=Q(siblings__in=["yes", "no", "unknown"], with_parent__in=["yes", "no", "unknown"]),
                name="offering_together",
            ),
            models.CheckConstraint(condition=Q(son_to=None) | Q(son_to__range=AGES), name="offering_son"),
            models.CheckConstraint(
                condition=Q(cost__in=["free", "part", "paid", "unknown"])
                & (Q(price=None) | Q(price__gte=0, cost__in=["part", "paid"])),
                name="offering_cost",
            ),
            models.CheckConstraint(condition=Q(status__in=["open", "paused", "closed"]), name="offering_status"),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="offering_days"
            ),
            models.CheckConstraint(condition=Q(served__len__gte=1), name="offering_serves"),
        ]
        indexes = [GinIndex(fields=["served"], name="offering_served")]

    def __str__(self) -> str:
        return str(self.id)
