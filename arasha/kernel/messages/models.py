"""What the worker last did."""

from django.db import models


class Pulse(models.Model):
    """When a timer last ended well, by the database's clock. Framework table: no person, no child."""

    timer = models.CharField(max_length=60, primary_key=True)
    ended_at = models.DateTimeField()
